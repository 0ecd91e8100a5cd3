// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Weight gradients: matrix (m, columns) = the sum over samples of a (m) b^T (columns), for linear
// layers and convolutions alike. The sum runs over segments, each of kLanes samples at one place: a
// linear layer has a segment a block, a convolution one for each output pixel of each block. B is
// transposed a panel of columns at a time, in first-level cache, and each output element is summed
// by one thread in the order of segments and lanes.
#pragma once

#include <cstddef>

#include "kernels/thread_pool.h"
#include "kernels/tile.h"

namespace ganvas {

/// a_of(segment) points to row 0 of A in the segment, kLanes samples long; further rows are
/// a_stride apart. panel_source(j0, columns) returns a callable (segment, j) that points to the
/// kLanes samples of column j0 + j of B in the segment, or is null where B is zero (padding).
template <typename T, typename RowsOfA, typename PanelSource>
void sum_sample_products(int m, int columns, int segments, const RowsOfA& a_of,
                         std::ptrdiff_t a_stride, const PanelSource& panel_source, T* matrix,
                         Store store, ThreadPool& pool) {
  constexpr int kColumns = kTileLanes<T>;
  constexpr int kRows = kTileRows<T>;
  constexpr int kPanelSegments = 8;
  const int panels = (columns + kColumns - 1) / kColumns;
  pool.parallel_for(panels, 1, [&](int panel_begin, int panel_end) {
    alignas(kAlignment) T panel[kPanelSegments * kLanes * kColumns];  // samples x columns
    alignas(kAlignment) T edge[kRows * kColumns] = {};
    for (int p = panel_begin; p < panel_end; ++p) {
      const int j0 = p * kColumns;
      const int width = columns - j0 < kColumns ? columns - j0 : kColumns;
      const bool whole = width == kColumns;
      const auto source = panel_source(j0, width);
      for (int segment0 = 0; segment0 < segments; segment0 += kPanelSegments) {
        const int count = std::min(kPanelSegments, segments - segment0);
        for (int segment = 0; segment < count; ++segment) {
          T* target = panel + segment * kLanes * kColumns;
          for (int j = 0; j < kColumns; ++j) {
            const T* samples = j < width ? source(segment0 + segment, j) : nullptr;
            for (int lane = 0; lane < kLanes; ++lane) {
              target[lane * kColumns + j] = samples ? samples[lane] : T{0};
            }
          }
        }
        for (int tile = 0; tile < m; tile += kRows) {
          for_each_tile_of<T>(std::min(kRows, m - tile), [&](int first, auto rows) {
            const int i = tile + first;
            T* c = matrix + static_cast<std::ptrdiff_t>(i) * columns + j0;
            Tile<T, rows> t;
            if (segment0 == 0 && store == Store::overwrite) {
              t.fill_rows(nullptr);
            } else if (whole) {
              t.load_from(c, columns);
            } else {
              for (int r = 0; r < rows; ++r) {
                std::copy_n(c + static_cast<std::ptrdiff_t>(r) * columns, width,
                            edge + r * kColumns);
              }
              t.load_from(edge, kColumns);
            }
            for (int segment = 0; segment < count; ++segment) {
              t.template accumulate<Order::by_row>(a_of(segment0 + segment) + i * a_stride,
                                                   a_stride, panel + segment * kLanes * kColumns,
                                                   kColumns, kLanes);
            }
            if (whole) {
              t.store_to(c, columns);
            } else {
              t.store_to(edge, kColumns);
              for (int r = 0; r < rows; ++r) {
                std::copy_n(edge + r * kColumns, width,
                            c + static_cast<std::ptrdiff_t>(r) * columns);
              }
            }
          });
        }
      }
    }
  });
}

}  // namespace ganvas
