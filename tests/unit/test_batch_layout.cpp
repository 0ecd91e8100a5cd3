// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The memory layout of batches against its formula.
#include "tensor/batch_layout.h"

#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "kernels/simd.h"
#include "support/packed.h"
#include "tensor/aligned_buffer.h"
#include "tensor/shape.h"

using ganvas::AlignedBuffer;
using ganvas::BatchLayout;
using ganvas::kLanes;
using ganvas::Shape;

TEST_CASE("A layout has whole blocks of 16 lanes for each group", "[layout]") {
  for (int groups = 1; groups <= 3; ++groups) {
    for (int size = 1; size <= 70; ++size) {
      const BatchLayout layout{groups, size};
      INFO(groups << " groups of " << size);
      int blocks_per_group = 0;
      while (blocks_per_group * 16 < size) ++blocks_per_group;
      REQUIRE(layout.blocks_per_group() == blocks_per_group);
      REQUIRE(layout.blocks() == groups * blocks_per_group);
      REQUIRE(layout.storage(7) == std::size_t(groups * blocks_per_group * 7 * 16));
    }
  }
}

TEST_CASE("lanes_used counts every sample once, and only a group's last block is partial",
          "[layout]") {
  for (int groups = 1; groups <= 3; ++groups) {
    for (int size = 1; size <= 70; ++size) {
      const BatchLayout layout{groups, size};
      INFO(groups << " groups of " << size);
      int samples = 0;
      for (int block = 0; block < layout.blocks(); ++block) {
        const bool last_of_group = (block + 1) % layout.blocks_per_group() == 0;
        REQUIRE(layout.lanes_used(block) >= 1);
        REQUIRE(layout.lanes_used(block) <= 16);
        if (!last_of_group) REQUIRE(layout.lanes_used(block) == 16);
        samples += layout.lanes_used(block);
      }
      REQUIRE(samples == groups * size);
    }
  }
}

TEST_CASE("pack_samples follows the layout formula and zeroes the padding", "[layout]") {
  for (const int size : {1, 2, 15, 16, 17, 31, 32, 33, 48, 53}) {
    for (const int features : {1, 2, 3, 7, 64}) {
      INFO(size << " samples of " << features << " features");
      const auto layout = BatchLayout::of(size);
      std::vector<float> rows(std::size_t(size * features));
      for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = float(i + 1);
      AlignedBuffer<double> packed(layout.storage(features));
      for (double& value : packed.span()) value = -1;
      ganvas::pack_samples(rows.data(), layout, features, packed.data());

      std::set<std::size_t> used;
      for (int s = 0; s < size; ++s) {
        for (int f = 0; f < features; ++f) {
          const auto index = std::size_t((s / 16) * features * 16 + f * 16 + s % 16);
          used.insert(index);
          REQUIRE(packed[index] == rows[std::size_t(s * features + f)]);
        }
      }
      for (std::size_t i = 0; i < packed.size(); ++i) {
        if (!used.contains(i)) REQUIRE(packed[i] == 0);
      }
    }
  }
}

TEST_CASE("unpack_samples inverts pack_samples and ignores the padding", "[layout]") {
  for (const int size : {1, 2, 15, 16, 17, 31, 32, 33, 48, 53}) {
    for (const int features : {1, 2, 3, 7, 64}) {
      INFO(size << " samples of " << features << " features");
      const auto layout = BatchLayout::of(size);
      ganvas::test::Random random(7);
      const auto rows = ganvas::test::random_values<double>(std::size_t(size * features), random);
      const AlignedBuffer<float> packed =
          ganvas::test::pack<float>(rows, layout, features, /*padding=*/99.0f);
      std::vector<double> unpacked(rows.size());
      ganvas::unpack_samples(packed.data(), layout, features, unpacked.data());
      REQUIRE(unpacked == rows);
    }
  }
}

TEST_CASE("An AlignedBuffer is zeroed and aligned to a cache line", "[layout]") {
  for (std::size_t size = 0; size < 100; size += 7) {
    const AlignedBuffer<float> buffer(size);
    REQUIRE(buffer.size() == size);
    REQUIRE(reinterpret_cast<std::uintptr_t>(buffer.data()) % 64 == 0);
    for (const float value : buffer.span()) REQUIRE(value == 0);
  }
}

TEST_CASE("sum_lanes adds 16 lanes by halving", "[layout]") {
  // Any other order would round 2^24 + 1 to 2^24 and lose the 1.
  alignas(64) float row[kLanes] = {};
  row[0] = 0x1p24f;
  row[8] = -0x1p24f;
  row[1] = 1;
  CHECK(ganvas::sum_lanes(row) == 1);
  for (int i = 0; i < kLanes; ++i) row[i] = float(1 << i);
  CHECK(ganvas::sum_lanes(row) == 65535);
}

TEST_CASE("A shape prints as a Python tuple and computes its size", "[layout]") {
  CHECK(Shape{}.to_string() == "()");
  CHECK(Shape{5}.to_string() == "(5,)");
  CHECK(Shape{256, 64}.to_string() == "(256, 64)");
  CHECK(Shape{1, 2, 3, 4}.to_string() == "(1, 2, 3, 4)");
  CHECK(Shape{}.size() == 1);
  CHECK(Shape{256, 64}.size() == 16384);
  CHECK(Shape{3, 0, 5}.size() == 0);
  CHECK(Shape{65536, 65536}.size() % 65536 == 0);
  CHECK(Shape{2, 3} == Shape{2, 3});
  CHECK(Shape{2, 3} != Shape{3, 2});
  CHECK(Shape{2} != Shape{2, 1});
}
