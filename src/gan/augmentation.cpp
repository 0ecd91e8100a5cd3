// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The augmentations of one block of samples, and their adjoints; see augmentation.h. All are linear
// in x, apart from the brightness that is added.
#include "gan/augmentation.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "kernels/random.h"

namespace ganvas {
namespace {

using Lane = std::size_t;
constexpr Lane kAllLanes = kLanes;

/// How one axis of a sample is moved, and which part of it is cut out.
struct Axis {
  int move = 0;
  int from = 0;
  int to = 0;
};

template <typename T>
struct Draws {
  std::array<T, kLanes> brightness{};
  std::array<T, kLanes> saturation{};
  std::array<T, kLanes> contrast{};
  std::array<Axis, kLanes> rows{};
  std::array<Axis, kLanes> columns{};
};

/// A whole number below `count`.
int pick(float uniform, int count) {
  return std::min(static_cast<int>(uniform * static_cast<float>(count)), count - 1);
}

Axis draw_axis(const GanConfig& config, int size, float move, float cut) {
  const int most = static_cast<int>(config.augment_translation * size + 0.5);
  const int length = static_cast<int>(config.augment_cutout * size + 0.5);
  const int from = pick(cut, size + 1 - length % 2) - length / 2;
  return {pick(move, 2 * most + 1) - most, std::max(from, 0), std::min(from + length, size)};
}

/// The random numbers of a block. Padding lanes stay as they are.
template <typename T>
Draws<T> draw(const GanConfig& config, std::int64_t pass, BatchLayout layout, int block) {
  Draws<T> draws;
  draws.saturation.fill(T{1});
  draws.contrast.fill(T{1});
  const int group = block / layout.blocks_per_group();
  const int first = group * layout.group_size + block % layout.blocks_per_group() * kLanes;
  const auto strength = static_cast<T>(config.augment_color);
  for (Lane lane = 0; lane < static_cast<Lane>(layout.lanes_used(block)); ++lane) {
    std::array<float, 7> uniform;
    const std::uint64_t sample = static_cast<std::uint64_t>(first) + lane;
    RandomStream(config.seed, StreamPurpose::differentiable_augmentation,
                 static_cast<std::uint64_t>(pass) << 13 | sample)
        .fill_uniform(uniform, 0, 1);
    draws.brightness[lane] = strength * (static_cast<T>(uniform[0]) - T(0.5));
    draws.saturation[lane] = 1 + strength * (2 * static_cast<T>(uniform[1]) - 1);
    draws.contrast[lane] = 1 + strength * (static_cast<T>(uniform[2]) - T(0.5));
    draws.rows[lane] = draw_axis(config, config.sample_shape[1], uniform[3], uniform[5]);
    draws.columns[lane] = draw_axis(config, config.sample_shape[2], uniform[4], uniform[6]);
  }
  return draws;
}

/// y = c (s x + (1 - s) mean over channels) + (1 - c) mean + b. Without b it is its own adjoint.
template <typename T>
void change_color(const Draws<T>& draws, const std::array<T, kLanes>& brightness,
                  const Shape& shape, const T* x, T* y) {
  const auto channels = static_cast<std::size_t>(shape[0]);
  const std::size_t plane = shape.size() / channels * kAllLanes;
  std::array<T, kLanes> mean{};
  for (std::size_t i = 0; i < channels * plane; i += kAllLanes) {
    for (Lane lane = 0; lane < kAllLanes; ++lane) mean[lane] += x[i + lane];
  }
  std::array<T, kLanes> constant;
  for (Lane lane = 0; lane < kAllLanes; ++lane) {
    constant[lane] =
        (1 - draws.contrast[lane]) * mean[lane] / static_cast<T>(shape.size()) + brightness[lane];
  }
  for (std::size_t i = 0; i < plane; i += kAllLanes) {
    std::array<T, kLanes> grey{};
    for (std::size_t c = 0; c < channels; ++c) {
      for (Lane lane = 0; lane < kAllLanes; ++lane) grey[lane] += x[c * plane + i + lane];
    }
    for (std::size_t c = 0; c < channels; ++c) {
      for (Lane lane = 0; lane < kAllLanes; ++lane) {
        const std::size_t at = c * plane + i + lane;
        const T share = (1 - draws.saturation[lane]) * grey[lane] / static_cast<T>(channels);
        y[at] = draws.contrast[lane] * (draws.saturation[lane] * x[at] + share) + constant[lane];
      }
    }
  }
}

/// One lane of x (rows, columns) moves by whole pixels, in place; what comes in is 0.
template <typename T>
void translate(T* x, int rows, int columns, int down, int right) {
  // Each pixel is read before it is written.
  const bool backwards = down > 0 || (down == 0 && right > 0);
  for (int i = 0; i < rows; ++i) {
    const int row = backwards ? rows - 1 - i : i;
    const bool has_row = row - down >= 0 && row - down < rows;
    for (int j = 0; j < columns; ++j) {
      const int column = backwards ? columns - 1 - j : j;
      const bool inside = has_row && column - right >= 0 && column - right < columns;
      T* const pixel = x + (static_cast<std::ptrdiff_t>(row) * columns + column) * kLanes;
      *pixel =
          inside ? pixel[-(static_cast<std::ptrdiff_t>(down) * columns + right) * kLanes] : T{0};
    }
  }
}

template <typename T>
void cut_out(T* x, int columns, const Axis& row, const Axis& column) {
  for (int i = row.from; i < row.to; ++i) {
    for (int j = column.from; j < column.to; ++j) {
      x[(static_cast<std::ptrdiff_t>(i) * columns + j) * kLanes] = T{0};
    }
  }
}

/// Calls visit(draws, values) for every block of `values`.
template <typename T, typename Visit>
void for_each_block(const GanConfig& config, std::int64_t pass, BatchLayout layout, T* values,
                    ThreadPool& pool, const Visit& visit) {
  pool.parallel_for(layout.blocks(), 1, [&](int begin, int end) {
    for (int block = begin; block < end; ++block) {
      const std::ptrdiff_t offset =
          static_cast<std::ptrdiff_t>(block) * config.sample_size() * kLanes;
      visit(draw<T>(config, pass, layout, block), offset, values + offset);
    }
  });
}

/// Calls visit(plane, row axis, column axis) for every channel of every lane.
template <typename T, typename Visit>
void for_each_plane(const Draws<T>& draws, const Shape& shape, T* values, const Visit& visit) {
  const std::ptrdiff_t plane = std::ptrdiff_t{shape[1]} * shape[2] * kLanes;
  for (Lane lane = 0; lane < kAllLanes; ++lane) {
    for (int channel = 0; channel < shape[0]; ++channel) {
      visit(values + channel * plane + lane, draws.rows[lane], draws.columns[lane]);
    }
  }
}

}  // namespace

template <typename T>
void augment(const GanConfig& config, std::int64_t pass, BatchLayout layout, const T* x,
             T* augmented, ThreadPool& pool) {
  const Shape& shape = config.sample_shape;
  for_each_block(config, pass, layout, augmented, pool,
                 [&](const Draws<T>& draws, std::ptrdiff_t offset, T* y) {
                   change_color(draws, draws.brightness, shape, x + offset, y);
                   for_each_plane(draws, shape, y,
                                  [&](T* plane, const Axis& row, const Axis& column) {
                                    translate(plane, shape[1], shape[2], row.move, column.move);
                                    cut_out(plane, shape[2], row, column);
                                  });
                 });
}

template <typename T>
void augment_backward(const GanConfig& config, std::int64_t pass, BatchLayout layout, T* gradient,
                      ThreadPool& pool) {
  const Shape& shape = config.sample_shape;
  for_each_block(
      config, pass, layout, gradient, pool, [&](const Draws<T>& draws, std::ptrdiff_t, T* dy) {
        for_each_plane(draws, shape, dy, [&](T* plane, const Axis& row, const Axis& column) {
          cut_out(plane, shape[2], row, column);
          translate(plane, shape[1], shape[2], -row.move, -column.move);
        });
        change_color(draws, {}, shape, dy, dy);
      });
}

template void augment(const GanConfig&, std::int64_t, BatchLayout, const float*, float*,
                      ThreadPool&);
template void augment(const GanConfig&, std::int64_t, BatchLayout, const double*, double*,
                      ThreadPool&);
template void augment_backward(const GanConfig&, std::int64_t, BatchLayout, float*, ThreadPool&);
template void augment_backward(const GanConfig&, std::int64_t, BatchLayout, double*, ThreadPool&);

}  // namespace ganvas
