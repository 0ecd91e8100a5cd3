// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading and writing IDX; see idx.h.
#include "data/idx.h"

#include <cassert>
#include <limits>
#include <string>

namespace ganvas {
namespace {

constexpr std::uint32_t kUnsignedByteMagic = 0x00000800;

std::uint32_t read_big_endian(std::span<const std::uint8_t> bytes, std::size_t offset) {
  return std::uint32_t{bytes[offset]} << 24 | std::uint32_t{bytes[offset + 1]} << 16 |
         std::uint32_t{bytes[offset + 2]} << 8 | std::uint32_t{bytes[offset + 3]};
}

void append_big_endian(std::vector<std::uint8_t>& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

}  // namespace

Result<IdxArray> parse_idx(std::span<const std::uint8_t> bytes, int rank) {
  assert(rank >= 1 && rank <= Shape::kMaxRank);
  const std::size_t header = 4 + 4 * static_cast<std::size_t>(rank);
  if (bytes.size() >= 4 &&
      read_big_endian(bytes, 0) != kUnsignedByteMagic + static_cast<std::uint32_t>(rank)) {
    return Error{ErrorCode::bad_magic, "not an IDX file of unsigned bytes with " +
                                           std::to_string(rank) + " axes (wrong magic number)"};
  }
  if (bytes.size() < header) {
    return Error{ErrorCode::truncated, "IDX header ends after " + std::to_string(bytes.size()) +
                                           " of " + std::to_string(header) + " bytes"};
  }
  IdxArray array;
  std::uint64_t size = 1;
  for (int axis = 0; axis < rank; ++axis) {
    const std::uint32_t extent = read_big_endian(bytes, 4 + 4 * static_cast<std::size_t>(axis));
    constexpr std::uint64_t kMaxSize = std::uint64_t{1}
                                       << 32;  // keeps the product from overflowing
    if (extent > static_cast<std::uint32_t>(std::numeric_limits<int>::max()) ||
        size * extent > kMaxSize) {
      return Error{ErrorCode::malformed, "IDX header declares more than 4 GB of data"};
    }
    size *= extent;
    array.shape.push_back(static_cast<int>(extent));
  }
  const std::size_t present = bytes.size() - header;
  if (present < size) {
    return Error{ErrorCode::truncated, "IDX data " + array.shape.to_string() + " ends after " +
                                           std::to_string(present) + " of " + std::to_string(size) +
                                           " bytes"};
  }
  if (present > size) {
    return Error{ErrorCode::malformed, "IDX data " + array.shape.to_string() + " is followed by " +
                                           std::to_string(present - size) + " more bytes"};
  }
  array.values = bytes.subspan(header);
  return array;
}

std::vector<std::uint8_t> write_idx(const Shape& shape, std::span<const std::uint8_t> values) {
  assert(values.size() == shape.size());
  std::vector<std::uint8_t> bytes;
  bytes.reserve(4 + 4 * static_cast<std::size_t>(shape.rank()) + values.size());
  append_big_endian(bytes, kUnsignedByteMagic + static_cast<std::uint32_t>(shape.rank()));
  for (int axis = 0; axis < shape.rank(); ++axis) {
    append_big_endian(bytes, static_cast<std::uint32_t>(shape[axis]));
  }
  bytes.insert(bytes.end(), values.begin(), values.end());
  return bytes;
}

}  // namespace ganvas
