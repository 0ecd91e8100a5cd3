// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Direct convolutions; see convolution.h. Each output element sums over kernel rows, kernel columns
// and channels, in an order that depends only on the shapes, not on threads or register width. The
// weight gradients are in patch_products.cpp.
#include "kernels/convolution.h"

#include <algorithm>

#include "kernels/tile.h"

namespace ganvas {
namespace {

int tiles_of(int channels, int tile_rows) {
  return (channels + tile_rows - 1) / tile_rows;
}

/// Copies the weight to the order [tile of rows][ky][kx][contracted channel][row in tile]. Rows are
/// output channels (input channels for the adjoint); the contraction runs over the other channels.
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

/// The kernel taps that fall inside the source for one output position, along one axis: tap n has
/// kernel index first + n step and reads source position source + n source_step.
struct AxisTaps {
  int first;  // kernel index of the first tap
  int step;   // from one kernel index to the next
  int count;
  int source;  // position read by the first tap
  int source_step;
};

/// Convolution: output position p reads source position p stride - padding + k, for every kernel
/// index k for which that is inside the source.
AxisTaps forward_taps(int position, int kernel, int stride, int padding, int source_size) {
  const int start = position * stride - padding;
  const int first = std::max(0, -start);
  const int last = std::min(kernel, source_size - start);
  return {first, 1, std::max(0, last - first), start + first, 1};
}

/// Adjoint: output position p reads source position (p + padding - k) / stride, for every kernel
/// index k for which that is a whole number inside the source.
AxisTaps adjoint_taps(int position, int kernel, int stride, int padding, int source_size) {
  const int shifted = position + padding;
  int first = shifted % stride;
  int source = shifted / stride;  // at k = first; decreases by one when k increases by stride
  if (source >= source_size) {
    const int skip = source - (source_size - 1);
    first += skip * stride;
    source -= skip;
  }
  const int by_kernel = first < kernel ? (kernel - first + stride - 1) / stride : 0;
  return {first, stride, std::min(by_kernel, source + 1), source, -1};
}

/// Either direction: computes target (rows, pixels) from source (contracted, source_pixels) for
/// each block.
template <bool adjoint, typename T>
struct Convolution {
  static constexpr int kRows = kTileRows<T>;

  const ConvGeometry& g;
  const T* packed;  // in the order of pack_weight()
  const T* bias;    // (rows), or null
  const T* source;
  T* target;

  int rows = adjoint ? g.in_channels : g.out_channels;
  int contracted = adjoint ? g.out_channels : g.in_channels;
  int height = adjoint ? g.in_height : g.out_height;
  int width = adjoint ? g.in_width : g.out_width;
  int source_height = adjoint ? g.out_height : g.in_height;
  int source_width = adjoint ? g.out_width : g.in_width;
  std::ptrdiff_t source_pixels = static_cast<std::ptrdiff_t>(source_height) * source_width;
  std::ptrdiff_t pixels = static_cast<std::ptrdiff_t>(height) * width;
  std::ptrdiff_t tap_size = static_cast<std::ptrdiff_t>(contracted) * kRows;

  AxisTaps taps_at(int position, int source_size) const {
    constexpr auto taps_of = adjoint ? adjoint_taps : forward_taps;
    return taps_of(position, g.kernel, g.stride, g.padding, source_size);
  }

  /// Computes one row of pixels of one block, for all channels. The source patches of the row stay
  /// in cache from tile to tile.
  void convolve_row(int block, int y) const {
    const T* block_source = source + block * contracted * source_pixels * kLanes;
    T* row = target + (block * rows * pixels + y * width) * kLanes;
    const AxisTaps vertical = taps_at(y, source_height);
    for (int tile = 0; tile < rows; tile += kRows) {
      const T* tile_weight =
          packed + static_cast<std::ptrdiff_t>(tile / kRows) * g.taps() * tap_size;
      for_each_tile_of<T>(std::min(kRows, rows - tile), [&](int first, auto tile_rows) {
        const int i = tile + first;
        convolve_tile<tile_rows>(vertical, tile_weight + first, bias ? bias + i : nullptr,
                                 block_source, row + i * pixels * kLanes);
      });
    }
  }

 private:
  /// Computes the row for `Rows` channels, whose weights, biases and targets start at the pointers.
  template <int Rows>
  void convolve_tile(const AxisTaps& vertical, const T* weight, const T* tile_bias,
                     const T* block_source, T* row) const {
    for (int x = 0; x < width; ++x) {
      const AxisTaps horizontal = taps_at(x, source_width);
      for (int lane = 0; lane < kLanes; lane += kTileLanes<T>) {
        Tile<T, Rows> t;
        t.fill_rows(tile_bias);
        for (int v = 0; v < vertical.count; ++v) {
          const int ky = vertical.first + v * vertical.step;
          const int sy = vertical.source + v * vertical.source_step;
          const T* w = weight + (ky * g.kernel + horizontal.first) * tap_size;
          const std::ptrdiff_t pixel = static_cast<std::ptrdiff_t>(sy) * source_width;
          add_kernel_row(horizontal, w, block_source + (pixel + horizontal.source) * kLanes + lane,
                         t);
        }
        t.store_to(row + x * kLanes + lane, pixels * kLanes);
      }
    }
  }

  /// Adds the taps of one kernel row to t. w and s point to the weight and the source of the first.
  template <int Rows>
  [[gnu::always_inline]] void add_kernel_row(const AxisTaps& taps, const T* w, const T* s,
                                             Tile<T, Rows>& t) const {
    const std::ptrdiff_t channel = source_pixels * kLanes;
    const std::ptrdiff_t weight_step = taps.step * tap_size;
    const std::ptrdiff_t source_step = static_cast<std::ptrdiff_t>(taps.source_step) * kLanes;
    if (contracted < taps.count) {  // make the longer dimension the inner loop
      for (int c = 0; c < contracted; ++c) {
        t.template accumulate<Order::by_column>(w + c * kRows, weight_step, s + c * channel,
                                                source_step, taps.count);
      }
    } else {
      for (int h = 0; h < taps.count; ++h) {
        t.template accumulate<Order::by_column>(w + h * weight_step, kRows, s + h * source_step,
                                                channel, contracted);
      }
    }
  }
};

/// The adjoint for a single-channel `in`, such as an image. The rows of a tile are pixels instead
/// of channels: pixels a stride apart use the same taps and read neighbouring source pixels.
template <typename T>
struct AdjointToOneChannel {
  const ConvGeometry& g;
  const T* packed;
  const T* bias;  // (1), or null
  const T* source;
  T* target;

  std::ptrdiff_t source_pixels = g.out_pixels();

  AxisTaps taps_at(int position, int source_size) const {
    return adjoint_taps(position, g.kernel, g.stride, g.padding, source_size);
  }

  /// Computes one row of pixels of one block.
  void convolve_row(int block, int y) const {
    const T* block_source = source + block * g.out_channels * source_pixels * kLanes;
    T* row = target + (static_cast<std::ptrdiff_t>(block) * g.in_height + y) * g.in_width * kLanes;
    const AxisTaps vertical = taps_at(y, g.out_height);
    for (int phase = 0; phase < g.stride; ++phase) {
      for (int x = phase; x < g.in_width;) {
        const AxisTaps horizontal = taps_at(x, g.out_width);
        const int count = pixels_with_same_taps(x, horizontal);
        for_each_tile_of<T>(count, [&](int first, auto pixels) {
          convolve_pixels<pixels>(vertical, horizontal, block_source + first * kLanes,
                                  row + (x + first * g.stride) * kLanes);
        });
        x += count * g.stride;
      }
    }
  }

 private:
  /// Number of pixels from x on, a stride apart, that use the same taps; at most the rows of a
  /// tile.
  int pixels_with_same_taps(int x, const AxisTaps& horizontal) const {
    const auto has_same_taps = [&](int pixel) {
      if (pixel >= g.in_width) return false;
      const AxisTaps other = taps_at(pixel, g.out_width);
      return other.first == horizontal.first && other.count == horizontal.count;
    };
    int count = 1;
    while (count < kTileRows<T> && has_same_taps(x + count * g.stride)) ++count;
    return count;
  }

  /// Computes `Pixels` pixels, a stride apart, starting at `first_target`.
  template <int Pixels>
  void convolve_pixels(const AxisTaps& vertical, const AxisTaps& horizontal, const T* block_source,
                       T* first_target) const {
    const std::ptrdiff_t tap_size = static_cast<std::ptrdiff_t>(g.out_channels) * kTileRows<T>;
    for (int lane = 0; lane < kLanes; lane += kTileLanes<T>) {
      Tile<T, Pixels> t;
      t.fill(bias ? bias[0] : T{0});
      for (int v = 0; v < vertical.count; ++v) {
        const int ky = vertical.first + v * vertical.step;
        const int sy = vertical.source + v * vertical.source_step;
        for (int h = 0; h < horizontal.count; ++h) {
          const int kx = horizontal.first + h * horizontal.step;
          const int sx = horizontal.source + h * horizontal.source_step;
          const std::ptrdiff_t pixel = static_cast<std::ptrdiff_t>(sy) * g.out_width + sx;
          t.accumulate_scaled(packed + (ky * g.kernel + kx) * tap_size, kTileRows<T>,
                              block_source + pixel * kLanes + lane, kLanes, source_pixels * kLanes,
                              g.out_channels);
        }
      }
      t.store_to(first_target + lane, g.stride * kLanes);
    }
  }
};

/// Calls work.convolve_row() for every row of pixels of every block, in parallel.
template <typename Work>
void for_each_row(const Work& work, int blocks, int height, ThreadPool& pool) {
  pool.parallel_for(blocks * height, 1, [&](int begin, int end) {
    for (int part = begin; part < end; ++part) work.convolve_row(part / height, part % height);
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
  const Convolution<false, T> work{geometry, packed_weight, bias, in, out};
  for_each_row(work, blocks, geometry.out_height, pool);
}

template <typename T>
void convolve_adjoint(const ConvGeometry& geometry, const T* weight, const T* bias, const T* out,
                      T* in, int blocks, T* packed_weight, ThreadPool& pool) {
  pack_weight<true>(geometry, weight, packed_weight, pool);
  if (geometry.in_channels == 1) {
    const AdjointToOneChannel<T> work{geometry, packed_weight, bias, out, in};
    for_each_row(work, blocks, geometry.in_height, pool);
  } else {
    const Convolution<true, T> work{geometry, packed_weight, bias, out, in};
    for_each_row(work, blocks, geometry.in_height, pool);
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
