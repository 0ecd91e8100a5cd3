// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The products of gemm.h on the micro-kernel of tile.h. BatchLayout already is the panel order that
// a packed GEMM would copy B into, and A is read by broadcasts straight from the weights, or where
// it is transposed from a copy of the tile; weight gradients transpose the samples, a panel of
// columns at a time.
#include "kernels/gemm.h"

#include <algorithm>
#include <cstddef>

namespace ganvas {
namespace {

/// How far the contraction runs before other rows or samples take their turn: 256 rows of kLanes
/// floats are 16 KB, which stay in first-level cache while all rows of the matrix pass by.
constexpr int kContractionChunk = 256;
/// Sixteen tiles of a chunk are some 100 KB of floats.
constexpr int kTilesAtOnce = 16;

/// y (m, lanes) = bias + A (m, k) x (k, lanes) for every block: `count` columns of A from k0 on,
/// one tile of rows, one register tile of lanes.
template <Order order, typename T, typename Rows>
void multiply_tile(const T* a, std::ptrdiff_t a_stride, Rows rows, const T* bias, const T* b, T* c,
                   bool is_first, int count) {
  Tile<T, rows> t;
  if (is_first) {
    t.fill_rows(bias);
  } else {
    t.load_from(c, kLanes);
  }
  t.template accumulate<order>(a, a_stride, b, kLanes, count);
  t.store_to(c, kLanes);
}

}  // namespace

/// Rows of the matrix pass by a chunk of x in first-level cache, as many at a time as stay in the
/// second-level one for all samples.
template <typename T>
void multiply(const T* matrix, int m, int k, const T* bias, const T* x, T* y, int blocks,
              ThreadPool& pool) {
  constexpr int kRows = kTileRows<T>;
  const int tiles = (m + kRows - 1) / kRows;
  const auto multiply_chunk = [=](int tile, int block, int k0) {
    const int count = std::min(kContractionChunk, k - k0);
    for (int lane = 0; lane < kLanes; lane += kTileLanes<T>) {
      const T* b = x + (static_cast<std::ptrdiff_t>(block) * k + k0) * kLanes + lane;
      for_each_tile_of<T>(std::min(kRows, m - tile * kRows), [&](int first, auto rows) {
        const std::ptrdiff_t i = tile * kRows + first;
        T* c = y + (static_cast<std::ptrdiff_t>(block) * m + i) * kLanes + lane;
        multiply_tile<Order::by_row>(matrix + i * k + k0, k, rows, bias ? bias + i : nullptr, b, c,
                                     k0 == 0, count);
      });
    }
  };
  pool.parallel_for(tiles, 1, [&](int tile_begin, int tile_end) {
    for (int k0 = 0; k0 < k; k0 += kContractionChunk) {
      for (int tile0 = tile_begin; tile0 < tile_end; tile0 += kTilesAtOnce) {
        for (int block = 0; block < blocks; ++block) {
          for (int tile = tile0; tile < std::min(tile0 + kTilesAtOnce, tile_end); ++tile)
            multiply_chunk(tile, block, k0);
        }
      }
    }
  });
}

/// A tile takes few numbers of each of many lines, which often fall into the same sets of the
/// cache; so it is copied once, and all samples pass by it.
template <typename T>
void multiply_transposed(const T* matrix, int m, int k, const T* x, T* y, int blocks,
                         ThreadPool& pool) {
  constexpr int kRows = kTileRows<T>;
  const int tiles = (k + kRows - 1) / kRows;
  pool.parallel_for(tiles, 1, [&](int tile_begin, int tile_end) {
    alignas(kAlignment) T packed[kContractionChunk * kRows];
    for (int m0 = 0; m0 < m; m0 += kContractionChunk) {
      const int count = std::min(kContractionChunk, m - m0);
      for (int tile = tile_begin; tile < tile_end; ++tile) {
        for_each_tile_of<T>(std::min(kRows, k - tile * kRows), [&](int first, auto rows) {
          const std::ptrdiff_t i = tile * kRows + first;
          const T* row = matrix + static_cast<std::ptrdiff_t>(m0) * k + i;
          for (int r = 0; r < count; ++r, row += k) {
            for (int column = 0; column < rows; ++column) packed[r * rows + column] = row[column];
          }
          for (int block = 0; block < blocks; ++block) {
            for (int lane = 0; lane < kLanes; lane += kTileLanes<T>) {
              const T* b = x + (static_cast<std::ptrdiff_t>(block) * m + m0) * kLanes + lane;
              T* c = y + (static_cast<std::ptrdiff_t>(block) * k + i) * kLanes + lane;
              const T* no_bias = nullptr;
              multiply_tile<Order::by_column>(packed, rows, rows, no_bias, b, c, m0 == 0, count);
            }
          }
        });
      }
    }
  });
}

/// Rows of the matrix are written a cache line at a time.
template <typename T>
void sum_outer_products(const T* y, int m, const T* x, int k, T* matrix, int blocks, Store store,
                        ThreadPool& pool) {
  constexpr int kColumns = kTileLanes<T>;
  constexpr int kRows = kTileRows<T>;
  constexpr int kPanelBlocks = 8;
  constexpr int kBlockSize = kLanes * kLanes;
  const int panels = (k + kLanes - 1) / kLanes;
  pool.parallel_for(panels, 1, [&](int panel_begin, int panel_end) {
    alignas(kAlignment) T panel[kPanelBlocks * kBlockSize];  // (samples, kLanes columns)
    alignas(kAlignment) T last_columns[kBlockSize] = {};
    alignas(kAlignment) T edge[kRows * kColumns] = {};
    for (int p = panel_begin; p < panel_end; ++p) {
      const int j0 = p * kLanes;
      const int width = std::min(kLanes, k - j0);
      for (int block0 = 0; block0 < blocks; block0 += kPanelBlocks) {
        const int count = std::min(kPanelBlocks, blocks - block0);
        for (int block = 0; block < count; ++block) {
          const T* columns = x + (static_cast<std::ptrdiff_t>(block0 + block) * k + j0) * kLanes;
          if (width < kLanes) {
            std::copy_n(columns, width * kLanes, last_columns);
            columns = last_columns;
          }
          transpose_lanes(columns, panel + block * kBlockSize);
        }
        for (int tile = 0; tile < m; tile += kRows) {
          for_each_tile_of<T>(std::min(kRows, m - tile), [&](int first, auto rows) {
            const int i = tile + first;
            for (int j = 0; j < width; j += kColumns) {
              const int columns = std::min(kColumns, width - j);
              T* c = matrix + static_cast<std::ptrdiff_t>(i) * k + j0 + j;
              Tile<T, rows> t;
              if (block0 == 0 && store == Store::overwrite) {
                t.fill(T{0});
              } else if (columns == kColumns) {
                t.load_from(c, k);
              } else {
                for (int r = 0; r < rows; ++r) {
                  std::copy_n(c + static_cast<std::ptrdiff_t>(r) * k, columns, edge + r * kColumns);
                }
                t.load_from(edge, kColumns);
              }
              for (int block = 0; block < count; ++block) {
                const T* a = y + (static_cast<std::ptrdiff_t>(block0 + block) * m + i) * kLanes;
                t.template accumulate<Order::by_row>(a, kLanes, panel + block * kBlockSize + j,
                                                     kLanes, kLanes);
              }
              if (columns == kColumns) {
                t.store_to(c, k);
              } else {
                t.store_to(edge, kColumns);
                for (int r = 0; r < rows; ++r) {
                  std::copy_n(edge + r * kColumns, columns, c + static_cast<std::ptrdiff_t>(r) * k);
                }
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
