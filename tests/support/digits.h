// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The bundled MNIST files, decompressed with zlib; native builds only.
#pragma once

#include <zlib.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "data/dataset.h"
#include "pictures/idx.h"

namespace ganvas::test {

/// "train-images-idx3-ubyte" or one of the other three.
inline std::vector<std::uint8_t> inflate_mnist_file(const std::string& name) {
  const gzFile file = gzopen(("assets/mnist/" + name + ".gz").c_str(), "rb");
  INFO(name);
  REQUIRE(file != nullptr);
  std::vector<std::uint8_t> bytes;
  std::array<std::uint8_t, 1 << 16> chunk{};
  int count = 0;
  while ((count = gzread(file, chunk.data(), unsigned(chunk.size()))) > 0) {
    bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + count);
  }
  REQUIRE(count == 0);
  REQUIRE(gzclose(file) == Z_OK);
  return bytes;
}

/// The first `count` training digits.
inline std::shared_ptr<const Dataset> first_digits(int count) {
  const auto images = inflate_mnist_file("train-images-idx3-ubyte");
  const auto labels = inflate_mnist_file("train-labels-idx1-ubyte");
  const auto pixels = parse_idx(images).value().bytes.first(std::size_t(count) * 784);
  const auto classes = parse_idx(labels).value().bytes.first(std::size_t(count));
  return std::make_shared<const Dataset>(
      Dataset::of_images({pixels.begin(), pixels.end()}, 784, {classes.begin(), classes.end()})
          .value());
}

}  // namespace ganvas::test
