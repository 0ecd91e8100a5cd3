// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// An array of numbers in a file, IDX or NumPy's, whatever its element type and byte order, and the
// pictures and labels that it holds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pictures/fit.h"

namespace ganvas {

enum class Element { boolean, u8, i8, u16, i16, u32, i32, u64, i64, f32, f64 };

/// Bytes of one element.
std::size_t size_of(Element element);
/// "unsigned bytes", "32-bit floats" and so on, for messages.
std::string_view name_of(Element element);

struct NumberArray {
  Element element = Element::u8;
  bool big_endian = false;
  bool column_major = false;              // the first axis varies fastest, as in Fortran
  std::vector<std::size_t> shape{};       // outermost first
  std::span<const std::uint8_t> bytes{};  // a view of the file's bytes

  /// "(60000, 28, 28) unsigned bytes"
  std::string describe() const;
  std::size_t size() const;
  /// The element at a place in the order in which it is stored.
  double stored(std::size_t place) const;
};

/// The number of elements of an array, if they and `bytes_each` of them stay below 2^40.
std::optional<std::size_t> checked_size(std::span<const std::size_t> shape, std::size_t bytes_each);

/// Pictures in an array: count of them, each (height, width, channels) in `levels`.
struct PictureArray {
  std::size_t count;
  int width;
  int height;
  int channels;  // 1, 3 or 4
  std::vector<std::uint8_t> levels;

  /// One of them as RGBA. With `transposed`, rows and columns change places.
  std::vector<std::uint8_t> rgba(std::size_t index, bool transposed) const;
};

/// Reads (n, pixels), (n, h, w), (n, h, w, c) or (n, c, h, w); flat pixels are those of a square,
/// grey or in three planes. Elements are whole levels from 0 to 255, floats from 0 to 1,
/// or booleans. Errors: shape_mismatch; out_of_range for other values.
Result<PictureArray> pictures_of(const NumberArray& array);

/// Reads whole numbers (n), or the first column of (n, k), as in QMNIST. Errors: shape_mismatch;
/// malformed for other values.
Result<std::vector<std::int64_t>> labels_of(const NumberArray& array);

}  // namespace ganvas
