// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The flat parameters of a network: PyTorch's names and shapes, memory layout and initialisation.
#include "nn/parameters.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "nn/sequential.h"
#include "support/small_gan.h"

using namespace ganvas;

namespace {

ThreadPool& pool() {
  static ThreadPool one_thread(1);
  return one_thread;
}

const LayerSpecs kSpecs{LinearSpec{25}, LeakyReluSpec{0.01}, LinearSpec{7}, TanhSpec{}};

template <typename T>
std::unique_ptr<Sequential<T>> network(std::uint64_t seed, std::uint32_t id) {
  return test::make_network<T>(kSpecs, Shape{11}, 1, pool(), seed, id);
}

template <typename T>
std::vector<double> values_of(const Sequential<T>& network) {
  const T* values = network.parameters().values();
  return {values, values + network.parameters().flat_size()};
}

}  // namespace

TEST_CASE("Parameters have the names and shapes of PyTorch's state_dict", "[parameters]") {
  const auto net = network<float>(1, 0);
  const auto& list = net->parameters().list();
  REQUIRE(list.size() == 4);
  const std::vector<std::pair<std::string, Shape>> expected{
      {"0.weight", {25, 11}}, {"0.bias", {25}}, {"2.weight", {7, 25}}, {"2.bias", {7}}};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(list[i].name == expected[i].first);
    CHECK(list[i].shape == expected[i].second);
  }
}

TEST_CASE("Parameters start on separate cache lines, padded with zeros", "[parameters]") {
  const auto net = network<float>(1, 0);
  const Parameters<float>& parameters = net->parameters();
  std::set<std::size_t> used;
  for (const NamedTensor& parameter : parameters.list()) {
    CHECK(parameter.offset % kLanes == 0);
    const auto values = Parameters<float>::slice(parameters.values(), parameter);
    CHECK(values.size() == parameter.shape.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      REQUIRE(used.insert(parameter.offset + i).second);
    }
  }
  for (std::size_t i = 0; i < parameters.flat_size(); ++i) {
    if (!used.contains(i)) REQUIRE(parameters.values()[i] == 0);
  }
  CHECK(parameters.flat_size() % kLanes == 0);
}

TEST_CASE("Linear initialises weight and bias uniformly within 1 / sqrt(fan_in)", "[parameters]") {
  constexpr int kIn = 400;
  constexpr int kOut = 500;
  const auto net = test::make_network<float>({LinearSpec{kOut}}, Shape{kIn}, 1, pool(), 3);
  Parameters<float>& parameters = net->parameters();
  const double bound = 1 / std::sqrt(double(kIn));
  for (const NamedTensor& parameter : parameters.list()) {
    const auto values = Parameters<float>::slice(parameters.values(), parameter);
    const double n = double(values.size());
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (const float value : values) {
      sum += double(value) / bound;
      squares += std::pow(double(value) / bound, 2);
      largest = std::fmax(largest, std::fabs(double(value)));
    }
    INFO(parameter.name);
    CHECK(largest <= bound);
    CHECK(largest > 0.98 * bound);
    CHECK(std::fabs(sum / n) < 4 * std::sqrt(1 / (3 * n)));
    CHECK(std::fabs(squares / n - 1.0 / 3) < 4 * std::sqrt(4 / (45 * n)));
  }
}

TEST_CASE("The same seed draws the same parameters in float and double", "[parameters]") {
  CHECK(values_of(*network<float>(1, 0)) == values_of(*network<float>(1, 0)));
  CHECK(values_of(*network<float>(1, 0)) == values_of(*network<double>(1, 0)));
}

TEST_CASE("Different seeds, networks and tensors have different parameters", "[parameters]") {
  const auto base = values_of(*network<float>(1, 0));
  for (const auto& other : {values_of(*network<float>(2, 0)), values_of(*network<float>(1, 1))}) {
    int equal = 0;
    for (std::size_t i = 0; i < base.size(); ++i) equal += base[i] == other[i] && base[i] != 0;
    CHECK(equal == 0);
  }
  // Weight and bias of one layer have the same bound but different values.
  const auto net = network<float>(1, 0);
  const auto& list = net->parameters().list();
  CHECK(net->parameters().values()[list[0].offset] != net->parameters().values()[list[1].offset]);
}

TEST_CASE("Gradients start at zero", "[parameters]") {
  const auto net = network<float>(1, 0);
  const float* gradients = net->parameters().gradients();
  CHECK(std::all_of(gradients, gradients + net->parameters().flat_size(),
                    [](float g) { return g == 0; }));
}
