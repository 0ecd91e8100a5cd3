// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A textbook implementation of Sequential: row-major samples, plain loops, the C library's
// functions, double precision. It copies its weights from the network under test but shares no
// other code with it.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <variant>
#include <vector>

#include "nn/layer_spec.h"
#include "nn/sequential.h"

namespace ganvas::test {

using Rows = std::vector<double>;  // (samples, features), row-major

struct NaiveLayer {
  LayerSpec spec;
  std::size_t in, out;
  Rows weight, bias;      // Linear: (out, in) and (out)
  Rows d_weight, d_bias;  // after backward()
};

class NaiveNetwork {
 public:
  template <typename T>
  NaiveNetwork(const LayerSpecs& specs, const Sequential<T>& network) {
    auto features = std::size_t(network.input_features());
    const Parameters<T>& parameters = network.parameters();
    std::size_t next = 0;
    const auto take = [&]([[maybe_unused]] const std::string& name) {
      const NamedTensor& parameter = parameters.list()[next++];
      assert(parameter.name == name);
      const auto values = Parameters<T>::slice(parameters.values(), parameter);
      return Rows(values.begin(), values.end());
    };
    for (std::size_t i = 0; i < specs.size(); ++i) {
      NaiveLayer layer{specs[i], features, features, {}, {}, {}, {}};
      if (const auto* linear = std::get_if<LinearSpec>(&specs[i])) {
        layer.out = std::size_t(linear->out_features);
        layer.weight = take(std::to_string(i) + ".weight");
        layer.bias = take(std::to_string(i) + ".bias");
      }
      features = layer.out;
      layers_.push_back(std::move(layer));
    }
  }

  const std::vector<NaiveLayer>& layers() const { return layers_; }
  /// The input of layer i in the last forward(); for i = layers().size(), the output.
  const Rows& activation(std::size_t i) const { return activations_[i]; }

  const Rows& forward(const Rows& x) {
    activations_ = {x};
    for (const NaiveLayer& layer : layers_)
      activations_.push_back(apply(layer, activations_.back()));
    return activations_.back();
  }

  /// Returns d loss / d input and stores d loss / d parameters in the layers.
  Rows backward(Rows dy) {
    for (std::size_t i = layers_.size(); i-- > 0;) {
      dy = differentiate(layers_[i], activations_[i], activations_[i + 1], dy);
    }
    return dy;
  }

  /// The smallest |input| of any LeakyReLU in the last forward(): the distance to its kink.
  double distance_to_kink() const {
    double distance = HUGE_VAL;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      if (!std::holds_alternative<LeakyReluSpec>(layers_[i].spec)) continue;
      for (const double value : activations_[i]) distance = std::fmin(distance, std::fabs(value));
    }
    return distance;
  }

 private:
  static Rows apply(const NaiveLayer& layer, const Rows& x) {
    if (!std::holds_alternative<LinearSpec>(layer.spec)) {
      Rows y = x;
      for (double& value : y) value = activate(layer.spec, value);
      return y;
    }
    const std::size_t samples = x.size() / layer.in;
    Rows y(samples * layer.out);
    for (std::size_t s = 0; s < samples; ++s) {
      for (std::size_t o = 0; o < layer.out; ++o) {
        double sum = layer.bias[o];
        for (std::size_t i = 0; i < layer.in; ++i) {
          sum += layer.weight[o * layer.in + i] * x[s * layer.in + i];
        }
        y[s * layer.out + o] = sum;
      }
    }
    return y;
  }

  static double activate(const LayerSpec& spec, double x) {
    if (const auto* leaky = std::get_if<LeakyReluSpec>(&spec)) {
      return x > 0 ? x : leaky->negative_slope * x;
    }
    return std::holds_alternative<TanhSpec>(spec) ? std::tanh(x) : 1 / (1 + std::exp(-x));
  }

  static double slope(const LayerSpec& spec, double x, double y) {
    if (const auto* leaky = std::get_if<LeakyReluSpec>(&spec)) {
      return x > 0 ? 1 : leaky->negative_slope;
    }
    return std::holds_alternative<TanhSpec>(spec) ? 1 - y * y : y * (1 - y);
  }

  static Rows differentiate(NaiveLayer& layer, const Rows& x, const Rows& y, const Rows& dy) {
    Rows dx(x.size());
    if (!std::holds_alternative<LinearSpec>(layer.spec)) {
      for (std::size_t i = 0; i < x.size(); ++i) dx[i] = dy[i] * slope(layer.spec, x[i], y[i]);
      return dx;
    }
    layer.d_weight.assign(layer.weight.size(), 0);
    layer.d_bias.assign(layer.bias.size(), 0);
    for (std::size_t s = 0; s < x.size() / layer.in; ++s) {
      for (std::size_t o = 0; o < layer.out; ++o) {
        const double d = dy[s * layer.out + o];
        layer.d_bias[o] += d;
        for (std::size_t i = 0; i < layer.in; ++i) {
          layer.d_weight[o * layer.in + i] += d * x[s * layer.in + i];
          dx[s * layer.in + i] += d * layer.weight[o * layer.in + i];
        }
      }
    }
    return dx;
  }

  std::vector<NaiveLayer> layers_;
  std::vector<Rows> activations_;
};

}  // namespace ganvas::test
