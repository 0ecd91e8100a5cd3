// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// gzip compression of whole buffers, with zlib.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace ganvas::cli {

bool is_gzip(std::span<const std::uint8_t> bytes);

/// Decompresses all members of a gzip file; zeros may follow them, as on tapes. Errors: bad_magic
/// if it is not gzip; truncated; malformed for a wrong checksum or trailing data; too_large for
/// more than max_size decompressed bytes.
Result<std::vector<std::uint8_t>> inflate_gzip(std::span<const std::uint8_t> bytes,
                                               std::size_t max_size);

/// Deterministic: the header contains neither a time nor a file name.
std::vector<std::uint8_t> deflate_gzip(std::span<const std::uint8_t> bytes);

}  // namespace ganvas::cli
