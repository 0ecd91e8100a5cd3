// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The register-tiled micro-kernel shared by matrix products and convolutions: kTileRows x
// kTileLanes outputs in twelve accumulators. Together with two registers of B and one broadcast of
// A they fill the sixteen registers of wasm SIMD and AVX2.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

#include "kernels/simd.h"

namespace ganvas {

template <typename T>
inline constexpr int kTileVecs = std::min(2, kLanes / kVecSize<T>);
template <typename T>
inline constexpr int kTileRows = 12 / kTileVecs<T>;
template <typename T>
inline constexpr int kTileLanes = kTileVecs<T> * kVecSize<T>;

/// How the micro-kernel reads A: element (i, k) at a[i * stride + k] (by_row) or a[k * stride + i].
enum class Order { by_row, by_column };

template <typename T, int Rows>
struct Tile {
  Vec<T> acc[Rows][kTileVecs<T>];

  void fill_rows(const T* row_values) {  // null means zero
    for (int i = 0; i < Rows; ++i) {
      for (int v = 0; v < kTileVecs<T>; ++v) acc[i][v] = Vec<T>(row_values ? row_values[i] : T{0});
    }
  }
  void fill(T value) {
    for (auto& row : acc) {
      for (Vec<T>& sum : row) sum = Vec<T>(value);
    }
  }
  void load_from(const T* c, std::ptrdiff_t stride) {
    for (int i = 0; i < Rows; ++i) {
      for (int v = 0; v < kTileVecs<T>; ++v) {
        acc[i][v] = Vec<T>::load_unaligned(c + i * stride + v * kVecSize<T>);
      }
    }
  }
  void store_to(T* c, std::ptrdiff_t stride) const {
    for (int i = 0; i < Rows; ++i) {
      for (int v = 0; v < kTileVecs<T>; ++v) {
        acc[i][v].store_unaligned(c + i * stride + v * kVecSize<T>);
      }
    }
  }

  /// acc += A (Rows, count) B (count, kTileLanes); rows of B are b_stride apart and aligned.
  template <Order order>
  void accumulate(const T* a, std::ptrdiff_t a_stride, const T* b, std::ptrdiff_t b_stride,
                  int count) {
    // Advancing the pointers leaves constant offsets, which fit into WebAssembly instructions.
    for (int k = 0; k < count; ++k, a += order == Order::by_row ? 1 : a_stride, b += b_stride) {
      Vec<T> row[kTileVecs<T>];
      for (int v = 0; v < kTileVecs<T>; ++v) row[v] = load(b + v * kVecSize<T>);
      for (int i = 0; i < Rows; ++i) {
        const Vec<T> scalar(order == Order::by_row ? a[i * a_stride] : a[i]);
        for (int v = 0; v < kTileVecs<T>; ++v) acc[i][v] = madd(scalar, row[v], acc[i][v]);
      }
    }
  }

  /// acc[i] += a[k] B_k[i] over k < count, where the rows of each B_k are row_stride apart.
  void accumulate_scaled(const T* a, std::ptrdiff_t a_stride, const T* b, std::ptrdiff_t row_stride,
                         std::ptrdiff_t b_stride, int count) {
    for (int k = 0; k < count; ++k, a += a_stride, b += b_stride) {
      const Vec<T> scalar(*a);
      for (int i = 0; i < Rows; ++i) {
        for (int v = 0; v < kTileVecs<T>; ++v) {
          acc[i][v] = madd(scalar, load(b + i * row_stride + v * kVecSize<T>), acc[i][v]);
        }
      }
    }
  }
};

/// Covers `rows` <= kTileRows rows with tiles of constant heights: the full height or powers of two
/// (few, because each is code to download). Calls work(first row, std::integral_constant<int,
/// height>).
template <typename T, int Height = kTileRows<T>, typename Work>
inline void for_each_tile_of(int rows, const Work& work, int first = 0) {
  constexpr int kNext = Height == 1 ? 0 : Height <= 2 ? 1 : Height <= 4 ? 2 : Height <= 8 ? 4 : 8;
  if (rows - first >= Height) {
    work(first, std::integral_constant<int, Height>{});
    first += Height;
  }
  if constexpr (kNext > 0) {
    if (first < rows) for_each_tile_of<T, kNext>(rows, work, first);
  }
}

}  // namespace ganvas
