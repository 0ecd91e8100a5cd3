// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The IDX format of the MNIST files (LeCun, Cortes, Burges): a magic number 0x00000800 + rank,
// big-endian 32-bit extents, then unsigned bytes. Only the unsigned byte type is read. Bytes come
// uncompressed.
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
  std::span<const std::uint8_t> values;  // row-major, in the bytes that were parsed
};

/// bad_magic when the bytes are no unsigned-byte IDX of `rank` axes, truncated or malformed when
/// the extents promise more or fewer bytes than there are.
Result<IdxArray> parse_idx(std::span<const std::uint8_t> bytes, int rank);

/// The file's bytes; the size of `values` is the shape's.
std::vector<std::uint8_t> write_idx(const Shape& shape, std::span<const std::uint8_t> values);

}  // namespace ganvas
