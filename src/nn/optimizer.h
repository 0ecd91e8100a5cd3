// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What an optimiser is: a rule that moves a network's flat parameters by their gradients, with
// torch.optim's arithmetic.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/fields.h"
#include "kernels/thread_pool.h"
#include "nn/parameters.h"

namespace ganvas {

/// Ranges that the optimisers' settings share.
inline constexpr Range kRates{0, 100};
inline constexpr Range kDecayRates{0, 1, /*excludes_high=*/true};  // of moving averages
inline constexpr Range kEpsilons{1e-30, 1};
inline constexpr Range kShares{0, 1};
inline constexpr Range kStepCounts{0, kMaxCount};

template <typename T>
class Optimizer {
 public:
  /// The rate falls linearly from lr to 0 over decay_steps, if those are not 0.
  Optimizer(double lr, int decay_steps) : lr_(lr), decay_steps_(decay_steps) {}
  virtual ~Optimizer() = default;

  /// One update of all parameters by their gradients. Returns whether every one is still finite.
  virtual bool step() = 0;

  /// The arrays that a checkpoint keeps besides the step count, laid out as parameters.values() and
  /// named as PyTorch names them: exp_avg, exp_avg_sq, momentum_buffer, square_avg.
  struct State {
    const char* name;
    T* values;
  };
  virtual std::vector<State> state() = 0;

  /// Steps taken so far; set it when the state is restored from a checkpoint.
  std::int64_t steps() const { return steps_; }
  void set_steps(std::int64_t steps) { steps_ = steps; }
  /// From the coming step on.
  void set_lr(double lr) { lr_ = lr; }

 protected:
  /// The rate of the coming step, as torch.optim.lr_scheduler.LambdaLR's with
  /// max(0, 1 - steps / decay_steps).
  double rate() const {
    if (decay_steps_ == 0) return lr_;
    return lr_ * std::max(0.0, 1 - static_cast<double>(steps_) / decay_steps_);
  }

  std::int64_t steps_ = 0;

 private:
  double lr_;
  int decay_steps_;
};

}  // namespace ganvas
