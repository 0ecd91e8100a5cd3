// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Direct convolutions; see convolution.h. Each output element sums over kernel rows, kernel columns
// and channels, in an order that the shapes alone decide, whatever the threads and register widths.
// Their weight gradients are in patch_products.cpp.
#include "kernels/convolution.h"

#include <algorithm>

namespace ganvas {
namespace {

int tiles_of(int channels, int tile_rows) {
  return (channels + tile_rows - 1) / tile_rows;
}

/// Copies the weight to [tile of rows][ky][kx][contracted channel][row of tile]. Rows are output
/// channels (the adjoint: input channels), and the contraction runs over the other.
template <bool adjoint, typename T>
void pack_weight(const ConvGeometry& g, const T* weight, T* packed, ThreadPool& pool) {
  constexpr int kRows = kTileRows<T>;
  const int rows = adjoint ? g.in_channels : g.out_channels;
  const int contracted = adjoint ? g.out_channels : g.in_channels;
  const std::ptrdiff_t taps = g.taps();
  pool.parallel_for(tiles_of(rows, kRows), 8, [&](int begin, int end) {
    for (int tile = begin; tile < end; ++tile) {
      T* target = packed + tile * taps * contracted * kRows;
      for (std::ptrdiff_t tap = 0; tap < taps; ++tap) {
        for (int c = 0; c < contracted; ++c) {
          for (int r = 0; r < kRows; ++r) {
            const int row = tile * kRows + r;
            const int o = adjoint ? c : row;
            const int i = adjoint ? row : c;
            *target++ =
                row < rows
                    ? weight[(static_cast<std::ptrdiff_t>(o) * g.in_channels + i) * taps + tap]
                    : T{0};
          }
        }
      }
    }
  });
}

/// Where the taps of one output position along one axis read: tap k at position first_source + k'
/// for the k' -th tap.
struct AxisTaps {
  int first;  // the first kernel index that falls on the source
  int step;   // between kernel indices that do
  int count;
  int source;  // the source position of the first one
  int source_step;
};

/// Convolution: output position p reads source p stride - padding + k for every k inside the
/// source.
AxisTaps forward_taps(int position, int kernel, int stride, int padding, int source_size) {
  const int start = position * stride - padding;
  const int first = std::max(0, -start);
  const int last = std::min(kernel, source_size - start);
  return {first, 1, std::max(0, last - first), start + first, 1};
}

/// Adjoint: output position p reads source (p + padding - k) / stride for every k that divides and
/// falls inside.
AxisTaps adjoint_taps(int position, int kernel, int stride, int padding, int source_size) {
  const int shifted = position + padding;
  int first = shifted % stride;
  int source = shifted / stride;  // for k = first; falls by one as k grows by stride
  if (source >= source_size) {
    const int skip = source - (source_size - 1);
    first += skip * stride;
    source -= skip;
  }
  const int by_kernel = first < kernel ? (kernel - first + stride - 1) / stride : 0;
  return {first, stride, std::min(by_kernel, source + 1), source, -1};
}

/// Both directions: target (rows, target pixels) from source (contracted, source pixels), taps by
/// `taps_of`.
template <bool adjoint, typename T>
void convolve_direction(const ConvGeometry& g, const T* packed, const T* bias, const T* source,
                        T* target, int blocks, ThreadPool& pool) {
  constexpr int kRows = kTileRows<T>;
  const int rows = adjoint ? g.in_channels : g.out_channels;
  const int contracted = adjoint ? g.out_channels : g.in_channels;
  const int height = adjoint ? g.in_height : g.out_height;
  const int width = adjoint ? g.in_width : g.out_width;
  const int source_height = adjoint ? g.out_height : g.in_height;
  const int source_width = adjoint ? g.out_width : g.in_width;
  const std::ptrdiff_t source_pixels = static_cast<std::ptrdiff_t>(source_height) * source_width;
  const std::ptrdiff_t pixels = static_cast<std::ptrdiff_t>(height) * width;
  const std::ptrdiff_t tap_size = static_cast<std::ptrdiff_t>(contracted) * kRows;
  constexpr auto taps_of = adjoint ? adjoint_taps : forward_taps;

  // A part is one row of pixels of one block, all channels: its patches of the source stay in cache
  // for every tile.
  pool.parallel_for(blocks * height, 1, [&](int part_begin, int part_end) {
    for (int part = part_begin; part < part_end; ++part) {
      const int block = part / height;
      const int y = part % height;
      const AxisTaps vertical = taps_of(y, g.kernel, g.stride, g.padding, source_height);
      const T* block_source = source + block * contracted * source_pixels * kLanes;
      T* block_target = target + block * rows * pixels * kLanes;
      for (int tile = 0; tile < rows; tile += kRows) {
        for_each_tile_of<T>(std::min(kRows, rows - tile), [&](int first, auto tile_rows) {
          const int i = tile + first;
          const T* tile_weight =
              packed + static_cast<std::ptrdiff_t>(tile / kRows) * g.taps() * tap_size + first;
          for (int x = 0; x < width; ++x) {
            const AxisTaps horizontal = taps_of(x, g.kernel, g.stride, g.padding, source_width);
            for (int lane = 0; lane < kLanes; lane += kTileLanes<T>) {
              Tile<T, tile_rows> t;
              t.fill_rows(bias ? bias + i : nullptr);
              for (int v = 0; v < vertical.count; ++v) {
                const int ky = vertical.first + v * vertical.step;
                const int sy = vertical.source + v * vertical.source_step;
                const T* w = tile_weight + (ky * g.kernel + horizontal.first) * tap_size;
                const T* s =
                    block_source +
                    (static_cast<std::ptrdiff_t>(sy) * source_width + horizontal.source) * kLanes +
                    lane;
                if (contracted < horizontal.count) {  // the taps of a row make the longer sums
                  for (int c = 0; c < contracted; ++c) {
                    t.template accumulate<Order::by_column>(
                        w + c * kRows, horizontal.step * tap_size, s + c * source_pixels * kLanes,
                        horizontal.source_step * kLanes, horizontal.count);
                  }
                } else {
                  for (int h = 0; h < horizontal.count; ++h) {
                    t.template accumulate<Order::by_column>(w + h * horizontal.step * tap_size,
                                                            kRows,
                                                            s + h * horizontal.source_step * kLanes,
                                                            source_pixels * kLanes, contracted);
                  }
                }
              }
              t.store_to(block_target + (i * pixels + y * width + x) * kLanes + lane,
                         pixels * kLanes);
            }
          }
        });
      }
    }
  });
}

/// The adjoint where `in` has one channel, as images have: pixels of a row take the place of the
/// rows of channels in the tile. Those a stride apart meet the same taps, at neighbouring sources.
template <typename T>
void convolve_adjoint_to_one_channel(const ConvGeometry& g, const T* packed, const T* bias,
                                     const T* source, T* target, int blocks, ThreadPool& pool) {
  constexpr int kPixels = kTileRows<T>;
  const int contracted = g.out_channels;
  const int height = g.in_height;
  const int width = g.in_width;
  const std::ptrdiff_t source_pixels = g.out_pixels();
  const auto taps_of = [&g](int position, int source_size) {
    return adjoint_taps(position, g.kernel, g.stride, g.padding, source_size);
  };

  pool.parallel_for(blocks * height, 1, [&](int part_begin, int part_end) {
    for (int part = part_begin; part < part_end; ++part) {
      const int block = part / height;
      const int y = part % height;
      const AxisTaps vertical = taps_of(y, g.out_height);
      const T* block_source = source + block * contracted * source_pixels * kLanes;
      T* target_row = target + static_cast<std::ptrdiff_t>(part) * width * kLanes;
      for (int phase = 0; phase < g.stride; ++phase) {
        for (int x = phase; x < width;) {
          const AxisTaps horizontal = taps_of(x, g.out_width);
          const auto sees_the_same = [&](int pixel) {
            if (pixel >= width) return false;
            const AxisTaps other = taps_of(pixel, g.out_width);
            return other.first == horizontal.first && other.count == horizontal.count;
          };
          int alike = 1;
          while (alike < kPixels && sees_the_same(x + alike * g.stride)) ++alike;
          for_each_tile_of<T>(alike, [&](int first, auto pixels) {
            for (int lane = 0; lane < kLanes; lane += kTileLanes<T>) {
              Tile<T, pixels> t;
              t.fill(bias ? bias[0] : T{0});
              for (int v = 0; v < vertical.count; ++v) {
                const int ky = vertical.first + v * vertical.step;
                const int sy = vertical.source + v * vertical.source_step;
                for (int h = 0; h < horizontal.count; ++h) {
                  const int kx = horizontal.first + h * horizontal.step;
                  const int sx = horizontal.source + h * horizontal.source_step + first;
                  t.accumulate_scaled(
                      packed + static_cast<std::ptrdiff_t>(ky * g.kernel + kx) * contracted *
                                   kTileRows<T>,
                      kTileRows<T>,
                      block_source + (static_cast<std::ptrdiff_t>(sy) * g.out_width + sx) * kLanes +
                          lane,
                      kLanes, source_pixels * kLanes, contracted);
                }
              }
              t.store_to(target_row + (x + first * g.stride) * kLanes + lane, g.stride * kLanes);
            }
          });
          x += alike * g.stride;
        }
      }
    }
  });
}

}  // namespace

template <typename T>
std::size_t packed_weight_size(const ConvGeometry& g) {
  constexpr int kRows = kTileRows<T>;
  const auto padded = [](int channels) { return tiles_of(channels, kRows) * kRows; };
  const int larger =
      std::max(padded(g.out_channels) * g.in_channels, padded(g.in_channels) * g.out_channels);
  return static_cast<std::size_t>(larger) * static_cast<std::size_t>(g.taps());
}

template <typename T>
void convolve(const ConvGeometry& geometry, const T* weight, const T* bias, const T* in, T* out,
              int blocks, T* packed_weight, ThreadPool& pool) {
  pack_weight<false>(geometry, weight, packed_weight, pool);
  convolve_direction<false>(geometry, packed_weight, bias, in, out, blocks, pool);
}

template <typename T>
void convolve_adjoint(const ConvGeometry& geometry, const T* weight, const T* bias, const T* out,
                      T* in, int blocks, T* packed_weight, ThreadPool& pool) {
  pack_weight<true>(geometry, weight, packed_weight, pool);
  if (geometry.in_channels == 1) {
    convolve_adjoint_to_one_channel(geometry, packed_weight, bias, out, in, blocks, pool);
  } else {
    convolve_direction<true>(geometry, packed_weight, bias, out, in, blocks, pool);
  }
}

// T is a type. NOLINTBEGIN(bugprone-macro-parentheses)
#define GANVAS_INSTANTIATE(T)                                                                   \
  template std::size_t packed_weight_size<T>(const ConvGeometry&);                              \
  template void convolve<T>(const ConvGeometry&, const T*, const T*, const T*, T*, int, T*,     \
                            ThreadPool&);                                                       \
  template void convolve_adjoint<T>(const ConvGeometry&, const T*, const T*, const T*, T*, int, \
                                    T*, ThreadPool&);
GANVAS_INSTANTIATE(float)
GANVAS_INSTANTIATE(double)
#undef GANVAS_INSTANTIATE
// NOLINTEND(bugprone-macro-parentheses)

}  // namespace ganvas
