// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// SIMD types and functions for the tier being compiled: Vec<T> is xsimd's register type, madd() the
// tier's multiply-add. There are two families of tiers: madd() rounds once in `fma` tiers (relaxed
// wasm SIMD, FMA natively) and twice in the others (fixed wasm SIMD, scalar). Within a family every
// tier gives the same bits, because vectors only span independent elements (lanes are samples) and
// no sum depends on the register width.
#pragma once

#include <algorithm>
#include <cstddef>
#include <xsimd/xsimd.hpp>

#if defined(__wasm_relaxed_simd__)
#include <wasm_simd128.h>
#endif

#include "tensor/aligned_buffer.h"
#include "tensor/batch_layout.h"

namespace ganvas {

#if defined(GANVAS_SCALAR)
using SimdArch = xsimd::emulated<128>;  // plain loops over four floats, for browsers without SIMD
#else
using SimdArch = xsimd::default_arch;
#endif

template <typename T>
using Vec = xsimd::batch<T, SimdArch>;

template <typename T>
inline constexpr int kVecSize = static_cast<int>(Vec<T>::size);

static_assert(kLanes % kVecSize<float> == 0 && kLanes % kVecSize<double> == 0);

/// Whether madd() rounds once.
#if defined(__wasm_relaxed_simd__) || defined(__FMA__) || defined(__aarch64__)
inline constexpr bool kFusedMultiplyAdd = true;
#else
inline constexpr bool kFusedMultiplyAdd = false;
#endif

/// a * b + c
template <typename T>
inline Vec<T> madd(Vec<T> a, Vec<T> b, Vec<T> c) {
  if constexpr (!kFusedMultiplyAdd) {
    return a * b + c;
  } else {
#if defined(__wasm_relaxed_simd__)
    // Clang does not contract to the relaxed instruction, and xsimd's fma for wasm is a product and
    // a sum.
    if constexpr (sizeof(T) == 4) {
      return Vec<T>(wasm_f32x4_relaxed_madd(a, b, c));
    } else {
      return Vec<T>(wasm_f64x2_relaxed_madd(a, b, c));
    }
#else
    return xsimd::fma(a, b, c);
#endif
  }
}

/// c - a * b
template <typename T>
inline Vec<T> nmadd(Vec<T> a, Vec<T> b, Vec<T> c) {
  return madd(-a, b, c);
}

template <typename T>
inline Vec<T> load(const T* aligned) {
  return Vec<T>::load_aligned(aligned);
}

/// The sum of one row of kLanes lanes by repeated halving: the same tree for every register width.
template <typename T>
inline T sum_lanes(const T* row) {
  T partial[kLanes / 2];
  for (int i = 0; i < kLanes / 2; ++i) partial[i] = row[i] + row[i + kLanes / 2];
  for (int half = kLanes / 4; half > 0; half /= 2) {
    for (int i = 0; i < half; ++i) partial[i] += partial[i + half];
  }
  return partial[0];
}

/// columns (kLanes, kLanes) = rows (kLanes, kLanes) transposed; both are aligned.
template <typename T>
inline void transpose_lanes(const T* rows, T* columns) {
  constexpr int kSize = kVecSize<T>;
  for (int i = 0; i < kLanes; i += kSize) {
    for (int j = 0; j < kLanes; j += kSize) {
      Vec<T> square[kSize];
      for (int r = 0; r < kSize; ++r) square[r] = load(rows + (i + r) * kLanes + j);
      // Each round shuffles row i with row i + kSize / 2; after log2(kSize) rounds rows are
      // columns.
      for (int round = 1; round < kSize; round *= 2) {
        Vec<T> shuffled[kSize];
        for (int r = 0; r < kSize / 2; ++r) {
          shuffled[2 * r] = xsimd::zip_lo(square[r], square[r + kSize / 2]);
          shuffled[2 * r + 1] = xsimd::zip_hi(square[r], square[r + kSize / 2]);
        }
        std::copy_n(shuffled, kSize, square);
      }
      for (int r = 0; r < kSize; ++r) square[r].store_aligned(columns + (j + r) * kLanes + i);
    }
  }
}

}  // namespace ganvas
