// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Adam (Kingma and Ba 2015) with the arithmetic of torch.optim.Adam, in one pass over a network's
// flat parameters.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "nn/optimizer.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

template <typename T>
class Adam;

struct AdamConfig {
  double lr = 3e-4;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;
  int lr_decay_steps = 0;  // steps in which lr falls linearly to 0; 0: constant

  static constexpr std::string_view kType = "adam";
  static constexpr std::array kFields{
      number<&AdamConfig::lr>("lr", kRates, TakesEffect::at_once),
      number<&AdamConfig::beta1>("beta1", kDecayRates),
      number<&AdamConfig::beta2>("beta2", kDecayRates),
      number<&AdamConfig::eps>("eps", kEpsilons),
      number<&AdamConfig::weight_decay>("weight_decay", kShares),
      number<&AdamConfig::lr_decay_steps>("lr_decay_steps", kStepCounts)};
  template <typename T>
  using Rule = Adam<T>;
  friend bool operator==(const AdamConfig&, const AdamConfig&) = default;
};

template <typename T>
class Adam final : public Optimizer<T> {
 public:
  Adam(AdamConfig config, Parameters<T>& parameters, ThreadPool& pool);

  bool step() override;
  std::vector<typename Optimizer<T>::State> state() override {
    return {{"exp_avg", exp_avg_.data()}, {"exp_avg_sq", exp_avg_sq_.data()}};
  }

 private:
  AdamConfig config_;
  Parameters<T>& parameters_;
  ThreadPool& pool_;
  AlignedBuffer<T> exp_avg_;
  AlignedBuffer<T> exp_avg_sq_;
};

}  // namespace ganvas
