// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The IDX format of the MNIST files (LeCun, Cortes, Burges): a magic number 0x00000800 + rank,
// big-endian 32-bit extents, then unsigned bytes. Other element types are not supported, and the
// input must be uncompressed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "tensor/shape.h"

namespace ganvas {

struct IdxArray {
  Shape shape;
  std::span<const std::uint8_t> values;  // row-major; a view of the parsed bytes
};

/// Errors: bad_magic unless this is an unsigned-byte IDX file with `rank` axes; truncated or
/// malformed if it holds fewer or more bytes than its extents declare.
Result<IdxArray> parse_idx(std::span<const std::uint8_t> bytes, int rank);

/// The bytes of an IDX file. `values` has shape.size() elements.
std::vector<std::uint8_t> write_idx(const Shape& shape, std::span<const std::uint8_t> values);

}  // namespace ganvas
