// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Adam (Kingma and Ba 2015) with torch.optim.Adam's arithmetic, in one pass over a network's flat
// parameters.
#pragma once

#include <vector>

#include "nn/optimizer.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

template <typename T>
class Adam final : public Optimizer<T> {
 public:
  Adam(AdamConfig config, Parameters<T>& parameters, ThreadPool& pool);

  bool step() override;
  std::vector<typename Optimizer<T>::State> state() override {
    return {{"exp_avg", exp_avg_.data()}, {"exp_avg_sq", exp_avg_sq_.data()}};
  }

  /// First and second moments, laid out as parameters.values().
  T* exp_avg() { return exp_avg_.data(); }
  T* exp_avg_sq() { return exp_avg_sq_.data(); }

 private:
  AdamConfig config_;
  Parameters<T>& parameters_;
  ThreadPool& pool_;
  AlignedBuffer<T> exp_avg_;
  AlignedBuffer<T> exp_avg_sq_;
};

}  // namespace ganvas
