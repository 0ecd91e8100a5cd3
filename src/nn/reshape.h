// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Flatten and torch.nn.Unflatten. Samples lie in memory alike in either shape, so neither
// computes anything.
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct FlattenSpec {
  static constexpr std::string_view kType = "flatten";
  static constexpr LayerTraits kTraits{
      .pytorch = "Flatten()  # {shape}", .piecewise_linear = true, .computes = false};
  static constexpr std::tuple<> kFields{};
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
  static constexpr LayerTraits kTraits{
      .pytorch = "Unflatten(1, {shape})", .piecewise_linear = true, .computes = false};
  static constexpr std::tuple kFields{Field{"channels", &ReshapeSpec::channels, {1, kMaxFeatures}},
                                      Field{"height", &ReshapeSpec::height, {1, kMaxFeatures}},
                                      Field{"width", &ReshapeSpec::width, {1, kMaxFeatures}}};
  Inferred infer(const LayerInput& input) const;
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const ReshapeSpec&, const ReshapeSpec&) = default;
};

}  // namespace ganvas
