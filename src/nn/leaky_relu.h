// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.LeakyReLU, and torch.nn.ReLU as the case of slope 0: y = x if x > 0, else slope x.
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct LeakyReluSpec {
  double negative_slope = 0.01;

  static constexpr std::string_view kType = "leaky_relu";
  static constexpr std::string_view kPytorch = "LeakyReLU({negative_slope})";
  static constexpr LayerTraits kTraits{.piecewise_linear = true};
  static constexpr std::array kFields{
      number<&LeakyReluSpec::negative_slope>("negative_slope", {0, 1})};
  Inferred infer(const LayerInput& input) const { return LayerShape{input.shape}; }
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const LeakyReluSpec&, const LeakyReluSpec&) = default;
};

struct ReluSpec {
  static constexpr std::string_view kType = "relu";
  static constexpr std::string_view kPytorch = "ReLU()";
  static constexpr LayerTraits kTraits{.piecewise_linear = true};
  static constexpr std::array<NumberField, 0> kFields{};
  Inferred infer(const LayerInput& input) const { return LayerShape{input.shape}; }
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const ReluSpec&, const ReluSpec&) = default;
};

}  // namespace ganvas
