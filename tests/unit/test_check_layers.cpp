// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Shape inference against torch.nn, and the error messages for layers that do not fit.
#include "nn/check_layers.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "support/one_thread.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

NetworkOptions options(int classes = 0) {
  return {.name = "discriminator", .classes = classes, .max_blocks = 1};
}

Shape shape_of(const LayerSpec& spec, const Shape& input, int classes = 0) {
  return make_network<float>(options(classes), {spec, LeakyReluSpec{}}, input, pool())
      ->output_shape();
}

std::string error_of(const LayerSpec& spec, const Shape& input, int classes = 0) {
  const auto network =
      Sequential<float>::create(options(classes), LayerSpecs{TanhSpec{}, spec}, input, pool());
  REQUIRE_FALSE(network.ok());
  CHECK(network.error().code == ErrorCode::invalid_config);
  // About the layer, "layers[1] (linear) gets ...", or about a field, "layers[1].stride is ...".
  const std::string layer = "discriminator.layers[1]";
  const std::string type = " (" + std::string(type_name(spec)) + ") ";
  const std::string& message = network.error().message;
  REQUIRE(message.starts_with(layer));
  const bool of_field = message[layer.size()] == '.';
  CHECK((of_field || message.substr(layer.size()).starts_with(type)));
  return message.substr(layer.size() + (of_field ? 1 : type.size()));
}

}  // namespace

TEST_CASE("Inferred shapes match torch.nn", "[layers]") {
  const Shape image{3, 28, 20};
  CHECK(shape_of(LinearSpec{7}, {5}) == Shape{7});
  CHECK(shape_of(Conv2dSpec{8, 4, 2, 1}, image) == Shape{8, 14, 10});
  CHECK(shape_of(Conv2dSpec{8, 5, 2, 2}, image) == Shape{8, 14, 10});
  CHECK(shape_of(Conv2dSpec{8, 3, 2, 0}, image) == Shape{8, 13, 9});
  CHECK(shape_of(Conv2dSpec{8, 1, 3, 0}, image) == Shape{8, 10, 7});
  CHECK(shape_of(ConvTranspose2dSpec{8, 4, 2, 1, 0}, image) == Shape{8, 56, 40});
  CHECK(shape_of(ConvTranspose2dSpec{8, 3, 2, 1, 1}, image) == Shape{8, 56, 40});
  CHECK(shape_of(ConvTranspose2dSpec{8, 1, 3, 0, 2}, image) == Shape{8, 84, 60});
  CHECK(shape_of(BatchNormSpec{}, image) == image);
  CHECK(shape_of(DropoutSpec{}, image) == image);
  CHECK(shape_of(Dropout2dSpec{}, image) == image);
  CHECK(shape_of(MaxPool2dSpec{3}, image) == Shape{3, 9, 6});
  CHECK(shape_of(Upsample2xSpec{}, image) == Shape{3, 56, 40});
  CHECK(shape_of(FlattenSpec{}, image) == Shape{3 * 28 * 20});
  CHECK(shape_of(ReshapeSpec{3, 2, 2}, {12}) == Shape{3, 2, 2});
  CHECK(shape_of(ClassConcatSpec{}, {5}, 10) == Shape{15});
  CHECK(shape_of(ClassConcatSpec{4}, {5}, 10) == Shape{9});
  CHECK(shape_of(ClassProjectionSpec{}, {5}, 10) == Shape{1});
}

TEST_CASE("The error for a layer that does not fit names its input shape and the required one",
          "[layers]") {
  const std::string needs_flat =
      "expects flat samples (features,), got (3, 8, 8): insert flatten before it";
  for (const LayerSpec& spec :
       {LayerSpec(LinearSpec{3}), LayerSpec(ClassConcatSpec{}), LayerSpec(ClassProjectionSpec{})}) {
    CHECK(error_of(spec, {3, 8, 8}, 10) == needs_flat);
  }
  const std::string needs_image =
      "expects images (channels, height, width), got (64,): insert reshape before it";
  for (const LayerSpec& spec :
       {LayerSpec(Conv2dSpec{3, 3, 1, 1}), LayerSpec(ConvTranspose2dSpec{3, 3, 1, 1, 0}),
        LayerSpec(Dropout2dSpec{}), LayerSpec(MaxPool2dSpec{}), LayerSpec(Upsample2xSpec{})}) {
    CHECK(error_of(spec, {64}) == needs_image);
  }
  CHECK(error_of(ReshapeSpec{3, 5, 5}, {64}) == "cannot reshape (64,) to (3, 5, 5)");
  CHECK(error_of(ReshapeSpec{-1, -8, 8}, {64}) == "channels is -1, must be 1 to 131072");
  // 65536 * 65536 * 1 is 0 in a 32-bit size.
  CHECK(error_of(ReshapeSpec{65536, 65536, 1}, {64}) ==
        "cannot reshape (64,) to (65536, 65536, 1)");
  CHECK(error_of(Conv2dSpec{4, 11, 1, 1}, {3, 8, 8}) ==
        "kernel_size is 11, which is too large for samples of shape (3, 8, 8)");
  CHECK(error_of(ConvTranspose2dSpec{4, 1, 1, 4, 0}, {3, 8, 8}) ==
        "padding is 4, which gives an empty output for samples of shape (3, 8, 8)");
  for (const LayerSpec& spec : {LayerSpec(ClassConcatSpec{}), LayerSpec(ClassProjectionSpec{})}) {
    CHECK(error_of(spec, {64}) == "needs class labels, but the config has classes 0");
  }
}

TEST_CASE("The error for a layer value out of range names the value and its range", "[layers]") {
  const Shape image{3, 8, 8};
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(error_of(Conv2dSpec{0, 3, 1, 0}, image) == "out_channels is 0, must be 1 to 2048");
  CHECK(error_of(Conv2dSpec{2049, 3, 1, 0}, image) == "out_channels is 2049, must be 1 to 2048");
  CHECK(error_of(Conv2dSpec{4, 0, 1, 0}, image) == "kernel_size is 0, must be 1 to 31");
  CHECK(error_of(Conv2dSpec{4, 32, 1, 0}, image) == "kernel_size is 32, must be 1 to 31");
  CHECK(error_of(Conv2dSpec{4, 3, 0, 0}, image) == "stride is 0, must be 1 to 31");
  CHECK(error_of(Conv2dSpec{4, 3, 1, -1}, image) == "padding is -1, must be 0 to 31");
  CHECK(error_of(ConvTranspose2dSpec{4, 3, 2, 1, 2}, image) ==
        "output_padding is 2, must be 0 to 1");
  CHECK(error_of(ConvTranspose2dSpec{4, 3, 1, 1, -1}, image) ==
        "output_padding is -1, must be 0 to 30");
  CHECK(error_of(BatchNormSpec{.eps = 0}, image) == "eps is 0, must be 1e-12 to 10");
  CHECK(error_of(BatchNormSpec{.eps = nan}, image) == "eps is nan, must be 1e-12 to 10");
  CHECK(error_of(BatchNormSpec{.momentum = 1.5}, image) == "momentum is 1.5, must be 0 to 1");
  CHECK(error_of(DropoutSpec{1}, image).ends_with("must be at least 0 and below 1"));
  CHECK(error_of(Dropout2dSpec{-0.1}, image).ends_with("must be at least 0 and below 1"));
  CHECK(error_of(DropoutSpec{nan}, image).ends_with("must be at least 0 and below 1"));
  CHECK(error_of(MaxPool2dSpec{9}, image) ==
        "kernel_size is 9, which is too large for samples of shape (3, 8, 8)");
  CHECK(error_of(MaxPool2dSpec{0}, image) == "kernel_size is 0, must be 1 to 131072");
  CHECK(error_of(ClassConcatSpec{-1}, {5}, 10) == "embedding_size is -1, must be 0 to 2048");
}

TEST_CASE("Rejects layers that would exhaust memory", "[layers]") {
  CHECK(error_of(ConvTranspose2dSpec{2048, 31, 31, 0, 0}, {3, 28, 28}) ==
        "outputs more than 131072 numbers per sample");
  CHECK(error_of(Conv2dSpec{2048, 1, 1, 0}, {3, 28, 28}) ==
        "outputs more than 131072 numbers per sample");
  CHECK(error_of(Upsample2xSpec{}, {64, 32, 32}) == "outputs more than 131072 numbers per sample");
  CHECK(error_of(Conv2dSpec{2048, 31, 31, 31}, {128, 8, 8}) ==
        "gives the network more than 16777216 parameters");
  CHECK(error_of(LinearSpec{131072}, {131072}) ==
        "gives the network more than 16777216 parameters");
}
