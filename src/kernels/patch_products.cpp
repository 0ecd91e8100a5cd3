// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Weight gradients of convolutions: dW[o][i][ky][kx] is the sum over samples and output pixels of
// out[o] in[i] at that tap. The sums of a tile of (out channels) x (in channels) stay spread over
// the samples' lanes until the end, so nothing is transposed. Every element is made of kPartials
// sums, of samples 0 and 8, 1 and 9, ... of each pixel in turn, which are then added as a tree: the
// same bits for registers of any width.
#include <algorithm>
#include <array>
#include <cstddef>

#include "kernels/convolution.h"
#include "kernels/simd.h"

namespace ganvas {
namespace {

constexpr int kPartials = 8;
constexpr int kTapsAtOnce = 8;
/// Activations that are read again for every tap of a kernel's row should stay in first-level
/// cache.
constexpr int kCacheBytes = 16 * 1024;

static_assert(kLanes == 2 * kPartials);

/// Rows x Columns sums, for the partials that one register holds.
template <typename T, int Rows, int Columns>
struct Sums {
  static_assert(kVecSize<T> <= kPartials);
  Vec<T> acc[Rows][Columns];

  /// Adds the products of `count` pixels; channels of out and in are out_stride and in_stride
  /// apart, pixels kLanes and in_step.
  void add_pixels(const T* out, std::ptrdiff_t out_stride, const T* in, std::ptrdiff_t in_stride,
                  std::ptrdiff_t in_step, int count) {
    for (int x = 0; x < count; ++x, out += kLanes, in += in_step) {
      for (int half = 0; half < kLanes; half += kPartials) {
        Vec<T> b[Columns];
        for (int c = 0; c < Columns; ++c) b[c] = load(in + c * in_stride + half);
        for (int r = 0; r < Rows; ++r) {
          const Vec<T> a = load(out + r * out_stride + half);
          for (int c = 0; c < Columns; ++c) acc[r][c] = madd(a, b[c], acc[r][c]);
        }
      }
    }
  }
};

template <typename T>
struct Operands {
  const ConvGeometry& g;
  const T* out;
  const T* in;
  T* weight;
  int blocks;
  Store store;
};

/// The tile's elements at taps (ky, kx0 .. kx0 + taps).
template <int Rows, int Columns, typename T>
void sum_tile(const Operands<T>& op, int o, int i, int ky, int kx0, int taps) {
  constexpr int kGroups = kPartials / kVecSize<T>;
  const ConvGeometry& g = op.g;
  const std::ptrdiff_t out_stride = static_cast<std::ptrdiff_t>(g.out_pixels()) * kLanes;
  const std::ptrdiff_t in_stride = static_cast<std::ptrdiff_t>(g.in_pixels()) * kLanes;
  // Output rows and columns whose tap lies inside the image.
  const auto inside = [&](int k, int in_size, int out_size) {
    const int offset = k - g.padding;
    const int first = offset >= 0 ? 0 : (-offset + g.stride - 1) / g.stride;
    const int end = in_size - offset <= 0 ? 0 : (in_size - offset - 1) / g.stride + 1;
    return std::pair(first, std::min(end, out_size));
  };
  const auto [y_begin, y_end] = inside(ky, g.in_height, g.out_height);
  const int rows_at_once =
      std::max(1, kCacheBytes / (Rows * g.out_width * kLanes * static_cast<int>(sizeof(T))));

  using Tile = Sums<T, Rows, Columns>;
  std::array<std::array<Tile, kGroups>, kTapsAtOnce> sums;
  for (auto& tap : sums) {
    for (Tile& tile : tap) {
      for (auto& row : tile.acc) std::fill(row, row + Columns, Vec<T>(T{0}));
    }
  }
  for (int block = 0; block < op.blocks; ++block) {
    const T* out = op.out + (static_cast<std::ptrdiff_t>(block) * g.out_channels + o) * out_stride;
    const T* in = op.in + (static_cast<std::ptrdiff_t>(block) * g.in_channels + i) * in_stride;
    for (int y0 = y_begin; y0 < y_end; y0 += rows_at_once) {
      const int y1 = std::min(y0 + rows_at_once, y_end);
      for (int tap = 0; tap < taps; ++tap) {
        const auto [x_begin, x_end] = inside(kx0 + tap, g.in_width, g.out_width);
        const int in_x = x_begin * g.stride - g.padding + kx0 + tap;
        for (int group = 0; group < kGroups; ++group) {
          Tile tile = sums[static_cast<std::size_t>(tap)][static_cast<std::size_t>(group)];
          for (int y = y0; y < y1; ++y) {
            const int in_y = y * g.stride - g.padding + ky;
            tile.add_pixels(
                out + (y * g.out_width + x_begin) * kLanes + group * kVecSize<T>, out_stride,
                in + (in_y * g.in_width + in_x) * kLanes + group * kVecSize<T>, in_stride,
                static_cast<std::ptrdiff_t>(g.stride) * kLanes, x_end - x_begin);
          }
          sums[static_cast<std::size_t>(tap)][static_cast<std::size_t>(group)] = tile;
        }
      }
    }
  }
  for (int tap = 0; tap < taps; ++tap) {
    for (int r = 0; r < Rows; ++r) {
      for (int c = 0; c < Columns; ++c) {
        alignas(kAlignment) T partials[kPartials];
        for (int group = 0; group < kGroups; ++group) {
          sums[static_cast<std::size_t>(tap)][static_cast<std::size_t>(group)]
              .acc[r][c]
              .store_aligned(partials + group * kVecSize<T>);
        }
        for (int half = kPartials / 2; half > 0; half /= 2) {
          for (int p = 0; p < half; ++p) partials[p] += partials[p + half];
        }
        T& element =
            op.weight[(static_cast<std::ptrdiff_t>(o + r) * g.in_channels + i + c) * g.taps() +
                      ky * g.kernel + kx0 + tap];
        element = op.store == Store::add ? element + partials[0] : partials[0];
      }
    }
  }
}

}  // namespace

template <typename T>
void sum_patch_products(const ConvGeometry& g, const T* out, const T* in, T* weight, int blocks,
                        Store store, ThreadPool& pool) {
  const Operands<T> operands{g, out, in, weight, blocks, store};

  constexpr int kRows = 6;
  const int row_tiles = (g.out_channels + kRows - 1) / kRows;
  const int column_tiles = (g.in_channels + 1) / 2;
  pool.parallel_for(row_tiles * column_tiles * g.kernel, 1, [&](int begin, int end) {
    for (int part = begin; part < end; ++part) {
      const int ky = part % g.kernel;
      const int i = part / g.kernel % column_tiles * 2;
      const int o = part / g.kernel / column_tiles * kRows;
      for (int kx = 0; kx < g.kernel; kx += kTapsAtOnce) {
        const int taps = std::min(kTapsAtOnce, g.kernel - kx);
        for_each_tile_of<T, kRows>(std::min(kRows, g.out_channels - o), [&](int first, auto rows) {
          if (i + 1 < g.in_channels) {
            sum_tile<rows, 2>(operands, o + first, i, ky, kx, taps);
          } else {
            sum_tile<rows, 1>(operands, o + first, i, ky, kx, taps);
          }
        });
      }
    }
  });
}

// T is a type. NOLINTBEGIN(bugprone-macro-parentheses)
#define GANVAS_INSTANTIATE(T)                                                                  \
  template void sum_patch_products<T>(const ConvGeometry&, const T*, const T*, T*, int, Store, \
                                      ThreadPool&);
GANVAS_INSTANTIATE(float)
GANVAS_INSTANTIATE(double)
#undef GANVAS_INSTANTIATE
// NOLINTEND(bugprone-macro-parentheses)

}  // namespace ganvas
