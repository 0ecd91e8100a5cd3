// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Stochastic gradient descent with momentum, as torch.optim.SGD, and RMSprop (Tieleman and Hinton
// 2012), as torch.optim.RMSprop. Both have at most one state array.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "nn/optimizer.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

template <typename T>
class Sgd;
template <typename T>
class RmsProp;

struct SgdConfig {
  double lr = 1e-2;
  double momentum = 0;
  double weight_decay = 0;
  int lr_decay_steps = 0;  // steps in which lr falls linearly to 0; 0: constant

  static constexpr std::string_view kType = "sgd";
  static constexpr std::array kFields{
      number<&SgdConfig::lr>("lr", kRates, TakesEffect::at_once),
      number<&SgdConfig::momentum>("momentum", kDecayRates),
      number<&SgdConfig::weight_decay>("weight_decay", kShares),
      number<&SgdConfig::lr_decay_steps>("lr_decay_steps", kStepCounts)};
  template <typename T>
  using Rule = Sgd<T>;
  friend bool operator==(const SgdConfig&, const SgdConfig&) = default;
};
struct RmsPropConfig {
  double lr = 1e-2;
  double alpha = 0.99;
  double eps = 1e-8;
  double weight_decay = 0;
  int lr_decay_steps = 0;  // steps in which lr falls linearly to 0; 0: constant

  static constexpr std::string_view kType = "rmsprop";
  static constexpr std::array kFields{
      number<&RmsPropConfig::lr>("lr", kRates, TakesEffect::at_once),
      number<&RmsPropConfig::alpha>("alpha", kDecayRates),
      number<&RmsPropConfig::eps>("eps", kEpsilons),
      number<&RmsPropConfig::weight_decay>("weight_decay", kShares),
      number<&RmsPropConfig::lr_decay_steps>("lr_decay_steps", kStepCounts)};
  template <typename T>
  using Rule = RmsProp<T>;
  friend bool operator==(const RmsPropConfig&, const RmsPropConfig&) = default;
};

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
