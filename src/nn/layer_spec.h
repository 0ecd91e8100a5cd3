// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layers as data: what a preset or a config says, before shapes are known. Input sizes are
// inferred.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

namespace ganvas {

struct LinearSpec {
  int out_features;
  friend bool operator==(const LinearSpec&, const LinearSpec&) = default;
};
struct LeakyReluSpec {
  double negative_slope;
  friend bool operator==(const LeakyReluSpec&, const LeakyReluSpec&) = default;
};
struct TanhSpec {
  friend bool operator==(const TanhSpec&, const TanhSpec&) = default;
};
struct SigmoidSpec {
  friend bool operator==(const SigmoidSpec&, const SigmoidSpec&) = default;
};

using LayerSpec = std::variant<LinearSpec, LeakyReluSpec, TanhSpec, SigmoidSpec>;
using LayerSpecs = std::vector<LayerSpec>;

/// The layer's name in configs: "linear", "leaky_relu", "tanh", "sigmoid".
std::string_view layer_type_name(const LayerSpec& spec);

}  // namespace ganvas
