// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Base class of the optimisers, which update a network's flat parameters with the arithmetic of
// torch.optim.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/fields.h"
#include "kernels/thread_pool.h"
#include "nn/parameters.h"

namespace ganvas {

/// Ranges of settings that several optimisers have.
inline constexpr Range kRates{0, 100};
inline constexpr Range kDecayRates{0, 1, /*excludes_high=*/true};  // of moving averages
inline constexpr Range kEpsilons{1e-30, 1};
inline constexpr Range kShares{0, 1};
inline constexpr Range kStepCounts{0, kMaxCount};

template <typename T>
class Optimizer {
 public:
  /// The learning rate falls linearly from lr to 0 over decay_steps; 0 means constant.
  Optimizer(double lr, int decay_steps) : lr_(lr), decay_steps_(decay_steps) {}
  virtual ~Optimizer() = default;

  /// Updates all parameters by their gradients. Returns whether all parameters, and
  /// what the state holds of them, are finite.
  virtual bool step() = 0;

  /// State arrays that a checkpoint saves in addition to the step count, in the layout of
  /// parameters.values() and with PyTorch's names: exp_avg, exp_avg_sq, momentum_buffer,
  /// square_avg.
  struct State {
    const char* name;
    T* values;
  };
  virtual std::vector<State> state() = 0;

  /// Number of steps taken; set when the state is restored from a checkpoint.
  std::int64_t steps() const { return steps_; }
  void set_steps(std::int64_t steps) { steps_ = steps; }
  /// Takes effect from the next step on.
  void set_lr(double lr) { lr_ = lr; }

 protected:
  /// The learning rate of the next step, as torch.optim.lr_scheduler.LambdaLR computes it for
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
