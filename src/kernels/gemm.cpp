// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The products of gemm.h on the micro-kernel of tile.h. BatchLayout already is the panel order that
// a packed GEMM would copy B into, and A is read by broadcasts straight from the weights; only
// weight gradients transpose, a panel of columns at a time.
#include "kernels/gemm.h"

#include <algorithm>
#include <cstddef>

namespace ganvas {
namespace {

/// How far the contraction runs before the next block of samples takes its turn: 256 rows of kLanes
/// floats are 16 KB, which stay in first-level cache while all rows of the matrix pass by.
constexpr int kContractionChunk = 256;

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
            for_each_tile_of<T>(std::min(kRows, m - tile * kRows), [&](int first, auto rows) {
              const int i = tile * kRows + first;
              T* c = y + (static_cast<std::ptrdiff_t>(block) * m + i) * kLanes + lane;
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
void sum_outer_products(const T* y, int m, const T* x, int k, T* matrix, int blocks, Store store,
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
      const int width = std::min(kColumns, k - j0);
      const bool whole = width == kColumns;
      for (int block0 = 0; block0 < blocks; block0 += kPanelBlocks) {
        const int count = std::min(kPanelBlocks, blocks - block0);
        for (int block = 0; block < count; ++block) {
          const T* samples = x + (static_cast<std::ptrdiff_t>(block0 + block) * k + j0) * kLanes;
          T* target = panel + block * kLanes * kColumns;
          for (int j = 0; j < kColumns; ++j) {
            for (int lane = 0; lane < kLanes; ++lane) {
              target[lane * kColumns + j] = j < width ? samples[j * kLanes + lane] : T{0};
            }
          }
        }
        for (int tile = 0; tile < m; tile += kRows) {
          for_each_tile_of<T>(std::min(kRows, m - tile), [&](int first, auto rows) {
            const int i = tile + first;
            T* c = matrix + static_cast<std::ptrdiff_t>(i) * k + j0;
            Tile<T, rows> t;
            if (block0 == 0 && store == Store::overwrite) {
              t.fill(T{0});
            } else if (whole) {
              t.load_from(c, k);
            } else {
              for (int r = 0; r < rows; ++r) {
                std::copy_n(c + static_cast<std::ptrdiff_t>(r) * k, width, edge + r * kColumns);
              }
              t.load_from(edge, kColumns);
            }
            for (int block = 0; block < count; ++block) {
              const T* a = y + (static_cast<std::ptrdiff_t>(block0 + block) * m + i) * kLanes;
              t.template accumulate<Order::by_row>(a, kLanes, panel + block * kLanes * kColumns,
                                                   kColumns, kLanes);
            }
            if (whole) {
              t.store_to(c, k);
            } else {
              t.store_to(edge, kColumns);
              for (int r = 0; r < rows; ++r) {
                std::copy_n(edge + r * kColumns, width, c + static_cast<std::ptrdiff_t>(r) * k);
              }
            }
          });
        }
      }
    }
  });
}

// T is a type. NOLINTBEGIN(bugprone-macro-parentheses)
#define GANVAS_INSTANTIATE(T)                                                               \
  template void multiply<T>(const T*, int, int, const T*, const T*, T*, int, ThreadPool&);  \
  template void multiply_transposed<T>(const T*, int, int, const T*, T*, int, ThreadPool&); \
  template void sum_outer_products<T>(const T*, int, const T*, int, T*, int, Store, ThreadPool&);
GANVAS_INSTANTIATE(float)
GANVAS_INSTANTIATE(double)
#undef GANVAS_INSTANTIATE
// NOLINTEND(bugprone-macro-parentheses)

}  // namespace ganvas
