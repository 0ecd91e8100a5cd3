// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading files by their path in the repository root, in which the tests run.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace ganvas::test {

using Bytes = std::vector<std::uint8_t>;

inline Bytes read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  INFO(path << " (tests run from the root of the repository)");
  REQUIRE(stream.is_open());
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace ganvas::test
