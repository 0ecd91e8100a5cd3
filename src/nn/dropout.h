// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Dropout and Dropout2d: in training, each element (each channel) is set to zero with
// probability p, and the others are scaled by 1 / (1 - p). In evaluation the layer does nothing.
// Masks come from counter-based streams: passes with the same number drop the same elements.
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct DropoutSpec {
  double p = 0.5;

  static constexpr std::string_view kType = "dropout";
  static constexpr std::string_view kPytorch = "Dropout({p})";
  static constexpr LayerTraits kTraits{.piecewise_linear = true};
  static constexpr std::array kFields{number<&DropoutSpec::p>("p", {0, 1, true})};
  Inferred infer(const LayerInput& input) const { return LayerShape{input.shape}; }
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const DropoutSpec&, const DropoutSpec&) = default;
};

struct Dropout2dSpec {
  double p = 0.5;

  static constexpr std::string_view kType = "dropout2d";
  static constexpr std::string_view kPytorch = "Dropout2d({p})";
  static constexpr LayerTraits kTraits{.piecewise_linear = true};
  static constexpr std::array kFields{number<&Dropout2dSpec::p>("p", {0, 1, true})};
  Inferred infer(const LayerInput& input) const;
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const Dropout2dSpec&, const Dropout2dSpec&) = default;
};

}  // namespace ganvas
