// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Flatten and torch.nn.Unflatten. They change the shape of a sample but not its memory, so
// neither computes anything.
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct FlattenSpec {
  static constexpr std::string_view kType = "flatten";
  static constexpr std::string_view kPytorch = "Flatten()  # {shape}";
  static constexpr LayerTraits kTraits{.piecewise_linear = true, .computes = false};
  static constexpr std::array<NumberField, 0> kFields{};
  Inferred infer(const LayerInput& input) const {
    return LayerShape{Shape{static_cast<int>(input.shape.size())}};
  }
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const FlattenSpec&, const FlattenSpec&) = default;
};

struct ReshapeSpec {
  int channels = 0;
  int height = 0;
  int width = 0;

  static constexpr std::string_view kType = "reshape";
  static constexpr std::string_view kPytorch = "Unflatten(1, {shape})";
  static constexpr LayerTraits kTraits{.piecewise_linear = true, .computes = false};
  static constexpr std::array kFields{number<&ReshapeSpec::channels>("channels", {1, kMaxFeatures}),
                                      number<&ReshapeSpec::height>("height", {1, kMaxFeatures}),
                                      number<&ReshapeSpec::width>("width", {1, kMaxFeatures})};
  Inferred infer(const LayerInput& input) const;
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const ReshapeSpec&, const ReshapeSpec&) = default;
};

}  // namespace ganvas
