// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Weight gradients of convolutions: dW[o][i][ky][kx] is the sum over samples and output pixels of
// out[o] in[i] at that tap. The sums of a tile of (out channels) x (in channels) stay spread over
// the samples' lanes until the end, so nothing is transposed. Each element is computed as kPartials
// sums (samples 0 and 8, 1 and 9, ... of every pixel), which are then added as a tree. This gives
// the same bits for every register width.
#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "kernels/convolution.h"
#include "kernels/simd.h"
#include "kernels/tile.h"

namespace ganvas {
namespace {

constexpr int kPartials = 8;
/// Taps whose sums are accumulated in one pass over the pixels, sharing their reads. A
/// single-channel image has so few sums that splitting them between threads matters more.
constexpr int kTapsPerPass = 16;
constexpr int kTapsPerPassOfImages = 8;
/// Size of a window of output pixels, which are read again for every tap and should stay in the L1
/// cache.
constexpr int kCacheBytes = 20 * 1024;

static_assert(kLanes == 2 * kPartials);

/// Rows x Columns sums, for as many partials as fit one register.
template <typename T, int Rows, int Columns>
struct Sums {
  static_assert(kVecSize<T> <= kPartials);
  Vec<T> acc[Rows][Columns];

  /// Pointers to `rows` x `columns` pixels and the strides between them. `out` is packed: the
  /// tile's rows of one half of a pixel, then of the next half. `in` is in BatchLayout.
  struct Pixels {
    const T* out;
    const T* in;
    int rows;
    int columns;
    std::ptrdiff_t out_row;
    std::ptrdiff_t in_row;
    std::ptrdiff_t in_step;  // between pixels
    std::ptrdiff_t in_channel;
  };

  /// Not inlined: engines keep all sums of a small function in registers, but those of a large one
  /// in memory. For the same reason, one loop handles both halves of a pixel.
  [[gnu::noinline]] void add(const Pixels& pixels) {
    Vec<T> sum[Rows][Columns];
    std::copy_n(acc[0], Rows * Columns, sum[0]);
    for (int y = 0; y < pixels.rows; ++y) {
      const T* out = pixels.out + y * pixels.out_row;
      const T* in[Columns];
      for (int c = 0; c < Columns; ++c)
        in[c] = pixels.in + y * pixels.in_row + c * pixels.in_channel;
      std::ptrdiff_t step = kPartials;
      for (int half = 0; half < 2 * pixels.columns; ++half) {
        Vec<T> b[Columns];
        for (int c = 0; c < Columns; ++c) {
          b[c] = load(in[c]);
        }
        for (int r = 0; r < Rows; ++r) {
          const Vec<T> a = load(out + r * kVecSize<T>);
          for (int c = 0; c < Columns; ++c) {
            sum[r][c] = madd(a, b[c], sum[r][c]);
          }
        }
        out += Rows * kVecSize<T>;
        for (const T*& channel : in) channel += step;
        step = pixels.in_step - step;
      }
    }
    std::copy_n(sum[0], Rows * Columns, acc[0]);
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

/// Output rows and columns [first, end) whose tap k along one axis lies inside the image.
std::pair<int, int> inside(int k, int stride, int padding, int in_size, int out_size) {
  const int offset = k - padding;
  const int first = offset >= 0 ? 0 : (-offset + stride - 1) / stride;
  const int end = in_size - offset <= 0 ? 0 : (in_size - offset - 1) / stride + 1;
  return {first, std::min(end, out_size)};
}

/// Computes a tile of the weight gradient: out channels o + [0, Rows), in channels i + [0,
/// Columns), taps [tap_begin, tap_begin + taps).
template <int Rows, int Columns, typename T>
class TileOfWeights {
 public:
  TileOfWeights(const Operands<T>& operands, int o, int i, int tap_begin, int taps)
      : op_(operands), o_(o), i_(i), tap_begin_(tap_begin), taps_(taps) {
    for (auto& tap : sums_) {
      for (TileSums& sums : tap) std::fill_n(sums.acc[0], Rows * Columns, Vec<T>(T{0}));
    }
  }

  void sum() {
    const ConvGeometry& g = op_.g;
    for (int block = 0; block < op_.blocks; ++block) {
      const T* out = op_.out + (std::ptrdiff_t{block} * g.out_channels + o_) * out_channel_;
      const T* in = op_.in + (std::ptrdiff_t{block} * g.in_channels + i_) * in_channel_;
      for (int y = 0; y < g.out_height; y += height_) {
        for (int x = 0; x < g.out_width; x += width_) {
          const Window window{y, std::min(y + height_, g.out_height), x,
                              std::min(x + width_, g.out_width)};
          pack(out, window);
          for (int tap = 0; tap < taps_; ++tap) add_window(in, window, tap);
        }
      }
    }
    for (int tap = 0; tap < taps_; ++tap) store(tap);
  }

 private:
  using TileSums = Sums<T, Rows, Columns>;
  static constexpr int kGroups = kPartials / kVecSize<T>;
  static constexpr int kPixels = kCacheBytes / (Rows * kLanes * static_cast<int>(sizeof(T)));

  /// Output pixels [y0, y1) x [x0, x1).
  struct Window {
    int y0;
    int y1;
    int x0;
    int x1;
  };

  /// Copies the window of each channel to [group][y][x][half][row]. In place, the channels map to
  /// the same cache bank, which serves one read at a time.
  void pack(const T* out, const Window& window) {
    for (int group = 0; group < kGroups; ++group) {
      T* target = packed_.data() + group * group_size_;
      for (int y = window.y0; y < window.y1; ++y) {
        const T* row =
            out + (std::ptrdiff_t{y} * op_.g.out_width + window.x0) * kLanes + group * kVecSize<T>;
        for (int half = 0; half < 2 * (window.x1 - window.x0); ++half, row += kPartials) {
          for (int r = 0; r < Rows; ++r, target += kVecSize<T>) {
            load(row + r * out_channel_).store_aligned(target);
          }
        }
      }
    }
  }

  /// Adds the products of the window's pixels for which the tap lies inside the image.
  void add_window(const T* in, const Window& window, int tap) {
    const ConvGeometry& g = op_.g;
    const int ky = (tap_begin_ + tap) / g.kernel;
    const int kx = (tap_begin_ + tap) % g.kernel;
    const auto [y_inside, y_end] = inside(ky, g.stride, g.padding, g.in_height, g.out_height);
    const auto [x_inside, x_end] = inside(kx, g.stride, g.padding, g.in_width, g.out_width);
    const int y = std::max(window.y0, y_inside);
    const int x = std::max(window.x0, x_inside);
    const int width = window.x1 - window.x0;
    const std::ptrdiff_t in_pixel =
        static_cast<std::ptrdiff_t>(y * g.stride - g.padding + ky) * g.in_width + x * g.stride -
        g.padding + kx;
    for (int group = 0; group < kGroups; ++group) {
      sums_[static_cast<std::size_t>(tap)][static_cast<std::size_t>(group)].add(
          {.out = packed_.data() + group * group_size_ +
                  ((y - window.y0) * width + x - window.x0) * 2 * Rows * kVecSize<T>,
           .in = in + in_pixel * kLanes + group * kVecSize<T>,
           .rows = std::min(window.y1, y_end) - y,
           .columns = std::min(window.x1, x_end) - x,
           .out_row = std::ptrdiff_t{width} * 2 * Rows * kVecSize<T>,
           .in_row = std::ptrdiff_t{g.stride} * g.in_width * kLanes,
           .in_step = std::ptrdiff_t{g.stride} * kLanes,
           .in_channel = in_channel_});
    }
  }

  /// Stores the elements of one tap; each is the sum of its partials, added as a tree.
  void store(int tap) {
    for (int r = 0; r < Rows; ++r) {
      for (int c = 0; c < Columns; ++c) {
        alignas(kAlignment) T partials[kPartials];
        for (int group = 0; group < kGroups; ++group) {
          sums_[static_cast<std::size_t>(tap)][static_cast<std::size_t>(group)]
              .acc[r][c]
              .store_aligned(partials + group * kVecSize<T>);
        }
        for (int half = kPartials / 2; half > 0; half /= 2) {
          for (int p = 0; p < half; ++p) partials[p] += partials[p + half];
        }
        T& element =
            op_.weight[(std::ptrdiff_t{o_ + r} * op_.g.in_channels + i_ + c) * op_.g.taps() +
                       tap_begin_ + tap];
        element = op_.store == Store::add ? element + partials[0] : partials[0];
      }
    }
  }

  const Operands<T>& op_;
  int o_;
  int i_;
  int tap_begin_;
  int taps_;
  std::ptrdiff_t out_channel_ = std::ptrdiff_t{op_.g.out_pixels()} * kLanes;
  std::ptrdiff_t in_channel_ = std::ptrdiff_t{op_.g.in_pixels()} * kLanes;
  // Size of a window: whole rows, or part of one row.
  int width_ = std::min(op_.g.out_width, kPixels);
  int windows_ = (op_.g.out_height + kPixels / width_ - 1) / (kPixels / width_);
  int height_ = (op_.g.out_height + windows_ - 1) / windows_;
  std::ptrdiff_t group_size_ = std::ptrdiff_t{height_} * width_ * 2 * Rows * kVecSize<T>;

  std::array<std::array<TileSums, kGroups>, kTapsPerPass> sums_;
  alignas(kAlignment) std::array<T, static_cast<std::size_t>(kPixels) * Rows * kLanes> packed_;
};

}  // namespace

template <typename T>
void sum_patch_products(const ConvGeometry& g, const T* out, const T* in, T* weight, int blocks,
                        Store store, ThreadPool& pool) {
  const Operands<T> operands{g, out, in, weight, blocks, store};

  constexpr int kRows = 6;
  const int row_tiles = (g.out_channels + kRows - 1) / kRows;
  const int column_tiles = (g.in_channels + 1) / 2;
  const int taps_in_groups = g.in_channels == 1 ? kTapsPerPassOfImages : kTapsPerPass;
  const int groups = (g.taps() + taps_in_groups - 1) / taps_in_groups;
  const int taps_per_pass = (g.taps() + groups - 1) / groups;
  pool.parallel_for(row_tiles * column_tiles * groups, 1, [&](int begin, int end) {
    for (int part = begin; part < end; ++part) {
      const int tap = part % groups * taps_per_pass;
      const int taps = std::min(taps_per_pass, g.taps() - tap);
      const int i = part / groups % column_tiles * 2;
      const int o = part / groups / column_tiles * kRows;
      for_each_tile_of<T, kRows>(std::min(kRows, g.out_channels - o), [&](int first, auto rows) {
        if (i + 1 < g.in_channels) {
          TileOfWeights<rows, 2, T>(operands, o + first, i, tap, taps).sum();
        } else {
          TileOfWeights<rows, 1, T>(operands, o + first, i, tap, taps).sum();
        }
      });
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
