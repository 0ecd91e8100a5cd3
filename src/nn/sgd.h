// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Stochastic gradient descent with momentum, as torch.optim.SGD, and RMSprop (Tieleman and Hinton
// 2012), as torch.optim.RMSprop. Both have at most one state array.
#pragma once

#include <string_view>
#include <tuple>
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
  static constexpr std::tuple kFields{
      Field{"lr", &SgdConfig::lr, kRates, TakesEffect::at_once},
      Field{"momentum", &SgdConfig::momentum, kDecayRates},
      Field{"weight_decay", &SgdConfig::weight_decay, kShares},
      Field{"lr_decay_steps", &SgdConfig::lr_decay_steps, kStepCounts}};
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
  static constexpr std::tuple kFields{
      Field{"lr", &RmsPropConfig::lr, kRates, TakesEffect::at_once},
      Field{"alpha", &RmsPropConfig::alpha, kDecayRates},
      Field{"eps", &RmsPropConfig::eps, kEpsilons},
      Field{"weight_decay", &RmsPropConfig::weight_decay, kShares},
      Field{"lr_decay_steps", &RmsPropConfig::lr_decay_steps, kStepCounts}};
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
