// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Tanh and Sigmoid.
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct TanhSpec {
  static constexpr std::string_view kType = "tanh";
  static constexpr std::string_view kPytorch = "Tanh()";
  static constexpr LayerTraits kTraits{};
  static constexpr std::array<NumberField, 0> kFields{};
  Inferred infer(const LayerInput& input) const { return LayerShape{input.shape}; }
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const TanhSpec&, const TanhSpec&) = default;
};

struct SigmoidSpec {
  static constexpr std::string_view kType = "sigmoid";
  static constexpr std::string_view kPytorch = "Sigmoid()";
  static constexpr LayerTraits kTraits{};
  static constexpr std::array<NumberField, 0> kFields{};
  Inferred infer(const LayerInput& input) const { return LayerShape{input.shape}; }
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const SigmoidSpec&, const SigmoidSpec&) = default;
};

}  // namespace ganvas
