// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Sigmoid.
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct SigmoidSpec {
  static constexpr std::string_view kType = "sigmoid";
  static constexpr LayerTraits kTraits{.pytorch = "Sigmoid()"};
  static constexpr std::tuple<> kFields{};
  Inferred infer(const LayerInput& input) const { return LayerShape{input.shape}; }
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const SigmoidSpec&, const SigmoidSpec&) = default;
};

}  // namespace ganvas
