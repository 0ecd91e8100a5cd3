// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Flattening, framing and resampling in integers; see fit.h.
#include "pictures/fit.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <utility>

namespace ganvas {
namespace {

using Colour = std::array<std::uint8_t, 3>;

/// round((alpha * colour + (255 - alpha) * ground) / 255)
Colour flatten(const std::uint8_t* rgba, const Colour& ground) {
  const unsigned alpha = rgba[3];
  Colour flat{};
  for (std::size_t c = 0; c < flat.size(); ++c)
    flat[c] = static_cast<std::uint8_t>((rgba[c] * alpha + ground[c] * (255 - alpha) + 127) / 255);
  return flat;
}

std::uint8_t luma(const Colour& colour) {
  return static_cast<std::uint8_t>(
      (19595u * colour[0] + 38470u * colour[1] + 7471u * colour[2] + 0x8000u) >> 16);
}

bool is_grey(const Colour& colour) {
  return colour[0] == colour[1] && colour[1] == colour[2];
}

/// The square of the picture, or around it, that becomes the sample.
struct Window {
  int left;
  int top;
  int size;
};

Window window_of(const PictureView& picture, Framing framing) {
  const auto [shorter, longer] = std::minmax({picture.width, picture.height});
  const int size = framing == Framing::crop ? shorter : longer;
  const auto start = [size](int extent) {
    return extent >= size ? (extent - size) / 2 : -((size - extent) / 2);
  };
  return {start(picture.width), start(picture.height), size};
}

/// The first and the end of the window's rows or columns that lie in the picture.
std::pair<int, int> inside(int start, int size, int extent) {
  return {std::max(0, -start), std::min(size, extent - start)};
}

/// One axis on a scale where a source pixel is `side` long and a pixel of the result `size` long,
/// so that all lengths are whole. Calls overlap(i, length) for each result pixel that meets the
/// source pixel; the lengths that meet one result pixel add up to `size`.
template <typename F>
void for_each_overlap(int source, int size, int side, F overlap) {
  const std::int64_t begin = std::int64_t{source} * side;
  const std::int64_t end = begin + side;
  for (std::int64_t i = begin / size; i * size < end; ++i) {
    const std::int64_t length = std::min(end, (i + 1) * size) - std::max(begin, i * size);
    overlap(static_cast<std::size_t>(i), length);
  }
}

}  // namespace

std::vector<std::uint8_t> fit(const PictureView& picture, const FitOptions& options) {
  assert(picture.width > 0 && picture.height > 0 && options.side > 0);
  assert(options.channels == 1 || options.channels == 3);
  const auto width = static_cast<std::size_t>(picture.width);
  assert(picture.rgba.size() == 4 * width * static_cast<std::size_t>(picture.height));
  const Window window = window_of(picture, options.framing);
  const auto side = static_cast<std::size_t>(options.side);
  const auto channels = static_cast<std::size_t>(options.channels);
  Colour ground = options.ground;
  if (channels == 1) ground[0] = luma(ground);
  // Sums of differences from the ground, so that padding, however much, needs no work.
  std::vector<std::int64_t> row(channels * side);
  std::vector<std::int64_t> sums(channels * side * side);
  const auto [first_row, end_row] = inside(window.top, window.size, picture.height);
  const auto [first_column, end_column] = inside(window.left, window.size, picture.width);
  for (int y = first_row; y < end_row; ++y) {
    std::ranges::fill(row, 0);
    for (int x = first_column; x < end_column; ++x) {
      const std::size_t at = static_cast<std::size_t>(window.top + y) * width +
                             static_cast<std::size_t>(window.left + x);
      Colour colour = flatten(picture.rgba.data() + 4 * at, options.ground);
      if (channels == 1) colour[0] = luma(colour);
      for_each_overlap(x, window.size, options.side, [&](std::size_t i, std::int64_t length) {
        for (std::size_t c = 0; c < channels; ++c)
          row[c * side + i] += length * (int{colour[c]} - int{ground[c]});
      });
    }
    for_each_overlap(y, window.size, options.side, [&](std::size_t i, std::int64_t length) {
      for (std::size_t c = 0; c < channels; ++c) {
        std::int64_t* const out = sums.data() + (c * side + i) * side;
        for (std::size_t x = 0; x < side; ++x) out[x] += length * row[c * side + x];
      }
    });
  }
  const std::int64_t area = std::int64_t{window.size} * window.size;
  std::vector<std::uint8_t> levels(sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const std::int64_t sum = sums[i] + area * ground[i / (side * side)];
    const auto level = static_cast<std::uint8_t>((sum + area / 2) / area);
    levels[i] = options.invert ? static_cast<std::uint8_t>(255 - level) : level;
  }
  return levels;
}

bool has_colour(const PictureView& picture, const FitOptions& options) {
  const Window window = window_of(picture, options.framing);
  const auto [first_row, end_row] = inside(window.top, window.size, picture.height);
  const auto [first_column, end_column] = inside(window.left, window.size, picture.width);
  const bool whole = end_row - first_row == window.size && end_column - first_column == window.size;
  if (!whole && !is_grey(options.ground)) return true;
  for (int y = window.top + first_row; y < window.top + end_row; ++y) {
    for (int x = window.left + first_column; x < window.left + end_column; ++x) {
      const std::size_t at = static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                             static_cast<std::size_t>(x);
      if (!is_grey(flatten(picture.rgba.data() + 4 * at, options.ground))) return true;
    }
  }
  return false;
}

}  // namespace ganvas
