// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The products of gemm.h on the micro-kernel of tile.h. BatchLayout already has the panel order
// into which a packed GEMM would copy B. A is broadcast straight from the weights, or from a copy
// of the tile if it is transposed. Weight gradients transpose the samples, one panel of columns at
// a time.
#include "kernels/gemm.h"

#include <algorithm>
#include <cstddef>

#include "kernels/tile.h"

namespace ganvas {
namespace {

/// Length of the contraction per pass: 256 rows of kLanes floats are 16 KB, which stay in the L1
/// cache while all rows of the matrix are multiplied with them.
constexpr int kContractionChunk = 256;
/// Row tiles per pass over the samples: 16 tiles of one chunk are about 100 KB of floats.
constexpr int kTilesPerPass = 16;

/// One register tile of y (m, lanes) = bias + A (m, k) x (k, lanes), over `count` columns of A. The
/// first call for a tile starts from the bias, later ones add to y.
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

/// A chunk of x in the L1 cache is multiplied with as many rows of the matrix as stay in the L2
/// cache for all samples.
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
      for (int tile0 = tile_begin; tile0 < tile_end; tile0 += kTilesPerPass) {
        for (int block = 0; block < blocks; ++block) {
          for (int tile = tile0; tile < std::min(tile0 + kTilesPerPass, tile_end); ++tile)
            multiply_chunk(tile, block, k0);
        }
      }
    }
  });
}

/// A tile reads a few numbers from each of many cache lines, which often map to the same cache
/// sets. So the tile is copied once and then multiplied with all samples.
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

namespace {

constexpr int kPanelBlocks = 8;
constexpr int kBlockSize = kLanes * kLanes;

/// panel (samples, kLanes columns) = columns j0 + [0, width) of x, transposed block by block, with
/// zeros beyond `width`.
template <typename T>
void fill_panel(const T* x, int k, int j0, int width, int block0, int blocks, T* panel) {
  for (int block = 0; block < blocks; ++block) {
    const T* columns = x + (static_cast<std::ptrdiff_t>(block0 + block) * k + j0) * kLanes;
    if (width == kLanes) {
      transpose_lanes(columns, panel + block * kBlockSize);
    } else {
      alignas(kAlignment) T padded[kBlockSize] = {};
      std::copy_n(columns, width * kLanes, padded);
      transpose_lanes(padded, panel + block * kBlockSize);
    }
  }
}

/// Loads c (Rows, columns), whose rows are `stride` apart, into t; the tile's other columns are
/// zero.
template <typename T, int Rows>
void load_columns(const T* c, std::ptrdiff_t stride, int columns, Tile<T, Rows>& t) {
  if (columns == kTileLanes<T>) return t.load_from(c, stride);
  alignas(kAlignment) T padded[Rows * kTileLanes<T>] = {};
  for (int r = 0; r < Rows; ++r) std::copy_n(c + r * stride, columns, padded + r * kTileLanes<T>);
  t.load_from(padded, kTileLanes<T>);
}

/// c (Rows, columns) = t
template <typename T, int Rows>
void store_columns(const Tile<T, Rows>& t, T* c, std::ptrdiff_t stride, int columns) {
  if (columns == kTileLanes<T>) return t.store_to(c, stride);
  alignas(kAlignment) T padded[Rows * kTileLanes<T>];
  t.store_to(padded, kTileLanes<T>);
  for (int r = 0; r < Rows; ++r) std::copy_n(padded + r * kTileLanes<T>, columns, c + r * stride);
}

/// c (Rows, columns) = or += y x^T over the panel's blocks. Rows of c are `stride` apart. `y`
/// points to the first of these rows in the panel's first block; its blocks are y_block apart.
template <int Rows, typename T>
void add_outer_products(const T* y, std::ptrdiff_t y_block, const T* panel, int blocks, T* c,
                        std::ptrdiff_t stride, int columns, Store store) {
  Tile<T, Rows> t;
  if (store == Store::overwrite) {
    t.fill(T{0});
  } else {
    load_columns(c, stride, columns, t);
  }
  for (int block = 0; block < blocks; ++block) {
    t.template accumulate<Order::by_row>(y + block * y_block, kLanes, panel + block * kBlockSize,
                                         kLanes, kLanes);
  }
  store_columns(t, c, stride, columns);
}

}  // namespace

/// Panels are one cache line of columns wide, so that rows of the matrix are written a cache line
/// at a time.
template <typename T>
void sum_outer_products(const T* y, int m, const T* x, int k, T* matrix, int blocks, Store store,
                        ThreadPool& pool) {
  constexpr int kColumns = kTileLanes<T>;
  constexpr int kRows = kTileRows<T>;
  const std::ptrdiff_t y_block = static_cast<std::ptrdiff_t>(m) * kLanes;
  const int panels = (k + kLanes - 1) / kLanes;
  pool.parallel_for(panels, 1, [&](int panel_begin, int panel_end) {
    alignas(kAlignment) T panel[kPanelBlocks * kBlockSize];
    for (int p = panel_begin; p < panel_end; ++p) {
      const int j0 = p * kLanes;
      const int width = std::min(kLanes, k - j0);
      for (int block0 = 0; block0 < blocks; block0 += kPanelBlocks) {
        const int count = std::min(kPanelBlocks, blocks - block0);
        const Store first_store = block0 == 0 ? store : Store::add;
        fill_panel(x, k, j0, width, block0, count, panel);
        for (int tile = 0; tile < m; tile += kRows) {
          for_each_tile_of<T>(std::min(kRows, m - tile), [&](int first, auto rows) {
            const std::ptrdiff_t i = tile + first;
            for (int j = 0; j < width; j += kColumns) {
              add_outer_products<rows>(y + block0 * y_block + i * kLanes, y_block, panel + j, count,
                                       matrix + i * k + j0 + j, k, std::min(kColumns, width - j),
                                       first_store);
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
