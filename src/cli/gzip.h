// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// gzip streams, whole, by zlib.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace ganvas::cli {

/// All members of a gzip file. bad_magic when it is none, truncated when it ends early, malformed
/// when its checksum is wrong, something else follows, or it inflates to more than max_size bytes.
Result<std::vector<std::uint8_t>> inflate_gzip(std::span<const std::uint8_t> bytes,
                                               std::size_t max_size);

/// The same bytes for the same input: the header carries no time and no name.
std::vector<std::uint8_t> deflate_gzip(std::span<const std::uint8_t> bytes);

}  // namespace ganvas::cli
