// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Adam (Kingma and Ba 2015) with torch.optim.Adam's arithmetic, in one pass over a network's flat
// parameters.
#pragma once

#include <cstdint>

#include "kernels/thread_pool.h"
#include "nn/parameters.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

struct AdamConfig {
  double lr = 3e-4;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;

  friend bool operator==(const AdamConfig&, const AdamConfig&) = default;
};

template <typename T>
class Adam {
 public:
  /// `parameters` is allocated and outlives the optimiser.
  Adam(AdamConfig config, Parameters<T>& parameters, ThreadPool& pool);

  /// One update of all parameters by their gradients. False when one of them has become a NaN or
  /// Inf.
  bool step();

  /// Steps taken so far; set it when moments are restored from a checkpoint.
  std::int64_t steps() const { return steps_; }
  void set_steps(std::int64_t steps) { steps_ = steps; }

  /// First and second moments (PyTorch's exp_avg and exp_avg_sq), laid out as parameters.values().
  T* exp_avg() { return exp_avg_.data(); }
  const T* exp_avg() const { return exp_avg_.data(); }
  T* exp_avg_sq() { return exp_avg_sq_.data(); }
  const T* exp_avg_sq() const { return exp_avg_sq_.data(); }

 private:
  AdamConfig config_;
  Parameters<T>& parameters_;
  ThreadPool& pool_;
  AlignedBuffer<T> exp_avg_;
  AlignedBuffer<T> exp_avg_sq_;
  std::int64_t steps_ = 0;
};

}  // namespace ganvas
