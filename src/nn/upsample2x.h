// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Upsample(scale_factor=2, mode="nearest"): y[c][i][j] = x[c][i / 2][j / 2].
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct Upsample2xSpec {
  static constexpr std::string_view kType = "upsample2x";
  static constexpr std::string_view kPytorch = "Upsample(scale_factor=2)  # {shape}";
  static constexpr LayerTraits kTraits{.piecewise_linear = true};
  static constexpr std::array<NumberField, 0> kFields{};
  Inferred infer(const LayerInput& input) const;
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const Upsample2xSpec&, const Upsample2xSpec&) = default;
};

}  // namespace ganvas
