// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Class inputs and projections against loops over samples.
#include "nn/class_conditioning.h"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <vector>

#include "support/small_gan.h"
#include "support/tensors.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr int kClasses = 7;
const std::vector<BatchLayout> kLayouts{{1, 1}, {1, 6}, {1, 16}, {1, 33}, {2, 5}, {2, 17}};

ThreadPool& pool() {
  static ThreadPool two_threads(2);
  return two_threads;
}

template <typename T>
std::unique_ptr<Sequential<T>> build(const LayerSpec& spec, int features) {
  return make_network<T>({.name = "network", .seed = 4, .classes = kClasses, .max_blocks = 8},
                         {spec}, Shape{features}, pool());
}

/// Random labels, in sample order and in lane order.
struct Labels {
  std::vector<std::uint8_t> of_samples, lanes;

  Labels(BatchLayout layout, Random& random) : lanes(std::size_t(layout.blocks() * kLanes)) {
    for (int g = 0; g < layout.groups; ++g) {
      for (int s = 0; s < layout.group_size; ++s) {
        // The last class never occurs.
        of_samples.push_back(std::uint8_t(uniform_int(random, 0, kClasses - 2)));
        lanes[element_index(layout, 1, g, s, 0)] = of_samples.back();
      }
    }
  }
};

}  // namespace

TEMPLATE_TEST_CASE("Appends the class as a one-hot vector", "[class]", float, double) {
  using T = TestType;
  Random random(1);
  for (const int features : {1, 5, 16}) {
    const auto network = build<T>(ClassConcatSpec{}, features);
    const int outputs = features + kClasses;
    REQUIRE(network->output_shape() == Shape{outputs});
    CHECK(network->parameters().count() == 0);
    for (const BatchLayout layout : kLayouts) {
      const Labels labels(layout, random);
      network->set_labels(labels.lanes);
      const std::size_t samples = labels.of_samples.size();
      const auto x = random_values<T>(samples * std::size_t(features), random);
      const auto dy = random_values<T>(samples * std::size_t(outputs), random);
      const auto ours = run_passes(*network, layout, x, dy);
      std::vector<T> y;
      std::vector<T> dx;
      for (std::size_t s = 0; s < samples; ++s) {
        for (int f = 0; f < outputs; ++f) {
          const std::size_t at = s * std::size_t(features) + std::size_t(f);
          y.push_back(f < features ? x[at] : T(f - features == labels.of_samples[s]));
          if (f < features) dx.push_back(dy[s * std::size_t(outputs) + std::size_t(f)]);
        }
      }
      CHECK(ours.y == y);
      CHECK(ours.dx == dx);
      CHECK(ours.padding_is_zero);
    }
  }
}

TEMPLATE_TEST_CASE("Appends the embedding of the class after the features", "[class]", float,
                   double) {
  using T = TestType;
  Random random(2);
  const double eps = double(std::numeric_limits<T>::epsilon());
  for (const auto& [features, size] : {std::pair{1, 1}, {5, 10}, {16, 3}}) {
    const auto network = build<T>(ClassConcatSpec{.embedding_size = size}, features);
    const int outputs = features + size;
    const auto embedding = value_of(*network, "0.weight");
    REQUIRE(network->parameters().list()[0].shape == Shape{kClasses, size});
    for (const BatchLayout layout : kLayouts) {
      const Labels labels(layout, random);
      network->set_labels(labels.lanes);
      const std::size_t samples = labels.of_samples.size();
      const auto x = random_values<T>(samples * std::size_t(features), random);
      const auto dy = random_values<T>(samples * std::size_t(outputs), random);
      const auto ours = run_passes(*network, layout, x, dy);
      std::vector<T> y;
      std::vector<T> dx;
      std::vector<double> d_embedding(embedding.size());
      for (std::size_t s = 0; s < samples; ++s) {
        for (int f = 0; f < features; ++f) {
          y.push_back(x[s * std::size_t(features) + std::size_t(f)]);
          dx.push_back(dy[s * std::size_t(outputs) + std::size_t(f)]);
        }
        for (int f = 0; f < size; ++f) {
          const std::size_t at = labels.of_samples[s] * std::size_t(size) + std::size_t(f);
          y.push_back(embedding[at]);
          d_embedding[at] += double(dy[s * std::size_t(outputs) + std::size_t(features + f)]);
        }
      }
      CHECK(ours.y == y);
      CHECK(ours.dx == dx);
      CHECK(ours.padding_is_zero);
      const auto gradient = gradient_of(*network, "0.weight");
      CHECK(relative_error(gradient, d_embedding) < 16 * eps);
      run_passes(*network, layout, x, dy, Gradients::skip);
      CHECK(relative_error(gradient, d_embedding) < 16 * eps);
    }
  }
}

TEMPLATE_TEST_CASE(
    "A class projection is a linear layer with the class embedding added to its weight", "[class]",
    float, double) {
  using T = TestType;
  Random random(3);
  const double eps = double(std::numeric_limits<T>::epsilon());
  for (const int features : {1, 5, 16, 131}) {
    const auto network = build<T>(ClassProjectionSpec{}, features);
    REQUIRE(network->output_shape() == Shape{1});
    const auto weight = value_of(*network, "0.weight");
    const auto embedding = value_of(*network, "0.embedding.weight");
    for (const BatchLayout layout : kLayouts) {
      const Labels labels(layout, random);
      network->set_labels(labels.lanes);
      const std::size_t samples = labels.of_samples.size();
      const auto n = std::size_t(features);
      const auto x = random_values<T>(samples * n, random);
      const auto dy = random_values<T>(samples, random);
      const auto ours = run_passes(*network, layout, x, dy);
      std::vector<double> y, dx, d_weight(n), d_embedding(embedding.size()), d_bias(1);
      for (std::size_t s = 0; s < samples; ++s) {
        double sum = double(value_of(*network, "0.bias")[0]);
        for (std::size_t f = 0; f < n; ++f) {
          const std::size_t at = labels.of_samples[s] * n + f;
          const double total = double(weight[f]) + double(embedding[at]);
          const double product = double(dy[s]) * double(x[s * n + f]);
          sum += total * double(x[s * n + f]);
          dx.push_back(total * double(dy[s]));
          d_weight[f] += product;
          d_embedding[at] += product;
        }
        y.push_back(sum);
        d_bias[0] += double(dy[s]);
      }
      // The second time adds only products: a tangent pass does not change the bias gradient.
      for (const int times : {1, 2}) {
        if (times == 2) run_passes(*network, layout, x, dy, Gradients::add_products);
        for (auto* truth : {&d_weight, &d_embedding}) {
          for (double& d : *truth) d *= times;
        }
        CHECK(relative_error(gradient_of(*network, "0.weight"), d_weight) < 64 * eps);
        CHECK(relative_error(gradient_of(*network, "0.embedding.weight"), d_embedding) < 64 * eps);
        CHECK(std::fabs(double(gradient_of(*network, "0.bias")[0]) - d_bias[0]) < 128 * eps);
      }
      CHECK(relative_error(ours.y, y) < 64 * eps);
      CHECK(relative_error(ours.dx, dx) < 8 * eps);
      CHECK(ours.padding_is_zero);
    }
  }
}

TEST_CASE("Embeddings are initialised as in torch.nn.Embedding, projections with small values",
          "[class]") {
  const auto spread_of = [](const LayerSpec& spec, int features, const char* name) {
    const auto network = build<float>(spec, features);
    double squares = 0;
    const auto values = value_of(*network, name);
    for (const float value : values) squares += double(value) * double(value);
    return std::sqrt(squares / double(values.size()));
  };
  CHECK(std::fabs(spread_of(ClassConcatSpec{.embedding_size = 500}, 3, "0.weight") - 1) < 0.05);
  CHECK(std::fabs(spread_of(ClassProjectionSpec{}, 500, "0.embedding.weight") - 0.02) < 0.001);
}
