// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Linear: y = x W^T + b, W (out_features, in_features), b (out_features,).
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct LinearSpec {
  int out_features = 0;

  static constexpr std::string_view kType = "linear";
  static constexpr std::string_view kPytorch = "Linear({in}, {out_features})";
  static constexpr LayerTraits kTraits{.piecewise_linear = true};
  static constexpr std::array kFields{
      number<&LinearSpec::out_features>("out_features", {1, kMaxFeatures})};
  Inferred infer(const LayerInput& input) const;
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const LinearSpec&, const LinearSpec&) = default;
};

}  // namespace ganvas
