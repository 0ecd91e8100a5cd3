// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Elements of any type and order, and what they mean; see number_array.h.
#include "pictures/number_array.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <utility>

namespace ganvas {
namespace {

constexpr std::array<std::pair<std::size_t, std::string_view>, 11> kElements{{
    {1, "booleans"},
    {1, "unsigned bytes"},
    {1, "signed bytes"},
    {2, "unsigned 16-bit numbers"},
    {2, "16-bit numbers"},
    {4, "unsigned 32-bit numbers"},
    {4, "32-bit numbers"},
    {8, "unsigned 64-bit numbers"},
    {8, "64-bit numbers"},
    {4, "32-bit floats"},
    {8, "64-bit floats"},
}};

constexpr std::size_t kMaxSide = 4096;

/// The strides of an array, in elements.
std::vector<std::size_t> strides_of(const NumberArray& array) {
  std::vector<std::size_t> strides(array.shape.size());
  std::size_t stride = 1;
  for (std::size_t i = 0; i < strides.size(); ++i) {
    const std::size_t axis = array.column_major ? i : strides.size() - 1 - i;
    strides[axis] = stride;
    stride *= array.shape[axis];
  }
  return strides;
}

bool is_float(Element element) {
  return element == Element::f32 || element == Element::f64;
}

bool is_channel_count(std::size_t extent) {
  return extent == 1 || extent == 3 || extent == 4;
}

/// The side of a square of this many pixels, or 0.
std::size_t square_side(std::size_t pixels) {
  const auto side = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(pixels))));
  return side * side == pixels ? side : 0;
}

/// Where the axes of pictures lie in an array, in elements.
struct Axes {
  std::size_t height, width, channels;
  std::size_t row, column, channel;  // strides
};

std::optional<Axes> axes_of(const NumberArray& array) {
  const std::vector<std::size_t>& shape = array.shape;
  const std::vector<std::size_t> strides = strides_of(array);
  switch (shape.size()) {
    case 2: {
      const std::size_t grey = square_side(shape[1]);
      const std::size_t planes = shape[1] % 3 == 0 ? square_side(shape[1] / 3) : 0;
      const std::size_t side = grey > 0 ? grey : planes;
      if (side < 2) return std::nullopt;
      return Axes{
          side, side, grey > 0 ? 1u : 3u, side * strides[1], strides[1], side * side * strides[1]};
    }
    case 3:
      return Axes{shape[1], shape[2], 1, strides[1], strides[2], 0};
    case 4:
      if (is_channel_count(shape[3]))
        return Axes{shape[1], shape[2], shape[3], strides[1], strides[2], strides[3]};
      if (is_channel_count(shape[1]))
        return Axes{shape[2], shape[3], shape[1], strides[2], strides[3], strides[1]};
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

/// All elements as levels, in the order in which they are stored.
Result<std::vector<std::uint8_t>> levels_of(const NumberArray& array) {
  if (array.element == Element::u8) return std::vector(array.bytes.begin(), array.bytes.end());
  const std::size_t size = array.size();
  double low = 0;
  double high = 0;
  bool finite = true;
  bool whole = true;
  for (std::size_t i = 0; i < size; ++i) {
    const double value = array.stored(i);
    low = std::min(low, value);
    high = std::max(high, value);
    finite = finite && std::isfinite(value);
    whole = whole && value == std::floor(value);
  }
  // Of a mask, true is the highest level.
  const bool fractions =
      (is_float(array.element) || array.element == Element::boolean) && high <= 1;
  if (!finite || low < 0 || high > 255 || (!whole && !fractions)) {
    return Error{ErrorCode::out_of_range,
                 array.describe() +
                     (finite ? " from " + std::to_string(low) + " to " + std::to_string(high)
                             : std::string(" with NaN or infinity")) +
                     ": pictures have whole numbers from 0 to 255, or floats from 0 to 1"};
  }
  std::vector<std::uint8_t> levels(size);
  for (std::size_t i = 0; i < size; ++i)
    levels[i] = static_cast<std::uint8_t>(array.stored(i) * (fractions ? 255 : 1) + 0.5);
  return levels;
}

}  // namespace

std::size_t size_of(Element element) {
  return kElements[static_cast<std::size_t>(element)].first;
}

std::string_view name_of(Element element) {
  return kElements[static_cast<std::size_t>(element)].second;
}

std::string NumberArray::describe() const {
  std::string text = "(";
  for (std::size_t axis = 0; axis < shape.size(); ++axis)
    text += (axis > 0 ? ", " : "") + std::to_string(shape[axis]);
  return text + ") " + std::string(name_of(element));
}

std::size_t NumberArray::size() const {
  return bytes.size() / size_of(element);
}

double NumberArray::stored(std::size_t place) const {
  const std::size_t width = size_of(element);
  assert((place + 1) * width <= bytes.size());
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const std::size_t at = big_endian ? i : width - 1 - i;
    bits = bits << 8 | bytes[place * width + at];
  }
  switch (element) {
    case Element::boolean:
    case Element::u8:
    case Element::u16:
    case Element::u32:
    case Element::u64:
      return static_cast<double>(bits);
    case Element::i8:
      return static_cast<std::int8_t>(bits);
    case Element::i16:
      return static_cast<std::int16_t>(bits);
    case Element::i32:
      return static_cast<std::int32_t>(bits);
    case Element::i64:
      return static_cast<double>(static_cast<std::int64_t>(bits));
    case Element::f32:
      return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    case Element::f64:
      return std::bit_cast<double>(bits);
  }
  return 0;
}

std::optional<std::size_t> checked_size(std::span<const std::size_t> shape,
                                        std::size_t bytes_each) {
  constexpr std::size_t kLimit = std::size_t{1} << (sizeof(std::size_t) > 4 ? 40 : 31);
  std::size_t size = 1;
  for (const std::size_t extent : shape) {
    if (extent != 0 && size > kLimit / bytes_each / extent) return std::nullopt;
    size *= extent;
  }
  return size;
}

Result<PictureArray> pictures_of(const NumberArray& array) {
  const std::optional<Axes> axes = axes_of(array);
  if (!axes || axes->height == 0 || axes->width == 0 || axes->height > kMaxSide ||
      axes->width > kMaxSide) {
    return Error{ErrorCode::shape_mismatch,
                 array.describe() +
                     " are no pictures: these have the shape (n, pixels of a square), (n, height, "
                     "width), (n, height, width, channels) or (n, channels, height, width)"};
  }
  GANVAS_ASSIGN_OR_RETURN(std::vector<std::uint8_t> stored, levels_of(array));
  PictureArray pictures{array.shape[0],
                        static_cast<int>(axes->width),
                        static_cast<int>(axes->height),
                        static_cast<int>(axes->channels),
                        {}};
  const bool in_order = !array.column_major && (axes->channels == 1 || axes->channel == 1);
  if (in_order) {
    pictures.levels = std::move(stored);
    return pictures;
  }
  const std::size_t step = strides_of(array)[0];
  pictures.levels.resize(stored.size());
  auto out = pictures.levels.begin();
  for (std::size_t i = 0; i < pictures.count; ++i)
    for (std::size_t y = 0; y < axes->height; ++y)
      for (std::size_t x = 0; x < axes->width; ++x)
        for (std::size_t c = 0; c < axes->channels; ++c)
          *out++ = stored[i * step + y * axes->row + x * axes->column + c * axes->channel];
  return pictures;
}

std::vector<std::uint8_t> PictureArray::rgba(std::size_t index, bool transposed) const {
  const auto columns = static_cast<std::size_t>(width);
  const auto rows = static_cast<std::size_t>(height);
  const auto each = static_cast<std::size_t>(channels);
  std::vector<std::uint8_t> pixels(4 * columns * rows, 255);
  for (std::size_t y = 0; y < rows; ++y) {
    for (std::size_t x = 0; x < columns; ++x) {
      const std::uint8_t* const from = levels.data() + ((index * rows + y) * columns + x) * each;
      std::uint8_t* const to = pixels.data() + 4 * (transposed ? x * rows + y : y * columns + x);
      for (std::size_t c = 0; c < 3; ++c) to[c] = from[each == 1 ? 0 : c];
      if (each == 4) to[3] = from[3];
    }
  }
  return pixels;
}

Result<std::vector<std::int64_t>> labels_of(const NumberArray& array) {
  if (array.shape.empty() || array.shape.size() > 2 ||
      (array.shape.size() == 2 && array.shape[1] == 0)) {
    return Error{ErrorCode::shape_mismatch,
                 array.describe() + " are no labels: these have the shape (n) or (n, columns)"};
  }
  const std::size_t stride = strides_of(array)[0];
  std::vector<std::int64_t> labels(array.shape[0]);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double value = array.stored(i * stride);
    if (!(std::abs(value) <= 1e9) || value != std::floor(value)) {
      return Error{ErrorCode::malformed, "label " + std::to_string(i) + " is " +
                                             std::to_string(value) + ", not a whole number"};
    }
    labels[i] = static_cast<std::int64_t>(value);
  }
  return labels;
}

}  // namespace ganvas
