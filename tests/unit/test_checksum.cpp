// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Damage to a model file is noticed, and what other programs may do to a file is none.
#include "io/checksum.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "io/checkpoint.h"
#include "support/files.h"
#include "support/one_thread.h"
#include "support/samples.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

std::unique_ptr<Trainer<float>> trained() {
  auto trainer = make_trainer<float>(small_config(), pool());
  REQUIRE(trainer->set_data(some_images(50, small_config().sample_size())).ok());
  for (int step = 0; step < 3; ++step) take_step(*trainer);
  return trainer;
}

std::vector<Bytes> files_of(Trainer<float>& trainer) {
  return {save_checkpoint(trainer), save_networks(trainer, Dtype::f32),
          save_generator(trainer, Dtype::f16)};
}

/// Whether the file still loads after one of its bits has flipped.
bool loads_with_flip(Bytes& bytes, std::size_t bit) {
  bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
  const bool loads = load_checkpoint(bytes, pool()).ok();
  bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
  return loads;
}

std::size_t header_end(const Bytes& bytes) {
  return 8 + bytes[0] + 256U * bytes[1];
}

std::size_t key_position(const Bytes& bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return text.find(kChecksumKey);
}

constexpr std::size_t kKeySize = std::string_view(kChecksumKey).size();

}  // namespace

TEST_CASE("No bit of a model file flips unnoticed", "[checksum]") {
  const auto trainer = trained();
  for (Bytes& bytes : files_of(*trainer)) {
    REQUIRE(load_checkpoint(bytes, pool()).ok());
    std::mt19937 random(1);
    for (int i = 0; i < 400; ++i) {
      const std::size_t bit = random() % (8 * bytes.size());
      INFO("bit " << bit);
      const std::size_t key = key_position(bytes);
      if (bit / 8 >= key && bit / 8 < key + kKeySize) continue;  // see below
      REQUIRE_FALSE(loads_with_flip(bytes, bit));
    }
  }
}

TEST_CASE("No bit of a header flips unnoticed, except in the name of the checksum", "[checksum]") {
  const auto trainer = trained();
  for (Bytes& bytes : files_of(*trainer)) {
    const Bytes expected = save_generator(*load_checkpoint(bytes, pool()).value(), Dtype::f32);
    const std::size_t key = key_position(bytes);
    for (std::size_t bit = 0; bit < 8 * header_end(bytes); ++bit) {
      INFO("bit " << bit);
      const bool in_key = bit / 8 >= key && bit / 8 < key + kKeySize;
      if (!in_key) REQUIRE_FALSE(loads_with_flip(bytes, bit));
    }
    // This leaves a file without a checksum, whose weights are whole.
    for (std::size_t at = key; at < key + kKeySize; ++at) {
      bytes[at] ^= 1;
      const auto loaded = load_checkpoint(bytes, pool());
      bytes[at] ^= 1;
      REQUIRE(loaded.ok());
      const bool whole = save_generator(*loaded.value(), Dtype::f32) == expected;
      REQUIRE(whole);
    }
  }
}

TEST_CASE("Damage is told from other faults, and how to go on", "[checksum]") {
  Bytes bytes = save_checkpoint(*trained());
  bytes.back() ^= 1;
  const auto loaded = load_checkpoint(bytes, pool());
  REQUIRE_FALSE(loaded.ok());
  CHECK(loaded.error().code == ErrorCode::checksum_mismatch);
  CHECK(loaded.error().message ==
        "damaged, or changed by another program; to use it as it is, remove ganvas.checksum from "
        "its metadata");
}

TEST_CASE("A checksum is of every part of every entry, in any order", "[checksum]") {
  using Entry = std::tuple<std::string, Shape, Dtype, float>;
  const auto of = [](const std::string& value, const std::vector<Entry>& entries) {
    SafetensorsWriter writer;
    writer.set_metadata("key", value);
    for (const auto& [name, shape, dtype, number] : entries) {
      writer.add(name, shape, std::vector<float>(shape.size(), number), dtype);
    }
    const Bytes bytes = writer.finish();
    return checksum_of(SafetensorsFile::parse(bytes).value());
  };
  const Entry a{"a", {2, 3}, Dtype::f32, 0.0F};
  const Entry b{"b", {2}, Dtype::f32, 1.0F};
  const std::string whole = of("value", {a, b});
  CHECK(whole.size() == 8);
  CHECK(whole == of("value", {b, a}));
  CHECK(whole != of("other", {a, b}));
  CHECK(whole != of("value", {a}));
  CHECK(whole != of("value", {a, {"c", {2}, Dtype::f32, 1.0F}}));
  CHECK(whole != of("value", {a, {"b", {2, 1}, Dtype::f32, 1.0F}}));
  CHECK(whole != of("value", {{"a", {3, 2}, Dtype::f32, 0.0F}, b}));
  CHECK(whole != of("value", {{"a", {2, 3}, Dtype::f16, 0.0F}, b}));
  CHECK(whole != of("value", {a, {"b", {2}, Dtype::f32, 2.0F}}));
}
