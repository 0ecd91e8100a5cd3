// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Forward and backward passes on row-major samples, and access to tensors by name.
#pragma once

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <span>
#include <string_view>
#include <vector>

#include "nn/sequential.h"
#include "support/larger_error.h"
#include "support/packed.h"

namespace ganvas::test {

template <typename T>
struct Passes {
  std::vector<T> y, dx;         // row-major
  bool padding_is_zero = true;  // in dx
};

/// Runs forward() and backward() on a batch. Padding lanes are 3 in x and 0 in dy.
template <typename T>
Passes<T> run_passes(Sequential<T>& network, BatchLayout layout, const std::vector<T>& x_rows,
                     const std::vector<T>& dy_rows, Gradients gradients = Gradients::overwrite) {
  const int in = network.input_features();
  const int out = network.output_features();
  const auto x = pack<T>(x_rows, layout, in, /*padding=*/T(3));
  const auto dy = pack<T>(dy_rows, layout, out);
  AlignedBuffer<T> y(dy.size());
  AlignedBuffer<T> dx(x.size());
  std::fill_n(dx.data(), dx.size(), T(77));
  network.forward(layout, x.data(), y.data());
  network.backward(dy.data(), dx.data(), gradients);
  Passes<T> passes{unpack<T>(y.data(), layout, out), unpack<T>(dx.data(), layout, in), true};
  const auto back = pack<T>(passes.dx, layout, in);
  for (std::size_t i = 0; i < dx.size(); ++i) passes.padding_is_zero &= dx[i] == back[i];
  return passes;
}

template <typename T>
std::span<T> tensor_of(NamedTensors<T>& tensors, T* flat, std::string_view name) {
  for (const NamedTensor& tensor : tensors.list()) {
    if (tensor.name == name) return NamedTensors<T>::slice(flat, tensor);
  }
  FAIL("no tensor " << name);
  return {};
}
template <typename T>
std::span<T> value_of(Sequential<T>& network, std::string_view name) {
  return tensor_of<T>(network.parameters(), network.parameters().values(), name);
}
template <typename T>
std::span<T> gradient_of(Sequential<T>& network, std::string_view name) {
  return tensor_of<T>(network.parameters(), network.parameters().gradients(), name);
}
template <typename T>
std::span<T> buffer_of(Sequential<T>& network, std::string_view name) {
  return tensor_of<T>(network.buffers(), network.buffers().values(), name);
}

template <typename T>
void fill_random(std::span<T> values, Random& random, double low = -1, double high = 1) {
  for (T& value : values) value = T(uniform(random, low, high));
}

template <typename Ours, typename Truth>
double absolute_error(const Ours& ours, const Truth& truth) {
  REQUIRE(truth.size() > 0);
  REQUIRE(ours.size() == truth.size());
  double difference = 0;
  for (std::size_t i = 0; i < truth.size(); ++i)
    difference = larger_error(difference, std::fabs(double(ours[i]) - double(truth[i])));
  return difference;
}

/// The largest difference, divided by the largest magnitude in `truth`.
template <typename Ours, typename Truth>
double relative_error(const Ours& ours, const Truth& truth) {
  const double difference = absolute_error(ours, truth);
  double magnitude = 0;
  for (const auto value : truth) magnitude = std::fmax(magnitude, std::fabs(double(value)));
  return magnitude > 0 ? difference / magnitude : difference;
}

}  // namespace ganvas::test
