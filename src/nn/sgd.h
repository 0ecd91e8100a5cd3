// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Stochastic gradient descent with momentum, as torch.optim.SGD, and RMSprop (Tieleman and Hinton
// 2012), as torch.optim.RMSprop: the two optimisers with at most one array of state.
#pragma once

#include <vector>

#include "nn/optimizer.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

template <typename T>
class Sgd final : public Optimizer<T> {
 public:
  Sgd(SgdConfig config, Parameters<T>& parameters, ThreadPool& pool);

  bool step() override;
  std::vector<typename Optimizer<T>::State> state() override {
    return {{"momentum_buffer", momentum_buffer_.data()}};
  }

 private:
  SgdConfig config_;
  Parameters<T>& parameters_;
  ThreadPool& pool_;
  AlignedBuffer<T> momentum_buffer_;
};

template <typename T>
class RmsProp final : public Optimizer<T> {
 public:
  RmsProp(RmsPropConfig config, Parameters<T>& parameters, ThreadPool& pool);

  bool step() override;
  std::vector<typename Optimizer<T>::State> state() override {
    return {{"square_avg", square_avg_.data()}};
  }

 private:
  RmsPropConfig config_;
  Parameters<T>& parameters_;
  ThreadPool& pool_;
  AlignedBuffer<T> square_avg_;
};

}  // namespace ganvas
