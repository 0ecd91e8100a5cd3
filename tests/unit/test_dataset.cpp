// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Datasets as batches, and the order of epochs.
#include "data/dataset.h"

#include <algorithm>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "data/epoch_order.h"
#include "support/packed.h"

using namespace ganvas;

namespace {

using Bytes = std::vector<std::uint8_t>;

}  // namespace

TEST_CASE("A dataset returns its images and labels", "[dataset]") {
  const auto dataset = Dataset::of_images(Bytes{1, 2, 3, 4, 5, 6}, 3, Bytes{9, 0});
  REQUIRE(dataset.ok());
  CHECK(dataset.value().size() == 2);
  CHECK(dataset.value().features() == 3);
  CHECK(dataset.value().has_labels());
  AlignedBuffer<double> packed(BatchLayout::of(1).storage(3));
  dataset.value().load_batch(std::vector<std::uint32_t>{1}, packed.data());
  const auto level = [](int byte) { return (byte / 255.0 - 0.5) / 0.5; };
  CHECK(test::unpack<double>(packed.data(), BatchLayout::of(1), 3) ==
        std::vector{level(4), level(5), level(6)});
  CHECK(dataset.value().label(0) == 9);
  CHECK(dataset.value().label(1) == 0);
}

TEST_CASE("Rejects images and labels that do not match", "[dataset]") {
  const auto code_of = [](Bytes images, Bytes labels) {
    const auto dataset = Dataset::of_images(std::move(images), 3, std::move(labels));
    REQUIRE_FALSE(dataset.ok());
    return dataset.error().code;
  };
  CHECK(code_of({}, {}) == ErrorCode::shape_mismatch);
  CHECK(code_of({1, 2, 3, 4}, {}) == ErrorCode::shape_mismatch);
  CHECK(code_of({}, {1}) == ErrorCode::shape_mismatch);
  CHECK(code_of({1, 2, 3, 4}, {1}) == ErrorCode::shape_mismatch);
  CHECK(code_of({1, 2, 3}, {1, 2}) == ErrorCode::shape_mismatch);
}

TEST_CASE("Images need no labels, and labels can be any bytes", "[dataset]") {
  const auto plain = Dataset::of_images(Bytes(6), 3, {});
  REQUIRE(plain.ok());
  CHECK(plain.value().size() == 2);
  CHECK_FALSE(plain.value().has_labels());
  CHECK(Dataset::of_images(Bytes(6), 3, Bytes{1, 200}).value().label(1) == 200);
}

TEMPLATE_TEST_CASE("load_batch applies ToTensor and Normalize(0.5, 0.5)", "[dataset]", float,
                   double) {
  using T = TestType;
  Bytes all(256);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = std::uint8_t(i);
  const auto dataset = Dataset::of_images(all, 1, Bytes(256));
  REQUIRE(dataset.ok());
  std::vector<std::uint32_t> indices(256);
  for (std::uint32_t i = 0; i < 256; ++i) indices[i] = i;
  AlignedBuffer<T> packed(BatchLayout::of(256).storage(1));
  dataset.value().load_batch(indices, packed.data());
  CHECK(packed[0] == -1);
  CHECK(packed[255] == 1);
  for (std::size_t i = 0; i < 256; ++i) {
    const T scaled = T(i) / T(255);
    REQUIRE(packed[i] == (scaled - T(0.5)) / T(0.5));
  }
}

TEST_CASE("load_batch accepts any indices and zeroes the padding", "[dataset]") {
  constexpr int kFeatures = 5;
  test::Random random(1);
  Bytes images(40 * kFeatures);
  for (auto& byte : images) byte = std::uint8_t(random() % 256);
  const auto dataset = Dataset::of_images(images, kFeatures, Bytes(40));
  REQUIRE(dataset.ok());
  for (const std::size_t count : {1, 15, 16, 17, 33, 39}) {
    std::vector<std::uint32_t> indices(count);
    for (auto& index : indices) index = std::uint32_t(random() % 40);
    const auto layout = BatchLayout::of(int(count));
    AlignedBuffer<double> packed(layout.storage(kFeatures));
    for (double& value : packed.span()) value = 77;
    dataset.value().load_batch(indices, packed.data());
    std::set<std::size_t> used;
    for (std::size_t s = 0; s < count; ++s) {
      for (int f = 0; f < kFeatures; ++f) {
        const auto index = test::element_index(layout, kFeatures, 0, int(s), f);
        used.insert(index);
        const double byte = images[indices[s] * kFeatures + std::size_t(f)];
        REQUIRE(packed[index] == (byte / 255 - 0.5) / 0.5);
      }
    }
    for (std::size_t i = 0; i < packed.size(); ++i) {
      if (!used.contains(i)) REQUIRE(packed[i] == 0);
    }
  }
}

TEST_CASE("Each epoch visits every example once, in a different order", "[dataset]") {
  for (const auto& [examples, batch_size] :
       {std::pair{100, 32}, {96, 32}, {1, 32}, {33, 1}, {5, 5}, {7, 6}}) {
    INFO(examples << " examples in batches of " << batch_size);
    EpochOrder order(3, examples, batch_size);
    std::int64_t step = 0;
    std::int64_t seen = 0;
    std::vector<std::uint32_t> previous;
    for (int epoch = 0; epoch < 3; ++epoch) {
      std::vector<std::uint32_t> visited;
      for (int batch = 0; batch < order.batches_per_epoch(); ++batch, ++step) {
        REQUIRE(order.epoch_of(step) == epoch);
        REQUIRE(order.images_before(step) == seen);
        const auto indices = order.batch(step);
        const bool last = batch + 1 == order.batches_per_epoch();
        const int remainder = examples - batch * batch_size;
        REQUIRE(int(indices.size()) == (last ? remainder : batch_size));
        seen += std::int64_t(indices.size());
        visited.insert(visited.end(), indices.begin(), indices.end());
      }
      if (examples > 30) CHECK(visited != previous);
      previous = visited;
      std::sort(visited.begin(), visited.end());
      REQUIRE(int(visited.size()) == examples);
      for (int i = 0; i < examples; ++i) REQUIRE(int(visited[std::size_t(i)]) == i);
    }
  }
}

TEST_CASE("A step's batch depends only on the seed and the step", "[dataset]") {
  const auto batch_of = [](EpochOrder& order, std::int64_t step) {
    const auto batch = order.batch(step);
    return std::vector<std::uint32_t>(batch.begin(), batch.end());
  };
  EpochOrder forward(3, 100, 32);
  std::vector<std::vector<std::uint32_t>> batches;
  for (std::int64_t step = 0; step < 12; ++step) batches.push_back(batch_of(forward, step));
  EpochOrder jumping(3, 100, 32);
  for (const std::int64_t step : {11, 0, 7, 3, 4, 8, 1}) {
    CHECK(batch_of(jumping, step) == batches[std::size_t(step)]);
  }
  EpochOrder other_seed(4, 100, 32);
  CHECK(batch_of(other_seed, 0) != batches[0]);
}

TEST_CASE("images_before is exact for very long runs", "[dataset]") {
  const EpochOrder order(1, 60'000, 32);
  CHECK(order.batches_per_epoch() == 1875);
  CHECK(order.images_before(1875 * std::int64_t{1'000'000'000}) == 60'000'000'000'000);
  const EpochOrder ragged(1, 100, 32);
  CHECK(ragged.images_before(3) == 96);
  CHECK(ragged.images_before(4) == 100);
  CHECK(ragged.images_before(5) == 132);
}
