// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Dropout masks: rate, structure, dependence on seed, layer and pass, and the backward pass.
#include "nn/dropout.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "support/small_gan.h"
#include "support/tensors.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

using Floats = std::vector<float>;

/// A forward and backward pass of ones with the given pass number.
Passes<float> pass_of(Sequential<float>& network, std::uint64_t number, BatchLayout layout) {
  network.set_pass_number(number);
  const std::size_t size =
      std::size_t(layout.groups * layout.group_size * network.input_features());
  return run_passes(network, layout, Floats(size, 1), Floats(size, 1));
}

Floats mask_of(Sequential<float>& network, std::uint64_t number, BatchLayout layout = {1, 33}) {
  return pass_of(network, number, layout).y;
}

std::unique_ptr<Sequential<float>> dropout(const LayerSpecs& specs, const Shape& shape,
                                           std::uint64_t seed = 1, std::uint32_t network = 0,
                                           int threads = 1) {
  static ThreadPool pools[] = {ThreadPool(1), ThreadPool(2), ThreadPool(3)};
  return make_network<float>(specs, shape, 8, pools[threads - 1], seed, network);
}

/// The share of zeros. Requires all other elements to be 1 / (1 - p).
double share_of_zeros(const Floats& mask, double p) {
  double zeros = 0;
  for (const float value : mask) {
    if (value == 0) {
      ++zeros;
    } else {
      REQUIRE(std::fabs(value * (1 - p) - 1) < 1e-6);
    }
  }
  return zeros / double(mask.size());
}

}  // namespace

TEST_CASE("Dropout zeroes about a share p of the elements and scales the others", "[dropout]") {
  for (const double p : {0.0, 0.1, 0.25, 0.5, 0.9}) {
    const auto network = dropout({DropoutSpec{p}}, Shape{700});
    const Floats mask = mask_of(*network, 3);
    const double n = double(mask.size());
    CHECK(std::fabs(share_of_zeros(mask, p) - p) <= 4 * std::sqrt(p * (1 - p) / n));
  }
}

TEST_CASE("Dropout2d zeroes whole channels", "[dropout]") {
  const auto network = dropout({Dropout2dSpec{0.25}}, Shape{60, 3, 5});
  const Floats mask = mask_of(*network, 3);
  Floats channels;
  for (std::size_t i = 0; i < mask.size(); i += 15) {
    for (std::size_t pixel = 1; pixel < 15; ++pixel) REQUIRE(mask[i + pixel] == mask[i]);
    channels.push_back(mask[i]);
  }
  CHECK(std::fabs(share_of_zeros(channels, 0.25) - 0.25) <
        4 * std::sqrt(0.25 * 0.75 / double(channels.size())));
}

TEST_CASE("The mask depends on pass number, seed, network and layer only", "[dropout]") {
  for (const LayerSpec& spec : {LayerSpec(DropoutSpec{}), LayerSpec(Dropout2dSpec{})}) {
    const Shape shape{40, 2, 2};
    const auto network = dropout({spec}, shape);
    const Floats mask = mask_of(*network, 5);
    CHECK(mask_of(*network, 6) != mask);
    CHECK(mask_of(*network, 5) == mask);
    CHECK(mask_of(*network, 5 + (std::uint64_t{1} << 40)) != mask);
    CHECK(mask_of(*dropout({spec}, shape), 5) == mask);
    CHECK(mask_of(*dropout({spec}, shape, 1, 0, /*threads=*/3), 5) == mask);
    CHECK(mask_of(*dropout({spec}, shape, /*seed=*/2), 5) != mask);
    CHECK(mask_of(*dropout({spec}, shape, 1, /*network=*/1), 5) != mask);
    // Another position in the same network.
    CHECK(mask_of(*dropout({LeakyReluSpec{}, spec}, shape), 5) != mask);
    // A smaller batch of full blocks has the same mask for its samples.
    const Floats fewer = mask_of(*network, 5, {1, 16});
    CHECK(std::equal(fewer.begin(), fewer.end(), mask.begin()));
  }
}

TEST_CASE("The backward pass uses the mask of the forward pass", "[dropout]") {
  for (const LayerSpec& spec : {LayerSpec(DropoutSpec{0.3}), LayerSpec(Dropout2dSpec{0.3})}) {
    const auto network = dropout({spec}, Shape{10, 2, 3}, 1, 0, 2);
    for (const BatchLayout layout : {BatchLayout{1, 5}, {2, 17}, {1, 64}}) {
      const auto passes = pass_of(*network, 9, layout);
      CHECK(passes.dx == passes.y);
      CHECK(passes.padding_is_zero);
    }
  }
}

TEST_CASE("Dropout is the identity in evaluation mode", "[dropout]") {
  for (const LayerSpec& spec : {LayerSpec(DropoutSpec{}), LayerSpec(Dropout2dSpec{})}) {
    const auto network = dropout({spec}, Shape{10, 2, 2});
    network->set_training(false);
    Random random(1);
    const auto x = random_values<float>(20 * 40, random);
    const auto passes = run_passes(*network, BatchLayout::of(20), x, x);
    CHECK(passes.y == x);
    CHECK(passes.dx == x);
    network->set_training(true);
    CHECK(run_passes(*network, BatchLayout::of(20), x, x).y != x);
  }
}
