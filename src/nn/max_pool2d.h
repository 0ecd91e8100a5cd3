// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.MaxPool2d: y[c][i][j] = the maximum of a kernel x kernel window of x. Windows do not
// overlap; rows and columns left over at the end are ignored.
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct MaxPool2dSpec {
  int kernel_size = 2;

  static constexpr std::string_view kType = "max_pool2d";
  static constexpr std::string_view kPytorch = "MaxPool2d({kernel_size})  # {shape}";
  static constexpr LayerTraits kTraits{};
  static constexpr std::array kFields{
      number<&MaxPool2dSpec::kernel_size>("kernel_size", {1, kMaxFeatures})};
  Inferred infer(const LayerInput& input) const;
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const MaxPool2dSpec&, const MaxPool2dSpec&) = default;
};

}  // namespace ganvas
