// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The IDX format of the MNIST files (LeCun, Cortes, Burges): two zero bytes, the element type, the
// number of axes, big-endian 32-bit extents, then big-endian elements. The input is uncompressed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "pictures/number_array.h"
#include "tensor/shape.h"

namespace ganvas {

/// All six element types, 1 to 4 axes. Errors: bad_magic unless this is an IDX file; too_large if
/// its extents declare more than 4 GB; truncated or malformed if it holds fewer or more bytes than
/// they declare.
Result<NumberArray> parse_idx(std::span<const std::uint8_t> bytes);

/// The bytes of an IDX file of unsigned bytes. `values` has shape.size() elements.
std::vector<std::uint8_t> write_idx(const Shape& shape, std::span<const std::uint8_t> values);

}  // namespace ganvas
