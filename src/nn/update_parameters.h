// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The loop over parameters that all optimisers share.
#pragma once

#include <atomic>

#include "kernels/elementwise.h"
#include "nn/parameters.h"

namespace ganvas {

/// A new value of a parameter, and what an optimiser keeps of it beside the value. A second moment
/// can overflow while the value, of which it is a divisor, stays as it was.
template <typename T>
struct Updated {
  Vec<T> value;
  Vec<T> moment;
};

/// Replaces every parameter p with gradient g by the value of rule(index, p, g), one register at a
/// time. Returns whether all new values and moments are finite.
template <typename T, typename Rule>
bool update_parameters(Parameters<T>& parameters, ThreadPool& pool, const Rule& rule) {
  std::atomic<bool> all_finite{true};
  for_each_range(parameters.flat_size(), pool, [&](std::size_t begin, std::size_t end) {
    // Copied, because the compiler has to assume that a store changes what the rule refers to, and
    // would reload it each time.
    const Rule local_rule = rule;
    T* const values = parameters.values();
    const T* const gradients = parameters.gradients();
    Vec<T> zero(T{0});  // becomes NaN if any value is NaN or Inf
    for (std::size_t i = begin; i < end; i += Vec<T>::size) {
      const auto [value, moment] = local_rule(i, load(values + i), load(gradients + i));
      value.store_aligned(values + i);
      zero += (value - value) + (moment - moment);
    }
    if (xsimd::any(zero != zero)) all_finite.store(false, std::memory_order_relaxed);
  });
  return all_finite.load();
}

}  // namespace ganvas
