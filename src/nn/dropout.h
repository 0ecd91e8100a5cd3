// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Dropout and Dropout2d: in training each element (each channel) is zero with probability
// p, the others are scaled by 1 / (1 - p); in evaluation nothing happens. Masks come from
// counter-based streams: a pass of the same number in the same run drops the same elements.
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct DropoutSpec {
  double p = 0.5;

  static constexpr std::string_view kType = "dropout";
  static constexpr LayerTraits kTraits{.pytorch = "Dropout({p})", .piecewise_linear = true};
  static constexpr std::tuple kFields{Field{"p", &DropoutSpec::p, {0, 1, true}}};
  Inferred infer(const LayerInput& input) const { return LayerShape{input.shape}; }
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const DropoutSpec&, const DropoutSpec&) = default;
};

struct Dropout2dSpec {
  double p = 0.5;

  static constexpr std::string_view kType = "dropout2d";
  static constexpr LayerTraits kTraits{.pytorch = "Dropout2d({p})", .piecewise_linear = true};
  static constexpr std::tuple kFields{Field{"p", &Dropout2dSpec::p, {0, 1, true}}};
  Inferred infer(const LayerInput& input) const;
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const Dropout2dSpec&, const Dropout2dSpec&) = default;
};

}  // namespace ganvas
