// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layers and networks, forward and backward, against the naive network; options of backward(); and
// errors for layer lists that do not fit.
#include <algorithm>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "nn/sequential.h"
#include "support/naive_network.h"
#include "support/packed.h"
#include "support/report.h"
#include "support/small_gan.h"
#include "support/tensors.h"

using namespace ganvas;
using ganvas::test::NaiveNetwork;
using ganvas::test::pack;
using ganvas::test::Random;
using ganvas::test::random_values;
using ganvas::test::relative_error;
using ganvas::test::Rows;
using ganvas::test::unpack;

namespace {

ThreadPool& pool() {
  static ThreadPool two_threads(2);
  return two_threads;
}

template <typename T>
std::unique_ptr<Sequential<T>> build(const LayerSpecs& specs, int features, int max_blocks = 8) {
  return test::make_network<T>(specs, Shape{features}, max_blocks, pool(), /*seed=*/5);
}

std::string creation_error(const LayerSpecs& specs, Shape input = {8}) {
  const auto network = Sequential<float>::create({.name = "generator"}, specs, input, pool());
  REQUIRE_FALSE(network.ok());
  CHECK(network.error().code == ErrorCode::invalid_config);
  return network.error().message;
}

/// The largest relative error of y, dx and all parameter gradients for one batch.
template <typename T>
double worst_error(const LayerSpecs& specs, int features, BatchLayout layout) {
  const auto network = build<T>(specs, features);
  NaiveNetwork naive(specs, *network);
  Random random(11);
  const auto samples = std::size_t(layout.groups * layout.group_size);
  const Rows x_rows = random_values<double>(samples * std::size_t(features), random, -2, 2);
  const Rows dy_rows =
      random_values<double>(samples * std::size_t(network->output_features()), random);

  // Padding lanes of the input can have any finite value; those of dy are zero.
  const auto x = pack<T>(x_rows, layout, features, /*padding=*/T(3));
  const auto dy = pack<T>(dy_rows, layout, network->output_features());
  AlignedBuffer<T> y(dy.size());
  AlignedBuffer<T> dx(x.size());
  network->forward(layout, x.data(), y.data());
  network->backward(dy.data(), dx.data(), Gradients::overwrite);

  const Rows& y_truth = naive.forward(x_rows);
  const Rows dx_truth = naive.backward(dy_rows);
  double worst =
      relative_error(unpack<double>(y.data(), layout, network->output_features()), y_truth);
  worst = std::fmax(worst, relative_error(unpack<double>(dx.data(), layout, features), dx_truth));
  std::size_t next = 0;
  for (const auto& layer : naive.layers()) {
    if (layer.weight.empty()) continue;
    for (const Rows* truth : {&layer.d_weight, &layer.d_bias}) {
      const NamedTensor& parameter = network->parameters().list()[next++];
      const auto ours = Parameters<T>::slice(network->parameters().gradients(), parameter);
      worst = std::fmax(worst, relative_error(std::vector<T>(ours.begin(), ours.end()), *truth));
    }
  }
  return worst;
}

const std::vector<BatchLayout> kLayouts{{1, 1}, {1, 6}, {1, 16}, {1, 33}, {2, 5}, {2, 16}, {3, 17}};

}  // namespace

TEMPLATE_TEST_CASE("Each layer matches the naive network forward and backward", "[layers]", float,
                   double) {
  const std::vector<std::pair<std::string, LayerSpec>> layers{
      {"linear 1", LinearSpec{1}},
      {"linear 7", LinearSpec{7}},
      {"linear 20", LinearSpec{20}},
      {"leaky_relu 0.01", LeakyReluSpec{0.01}},
      {"leaky_relu 0.2", LeakyReluSpec{0.2}},
      {"leaky_relu 0", LeakyReluSpec{0}},
      {"leaky_relu 1", LeakyReluSpec{1}},
      {"tanh", TanhSpec{}},
      {"sigmoid", SigmoidSpec{}}};
  const double bound = 16 * double(std::numeric_limits<TestType>::epsilon());
  double worst = 0;
  for (const auto& [name, spec] : layers) {
    for (const int features : {1, 5, 16, 19}) {
      for (const BatchLayout layout : kLayouts) {
        INFO(name << " on " << features << " features, " << layout.groups << " groups of "
                  << layout.group_size);
        const double error = worst_error<TestType>({spec}, features, layout);
        CHECK(error <= bound);
        worst = std::fmax(worst, error);
      }
    }
  }
  test::report("single layers against loops in double, relative:", worst);
}

TEMPLATE_TEST_CASE("Networks match the naive network forward and backward", "[layers]", float,
                   double) {
  const std::vector<LayerSpecs> lists{
      {LinearSpec{12}, LeakyReluSpec{0.01}, LinearSpec{20}, TanhSpec{}},
      {LinearSpec{10}, LeakyReluSpec{0.01}, LinearSpec{1}},
      {TanhSpec{}, SigmoidSpec{}, LeakyReluSpec{0.2}},
      {LinearSpec{30}, LinearSpec{2}, LinearSpec{30}, SigmoidSpec{}, LinearSpec{3}},
  };
  const double bound = 64 * double(std::numeric_limits<TestType>::epsilon());
  double worst = 0;
  for (const LayerSpecs& specs : lists) {
    for (const BatchLayout layout : kLayouts) {
      const double error = worst_error<TestType>(specs, 8, layout);
      CHECK(error <= bound);
      worst = std::fmax(worst, error);
    }
  }
  test::report("lists of layers against loops in double, relative:", worst);
}

TEST_CASE("LeakyReLU has its negative slope at zero, as in PyTorch", "[layers]") {
  const auto network = build<float>({LeakyReluSpec{0.25}}, 4);
  const auto layout = BatchLayout::of(1);
  const auto x = pack<float>(Rows{0.0, -0.0, 1e-30, -1e-30}, layout, 4);
  const auto dy = pack<float>(Rows{1, 1, 1, 1}, layout, 4);
  AlignedBuffer<float> y(x.size());
  AlignedBuffer<float> dx(x.size());
  network->forward(layout, x.data(), y.data());
  network->backward(dy.data(), dx.data(), Gradients::skip);
  CHECK(unpack<double>(dx.data(), layout, 4) == Rows{0.25, 0.25, 1, 0.25});
}

TEST_CASE("Batch sizes can change between passes", "[layers]") {
  const LayerSpecs specs{LinearSpec{9}, LeakyReluSpec{0.1}, LinearSpec{4}};
  const auto reused = build<double>(specs, 6, /*max_blocks=*/4);
  Random random(3);
  for (const int size : {64, 1, 33, 64, 16, 7}) {
    const auto layout = BatchLayout::of(size);
    const Rows rows = random_values<double>(std::size_t(size * 6), random);
    const auto x = pack<double>(rows, layout, 6);
    AlignedBuffer<double> y(layout.storage(4));
    reused->forward(layout, x.data(), y.data());
    NaiveNetwork naive(specs, *reused);
    CHECK(relative_error(unpack<double>(y.data(), layout, 4), naive.forward(rows)) < 1e-14);
  }
}

TEST_CASE("backward() with Gradients::skip leaves parameter gradients unchanged", "[layers]") {
  const LayerSpecs specs{LinearSpec{9}, LeakyReluSpec{0.1}, LinearSpec{4}};
  const auto network = build<float>(specs, 6);
  const auto layout = BatchLayout::of(20);
  Random random(4);
  const auto x = pack<float>(random_values<double>(120, random), layout, 6);
  const auto dy = pack<float>(random_values<double>(80, random), layout, 4);
  AlignedBuffer<float> y(dy.size());
  AlignedBuffer<float> dx(x.size());
  network->forward(layout, x.data(), y.data());

  float* gradients = network->parameters().gradients();
  const std::size_t size = network->parameters().flat_size();
  std::fill_n(gradients, size, 123.0f);
  network->backward(dy.data(), dx.data(), Gradients::skip);
  CHECK(std::all_of(gradients, gradients + size, [](float g) { return g == 123.0f; }));
  CHECK(std::any_of(dx.data(), dx.data() + dx.size(), [](float g) { return g != 0; }));
}

TEST_CASE("backward() with Gradients::overwrite does so with and without dx", "[layers]") {
  const LayerSpecs specs{LinearSpec{9}, LeakyReluSpec{0.1}, LinearSpec{4}};
  const auto network = build<float>(specs, 6);
  const auto layout = BatchLayout::of(20);
  Random random(4);
  const auto x = pack<float>(random_values<double>(120, random), layout, 6);
  const auto dy = pack<float>(random_values<double>(80, random), layout, 4);
  AlignedBuffer<float> y(dy.size());
  AlignedBuffer<float> dx(x.size());
  network->forward(layout, x.data(), y.data());
  const auto gradients = [&] {
    const float* flat = network->parameters().gradients();
    return std::vector<float>(flat, flat + network->parameters().flat_size());
  };
  network->backward(dy.data(), dx.data(), Gradients::overwrite);
  const auto first = gradients();
  network->backward(dy.data(), dx.data(), Gradients::overwrite);
  CHECK(gradients() == first);
  float* const no_dx = nullptr;
  network->backward(dy.data(), no_dx, Gradients::overwrite);
  CHECK(gradients() == first);
}

TEST_CASE("The error for a layer list that does not fit names the layer and the reason",
          "[layers]") {
  CHECK(creation_error({}) == "generator.layers must contain a layer that computes something");
  CHECK(creation_error(LayerSpecs(65, TanhSpec{})) == "generator.layers has more than 64 entries");
  CHECK(creation_error({TanhSpec{}, LinearSpec{0}}) ==
        "generator.layers[1].out_features is 0, must be 1 to 131072");
  CHECK(creation_error({LinearSpec{-3}}).starts_with("generator.layers[0].out_features is "));
  CHECK(creation_error({LinearSpec{131073}}).starts_with("generator.layers[0].out_features is "));
  CHECK(creation_error({TanhSpec{}, LinearSpec{3}}, Shape{2, 4}) ==
        "generator.layers[1] (linear) expects flat samples (features,), got (2, 4): "
        "insert flatten before it");
}

TEST_CASE("Rejects layer lists that would exhaust memory", "[layers]") {
  CHECK(creation_error({LinearSpec{65535}, SigmoidSpec{}, LinearSpec{65535}}) ==
        "generator.layers[2] (linear) gives the network more than 16777216 parameters");
  // 65536 * 65536 is 0 in a 32-bit size.
  CHECK(creation_error({LinearSpec{65536}, SigmoidSpec{}, LinearSpec{65536}})
            .starts_with("generator.layers[2] (linear) gives the network more than"));
  // Each layer is small enough on its own.
  CHECK(creation_error({LinearSpec{3000}, LinearSpec{3000}, LinearSpec{3000}})
            .starts_with("generator.layers[2] (linear) gives the network more than"));
  CHECK(creation_error(LayerSpecs(64, TanhSpec{}), Shape{65536}) ==
        "generator.layers[63] (tanh) gives the network more than 67108864 activations per batch");
}

TEST_CASE("Rejects negative slopes outside 0 to 1", "[layers]") {
  const std::vector<std::pair<double, std::string>> slopes{
      {-0.01, "-0.01"},
      {1.01, "1.01"},
      {std::numeric_limits<double>::quiet_NaN(), "nan"},
      {std::numeric_limits<double>::infinity(), "inf"}};
  for (const auto& [slope, number] : slopes) {
    CHECK(creation_error({LeakyReluSpec{slope}}) ==
          "generator.layers[0].negative_slope is " + number + ", must be 0 to 1");
  }
}
