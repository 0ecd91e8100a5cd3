// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One register-tiled micro-kernel serves all three products of gemm.h. The tile is kTileRows x
// kTileLanes with twelve accumulators, which with two registers of B and one broadcast of A fill
// the sixteen registers of wasm SIMD and AVX2. BatchLayout already is the panel order that a packed
// GEMM would copy B into, and A is read by broadcasts straight from the weights; only
// sum_outer_products() transposes, a panel at a time, in first-level cache.
#include "kernels/gemm.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "kernels/simd.h"

namespace ganvas {
namespace {

template <typename T>
inline constexpr int kTileVecs = std::min(2, kLanes / kVecSize<T>);
template <typename T>
inline constexpr int kTileRows = 12 / kTileVecs<T>;
template <typename T>
inline constexpr int kTileLanes = kTileVecs<T> * kVecSize<T>;

/// How far the contraction runs before the next block of samples takes its turn: 256 rows of kLanes
/// floats are 16 KB, which stay in first-level cache while all rows of the matrix pass by.
constexpr int kContractionChunk = 256;

/// The matrix as the micro-kernel reads it: element (i, k) at data[i * stride + k], or transposed.
enum class Order { by_row, by_column };

template <typename T, int Rows>
struct Tile {
  Vec<T> acc[Rows][kTileVecs<T>];

  void fill_rows(const T* row_values) {  // null means zero
    for (int i = 0; i < Rows; ++i) {
      for (int v = 0; v < kTileVecs<T>; ++v) acc[i][v] = Vec<T>(row_values ? row_values[i] : T{0});
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
    for (int k = 0; k < count; ++k, b += b_stride) {
      Vec<T> row[kTileVecs<T>];
      for (int v = 0; v < kTileVecs<T>; ++v) row[v] = load(b + v * kVecSize<T>);
      for (int i = 0; i < Rows; ++i) {
        const Vec<T> scalar(order == Order::by_row ? a[i * a_stride + k] : a[k * a_stride + i]);
        for (int v = 0; v < kTileVecs<T>; ++v) acc[i][v] = madd(scalar, row[v], acc[i][v]);
      }
    }
  }
};

/// Calls work(std::integral_constant<int, rows>) for a row count only known at run time, 1 <= rows
/// <= kTileRows.
template <typename T, typename Work, int Rows = kTileRows<T>>
inline void with_constant_rows(int rows, const Work& work) {
  if (rows == Rows) {
    work(std::integral_constant<int, Rows>{});
  } else if constexpr (Rows > 1) {
    with_constant_rows<T, Work, Rows - 1>(rows, work);
  }
}

/// y (m, lanes) = bias + A (m, k) x (k, lanes) for every block, where A has the given order and
/// stride.
template <Order order, typename T>
void multiply_ordered(const T* a, std::ptrdiff_t a_stride, int m, int k, const T* bias, const T* x,
                      T* y, int blocks, ThreadPool& pool) {
  constexpr int kRows = kTileRows<T>;
  const int tiles = (m + kRows - 1) / kRows;
  pool.parallel_for(tiles, 1, [&](int tile_begin, int tile_end) {
    for (int k0 = 0; k0 < k; k0 += kContractionChunk) {
      const int count = std::min(kContractionChunk, k - k0);
      for (int block = 0; block < blocks; ++block) {
        for (int lane = 0; lane < kLanes; lane += kTileLanes<T>) {
          const T* b = x + (static_cast<std::ptrdiff_t>(block) * k + k0) * kLanes + lane;
          for (int tile = tile_begin; tile < tile_end; ++tile) {
            const int i = tile * kRows;
            T* c = y + (static_cast<std::ptrdiff_t>(block) * m + i) * kLanes + lane;
            with_constant_rows<T>(std::min(kRows, m - i), [&](auto rows) {
              Tile<T, rows> t;
              if (k0 == 0) {
                t.fill_rows(bias ? bias + i : nullptr);
              } else {
                t.load_from(c, kLanes);
              }
              const T* a_tile =
                  order == Order::by_row ? a + i * a_stride + k0 : a + k0 * a_stride + i;
              t.template accumulate<order>(a_tile, a_stride, b, kLanes, count);
              t.store_to(c, kLanes);
            });
          }
        }
      }
    }
  });
}

}  // namespace

template <typename T>
void multiply(const T* matrix, int m, int k, const T* bias, const T* x, T* y, int blocks,
              ThreadPool& pool) {
  multiply_ordered<Order::by_row>(matrix, k, m, k, bias, x, y, blocks, pool);
}

template <typename T>
void multiply_transposed(const T* matrix, int m, int k, const T* x, T* y, int blocks,
                         ThreadPool& pool) {
  const T* no_bias = nullptr;
  multiply_ordered<Order::by_column>(matrix, k, k, m, no_bias, x, y, blocks, pool);
}

template <typename T>
void sum_outer_products(const T* y, int m, const T* x, int k, T* matrix, int blocks,
                        ThreadPool& pool) {
  constexpr int kColumns = kTileLanes<T>;
  constexpr int kRows = kTileRows<T>;
  constexpr int kPanelBlocks = 8;
  const int panels = (k + kColumns - 1) / kColumns;
  pool.parallel_for(panels, 1, [&](int panel_begin, int panel_end) {
    alignas(kAlignment) T panel[kPanelBlocks * kLanes * kColumns];  // samples x columns
    alignas(kAlignment) T edge[kRows * kColumns] = {};
    for (int p = panel_begin; p < panel_end; ++p) {
      const int j0 = p * kColumns;
      const int columns = std::min(kColumns, k - j0);
      for (int block0 = 0; block0 < blocks; block0 += kPanelBlocks) {
        const int panel_blocks = std::min(kPanelBlocks, blocks - block0);
        for (int block = 0; block < panel_blocks; ++block) {
          const T* source = x + (static_cast<std::ptrdiff_t>(block0 + block) * k + j0) * kLanes;
          T* target = panel + block * kLanes * kColumns;
          for (int lane = 0; lane < kLanes; ++lane) {
            for (int j = 0; j < kColumns; ++j) {
              target[lane * kColumns + j] = j < columns ? source[j * kLanes + lane] : T{0};
            }
          }
        }
        for (int i = 0; i < m; i += kRows) {
          with_constant_rows<T>(std::min(kRows, m - i), [&](auto rows) {
            T* c = matrix + static_cast<std::ptrdiff_t>(i) * k + j0;
            const bool whole = columns == kColumns;
            Tile<T, rows> t;
            if (block0 == 0) {
              t.fill_rows(nullptr);
            } else if (whole) {
              t.load_from(c, k);
            } else {
              for (int r = 0; r < rows; ++r) {
                std::copy_n(c + static_cast<std::ptrdiff_t>(r) * k, columns, edge + r * kColumns);
              }
              t.load_from(edge, kColumns);
            }
            for (int block = 0; block < panel_blocks; ++block) {
              const T* a = y + (static_cast<std::ptrdiff_t>(block0 + block) * m + i) * kLanes;
              t.template accumulate<Order::by_row>(a, kLanes, panel + block * kLanes * kColumns,
                                                   kColumns, kLanes);
            }
            if (whole) {
              t.store_to(c, k);
            } else {
              t.store_to(edge, kColumns);
              for (int r = 0; r < rows; ++r) {
                std::copy_n(edge + r * kColumns, columns, c + static_cast<std::ptrdiff_t>(r) * k);
              }
            }
          });
        }
      }
    }
  });
}

template <typename T>
void sum_samples(const T* y, int m, T* sums, int blocks, ThreadPool& pool) {
  constexpr int kRowsWorthAThread = 256;
  pool.parallel_for(m, kRowsWorthAThread, [&](int begin, int end) {
    alignas(kAlignment) T lanes[kLanes];
    for (int i = begin; i < end; ++i) {
      for (int lane = 0; lane < kLanes; lane += kVecSize<T>) {
        Vec<T> sum(T{0});
        for (int block = 0; block < blocks; ++block) {
          sum += load(y + (static_cast<std::ptrdiff_t>(block) * m + i) * kLanes + lane);
        }
        sum.store_aligned(lanes + lane);
      }
      sums[i] = sum_lanes(lanes);
    }
  });
}

#define GANVAS_INSTANTIATE(T)                                                               \
  template void multiply<T>(const T*, int, int, const T*, const T*, T*, int, ThreadPool&);  \
  template void multiply_transposed<T>(const T*, int, int, const T*, T*, int, ThreadPool&); \
  template void sum_outer_products<T>(const T*, int, const T*, int, T*, int, ThreadPool&);  \
  template void sum_samples<T>(const T*, int, T*, int, ThreadPool&);
GANVAS_INSTANTIATE(float)
GANVAS_INSTANTIATE(double)
#undef GANVAS_INSTANTIATE

}  // namespace ganvas
