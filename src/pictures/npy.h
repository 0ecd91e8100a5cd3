// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// NumPy's file format, .npy, versions 1 to 3 (numpy/lib/format.py).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pictures/number_array.h"

namespace ganvas {

inline constexpr std::string_view kNpyMagic = "\x93NUMPY";

/// Whole numbers and floats of any byte order, bool as bytes, in C's or Fortran's order. Errors:
/// bad_magic; truncated; too_large; malformed for other types and headers that NumPy does not
/// write.
Result<NumberArray> parse_npy(std::span<const std::uint8_t> bytes);

/// One axis of texts, in UTF-8: NumPy's 'U', or 'S', whose bytes are taken as they are. Errors as
/// parse_npy()'s.
Result<std::vector<std::string>> parse_npy_texts(std::span<const std::uint8_t> bytes);

/// The bytes of a file of unsigned bytes. `values` has as many elements as the shape.
std::vector<std::uint8_t> write_npy(std::span<const std::size_t> shape,
                                    std::span<const std::uint8_t> values);

}  // namespace ganvas
