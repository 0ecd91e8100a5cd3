// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The one pass over memory that every optimiser's step is.
#pragma once

#include <atomic>

#include "kernels/elementwise.h"
#include "nn/parameters.h"

namespace ganvas {

/// Replaces every parameter p with gradient g by rule(index, p, g), registers at a time. Returns
/// whether all that was written is finite.
template <typename T, typename Rule>
bool update_parameters(Parameters<T>& parameters, ThreadPool& pool, const Rule& rule) {
  std::atomic<bool> all_finite{true};
  for_each_range(parameters.flat_size(), pool, [&](std::size_t begin, std::size_t end) {
    // Copies, since for all that compilers know a store of a register may change what the rule
    // refers to, which they would read again each time.
    const Rule own_rule = rule;
    T* const values = parameters.values();
    const T* const gradients = parameters.gradients();
    Vec<T> zero(T{0});  // until a NaN or Inf is subtracted from itself
    for (std::size_t i = begin; i < end; i += Vec<T>::size) {
      const Vec<T> updated = own_rule(i, load(values + i), load(gradients + i));
      updated.store_aligned(values + i);
      zero += updated - updated;
    }
    if (xsimd::any(zero != zero)) all_finite.store(false, std::memory_order_relaxed);
  });
  return all_finite.load();
}

}  // namespace ganvas
