// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The bundled MNIST files against the official checksums, dimensions and class counts.
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "pictures/idx.h"
#include "support/digits.h"
#include "support/sha256.h"

using namespace ganvas;
using ganvas::test::inflate_mnist_file;
using ganvas::test::sha256;

namespace {

using Bytes = std::vector<std::uint8_t>;

const std::string kFolder = "assets/mnist/";

std::string listed_checksum(const std::string& name) {
  std::ifstream sums(kFolder + "SHA256SUMS");
  std::string sum;
  std::string file;
  while (sums >> sum >> file) {
    if (file == name) return sum;
  }
  return "not listed";
}

void check_split(const std::string& prefix, std::size_t count,
                 const std::array<int, 10>& class_counts) {
  const Bytes images = inflate_mnist_file(prefix + "-images-idx3-ubyte");
  const Bytes labels = inflate_mnist_file(prefix + "-labels-idx1-ubyte");
  CHECK(sha256(images) == listed_checksum(prefix + "-images-idx3-ubyte"));
  CHECK(sha256(labels) == listed_checksum(prefix + "-labels-idx1-ubyte"));
  const auto image_array = parse_idx(images);
  const auto label_array = parse_idx(labels);
  REQUIRE(image_array.ok());
  REQUIRE(label_array.ok());
  CHECK(image_array.value().shape == std::vector<std::size_t>{count, 28, 28});
  CHECK(label_array.value().shape == std::vector<std::size_t>{count});
  std::array<int, 10> counted{};
  for (const std::uint8_t label : label_array.value().bytes) {
    REQUIRE(label < 10);
    ++counted[label];
  }
  CHECK(counted == class_counts);
  const auto& pixels = image_array.value().bytes;
  const auto& classes = label_array.value().bytes;
  CHECK(Dataset::of_images({pixels.begin(), pixels.end()}, 784, {classes.begin(), classes.end()})
            .ok());
}

}  // namespace

TEST_CASE("SHA-256 matches the published test vectors", "[mnist]") {
  const auto of = [](const std::string& text) {
    return sha256({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  };
  CHECK(of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("The training split is complete and unchanged", "[mnist]") {
  check_split("train", 60'000, {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949});
}

TEST_CASE("The test split is complete and unchanged", "[mnist]") {
  check_split("t10k", 10'000, {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009});
}

TEST_CASE("SHA256SUMS has the official checksums", "[mnist]") {
  CHECK(listed_checksum("train-images-idx3-ubyte") ==
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");
  CHECK(listed_checksum("train-labels-idx1-ubyte") ==
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5");
  CHECK(listed_checksum("t10k-images-idx3-ubyte") ==
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7");
  CHECK(listed_checksum("t10k-labels-idx1-ubyte") ==
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");
}
