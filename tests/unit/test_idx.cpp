// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading and writing IDX files, and errors for invalid ones.
#include "pictures/idx.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <string>
#include <vector>

using namespace ganvas;

namespace {

using Bytes = std::vector<std::uint8_t>;
using Extents = std::vector<std::size_t>;

// A file with two images of 2 x 3 pixels.
const Bytes kImages{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2,  0,  0,
                    0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255};

ErrorCode code_of(const Bytes& bytes) {
  const auto parsed = parse_idx(bytes);
  REQUIRE_FALSE(parsed.ok());
  CHECK_FALSE(parsed.error().message.empty());
  return parsed.error().code;
}

Bytes with_extents(std::initializer_list<std::uint32_t> extents) {
  Bytes bytes{0, 0, 8, std::uint8_t(extents.size())};
  for (const std::uint32_t extent : extents) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(std::uint8_t(extent >> shift));
  }
  return bytes;
}

}  // namespace

TEST_CASE("Reads the shape and values of an IDX file", "[idx]") {
  const auto parsed = parse_idx(kImages);
  REQUIRE(parsed.ok());
  CHECK(parsed.value().shape == Extents{2, 2, 3});
  CHECK(std::ranges::equal(parsed.value().bytes, Bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255}));
  const Bytes label_file{0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9};
  const auto labels = parse_idx(label_file);
  REQUIRE(labels.ok());
  CHECK(labels.value().shape == Extents{3});
  CHECK(std::ranges::equal(labels.value().bytes, Bytes{7, 0, 9}));
}

TEST_CASE("Accepts an IDX file without values", "[idx]") {
  const Bytes file = with_extents({0, 28, 28});
  const auto parsed = parse_idx(file);
  REQUIRE(parsed.ok());
  CHECK(parsed.value().shape == Extents{0, 28, 28});
  CHECK(parsed.value().bytes.empty());
}

TEST_CASE("parse_idx reads what write_idx writes", "[idx]") {
  CHECK(write_idx({2, 2, 3}, std::span(kImages).subspan(16)) == kImages);
  for (const Shape shape : {Shape{5}, Shape{3, 7}, Shape{2, 3, 4}, Shape{2, 1, 2, 2}, Shape{0}}) {
    Bytes values(shape.size());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = std::uint8_t(i * 37);
    const Bytes written = write_idx(shape, values);
    const auto parsed = parse_idx(written);
    REQUIRE(parsed.ok());
    Extents extents;
    for (int axis = 0; axis < shape.rank(); ++axis) extents.push_back(std::size_t(shape[axis]));
    CHECK(parsed.value().shape == extents);
    CHECK(std::ranges::equal(parsed.value().bytes, values));
  }
}

TEST_CASE("Rejects an IDX file truncated at any length", "[idx]") {
  for (std::size_t length = 0; length < kImages.size(); ++length) {
    INFO(length << " bytes");
    CHECK(code_of(Bytes(kImages.begin(), kImages.begin() + std::ptrdiff_t(length))) ==
          ErrorCode::truncated);
  }
}

TEST_CASE("Rejects an IDX file with trailing bytes", "[idx]") {
  Bytes longer = kImages;
  longer.push_back(0);
  CHECK(code_of(longer) == ErrorCode::malformed);
}

TEST_CASE("Reads all element types of IDX, big-endian", "[idx]") {
  const auto values_of = [](const Bytes& file) {
    const auto parsed = parse_idx(file);
    REQUIRE(parsed.ok());
    std::vector<double> values;
    for (std::size_t i = 0; i < parsed.value().size(); ++i)
      values.push_back(parsed.value().stored(i));
    return values;
  };
  using Values = std::vector<double>;
  CHECK(values_of({0, 0, 0x08, 1, 0, 0, 0, 2, 0, 255}) == Values{0, 255});
  CHECK(values_of({0, 0, 0x09, 1, 0, 0, 0, 2, 127, 255}) == Values{127, -1});
  CHECK(values_of({0, 0, 0x0b, 1, 0, 0, 0, 2, 1, 2, 255, 254}) == Values{258, -2});
  CHECK(values_of({0, 0, 0x0c, 1, 0, 0, 0, 1, 0, 1, 0, 2}) == Values{65538});
  CHECK(values_of({0, 0, 0x0d, 1, 0, 0, 0, 1, 0xbf, 0xc0, 0, 0}) == Values{-1.5});
  CHECK(values_of({0, 0, 0x0e, 1, 0, 0, 0, 1, 0x40, 0x04, 0, 0, 0, 0, 0, 0}) == Values{2.5});
}

TEST_CASE("Rejects other files, types and ranks by the magic number", "[idx]") {
  for (const std::size_t byte : {0, 1, 2, 3}) {
    Bytes other = kImages;
    other[byte] ^= 0x10;
    CHECK(code_of(other) == ErrorCode::bad_magic);
  }
  const std::string png = "\x89PNG\r\n\x1a\n and so on and so on";
  CHECK(code_of(Bytes(png.begin(), png.end())) == ErrorCode::bad_magic);
  const std::string gzip = "\x1f\x8b\x08";
  CHECK(code_of(Bytes(gzip.begin(), gzip.end())) == ErrorCode::truncated);
}

TEST_CASE("Rejects extents whose product overflows", "[idx]") {
  CHECK(code_of(with_extents({0xffffffff, 28, 28})) == ErrorCode::too_large);
  CHECK(code_of(with_extents({0x80000000, 1, 1})) == ErrorCode::truncated);
  CHECK(code_of(with_extents({0x7fffffff, 0x7fffffff, 0x7fffffff})) == ErrorCode::too_large);
  CHECK(code_of(with_extents({0x10000, 0x10000, 2})) == ErrorCode::too_large);
  CHECK(code_of(with_extents({0x10000, 0x10000, 1})) == ErrorCode::truncated);
  // 2^32 * 2^32 would wrap to 0, the number of values in the file.
  CHECK(code_of(with_extents({0x10000, 0x10000, 0x10000, 0x10000})) == ErrorCode::too_large);
}
