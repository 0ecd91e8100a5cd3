// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Writes a safetensors file that read_ours.py reads with Python's library. Only that script runs
// it, hence the hidden tag.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "io/safetensors.h"

using namespace ganvas;

TEST_CASE("Writes a file for Python to read", "[.write-for-python]") {
  SafetensorsWriter writer;
  std::vector<float> thirds;
  for (int i = 0; i < 6; ++i) thirds.push_back(static_cast<float>(i) / 3);
  writer.set_metadata("format", "pt");
  writer.set_metadata("note", "digits \"数字\" \\");
  writer.add("f16", {3}, std::vector<float>{1, 0x1p-24f, 65504}, Dtype::f16);  // an odd count
  writer.add("f32", {2, 3}, thirds);
  writer.add("scalar", {}, std::vector<float>{1.5f});
  writer.add("empty", {0, 3}, {});
  writer.add("four_axes", {1, 2, 1, 3}, thirds);
  const char* path = std::getenv("GANVAS_WRITE_FOR_PYTHON");
  REQUIRE(path != nullptr);
  const std::vector<std::uint8_t> bytes = writer.finish();
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  REQUIRE(file.good());
}
