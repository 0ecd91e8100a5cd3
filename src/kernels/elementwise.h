// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Applies a function of SIMD registers to whole arrays, in parallel. Arrays are activations in
// BatchLayout or padded parameters: aligned, with a size that is a multiple of kLanes, so there is
// no remainder.
#pragma once

#include <cassert>
#include <cstddef>

#include "kernels/simd.h"
#include "kernels/thread_pool.h"

namespace ganvas {

/// Below this many elements a second thread costs more than it saves.
inline constexpr int kMinElementsPerThread = 8192;

/// Calls work(begin, end) on ranges of [0, size) whose bounds are multiples of kLanes.
template <typename Work>
void for_each_range(std::size_t size, ThreadPool& pool, const Work& work) {
  assert(size % kLanes == 0);
  pool.parallel_for(
      static_cast<int>(size / kLanes), kMinElementsPerThread / kLanes, [&](int begin, int end) {
        work(static_cast<std::size_t>(begin) * kLanes, static_cast<std::size_t>(end) * kLanes);
      });
}

/// out[i] = function(a[i])
template <typename T, typename Function>
void transform(const T* a, T* out, std::size_t size, ThreadPool& pool, const Function& function) {
  for_each_range(size, pool, [=](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; i += Vec<T>::size) {
      function(load(a + i)).store_aligned(out + i);
    }
  });
}

/// out[i] = function(a[i], b[i]); `out` can be one of the inputs.
template <typename T, typename Function>
void transform(const T* a, const T* b, T* out, std::size_t size, ThreadPool& pool,
               const Function& function) {
  for_each_range(size, pool, [=](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; i += Vec<T>::size) {
      function(load(a + i), load(b + i)).store_aligned(out + i);
    }
  });
}

}  // namespace ganvas
