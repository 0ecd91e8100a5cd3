// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading and writing IDX; see idx.h.
#include "pictures/idx.h"

#include <array>
#include <cassert>
#include <optional>
#include <string>
#include <utility>

namespace ganvas {
namespace {

constexpr std::uint8_t kUnsignedByte = 0x08;
constexpr std::array<std::pair<std::uint8_t, Element>, 6> kIdxTypes{{{kUnsignedByte, Element::u8},
                                                                     {0x09, Element::i8},
                                                                     {0x0b, Element::i16},
                                                                     {0x0c, Element::i32},
                                                                     {0x0d, Element::f32},
                                                                     {0x0e, Element::f64}}};

std::optional<Element> element_of(std::uint8_t type) {
  for (const auto& [code, element] : kIdxTypes)
    if (code == type) return element;
  return std::nullopt;
}

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

Result<NumberArray> parse_idx(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < 4) {
    return Error{ErrorCode::truncated,
                 "IDX header ends after " + std::to_string(bytes.size()) + " bytes"};
  }
  const std::optional<Element> element = element_of(bytes[2]);
  const std::size_t rank = bytes[3];
  if (bytes[0] != 0 || bytes[1] != 0 || !element || rank < 1 || rank > Shape::kMaxRank) {
    return Error{ErrorCode::bad_magic,
                 "not an IDX file of 1 to 4 axes, by its first four bytes (the magic number)"};
  }
  const std::size_t header = 4 + 4 * rank;
  if (bytes.size() < header) {
    return Error{ErrorCode::truncated, "IDX header ends after " + std::to_string(bytes.size()) +
                                           " of " + std::to_string(header) + " bytes"};
  }
  NumberArray array{
      .element = *element, .big_endian = true, .column_major = false, .shape = {}, .bytes = {}};
  std::uint64_t size = size_of(*element);
  for (std::size_t axis = 0; axis < rank; ++axis) {
    const std::uint32_t extent = read_big_endian(bytes, 4 + 4 * axis);
    constexpr std::uint64_t kMaxSize = std::uint64_t{1}
                                       << 32;  // keeps the product from overflowing
    if (size * extent > kMaxSize) {
      return Error{ErrorCode::too_large, "IDX header declares more than 4 GB of data"};
    }
    size *= extent;
    array.shape.push_back(extent);
  }
  const std::size_t present = bytes.size() - header;
  if (present != size) {
    const std::string data = "IDX data " + array.describe();
    if (present < size) {
      return Error{ErrorCode::truncated, data + " ends after " + std::to_string(present) + " of " +
                                             std::to_string(size) + " bytes"};
    }
    return Error{ErrorCode::malformed,
                 data + " is followed by " + std::to_string(present - size) + " more bytes"};
  }
  array.bytes = bytes.subspan(header);
  return array;
}

std::vector<std::uint8_t> write_idx(const Shape& shape, std::span<const std::uint8_t> values) {
  assert(values.size() == shape.size());
  std::vector<std::uint8_t> bytes{0, 0, kUnsignedByte, static_cast<std::uint8_t>(shape.rank())};
  bytes.reserve(4 + 4 * static_cast<std::size_t>(shape.rank()) + values.size());
  for (int axis = 0; axis < shape.rank(); ++axis) {
    append_big_endian(bytes, static_cast<std::uint32_t>(shape[axis]));
  }
  bytes.insert(bytes.end(), values.begin(), values.end());
  return bytes;
}

}  // namespace ganvas
