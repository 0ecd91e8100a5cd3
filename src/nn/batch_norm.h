// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.BatchNorm1d on flat samples and BatchNorm2d on images (Ioffe and Szegedy 2015): per
// channel over samples and pixels, affine, with running statistics. Each group of a batch is
// normalised separately, as in separate PyTorch calls.
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct BatchNormSpec {
  double eps = 1e-5;
  double momentum = 0.1;

  static constexpr std::string_view kType = "batch_norm";
  static constexpr std::string_view kPytorch =
      "BatchNorm{rank}d({in}, eps={eps}?, momentum={momentum}?)";
  static constexpr LayerTraits kTraits{};
  static constexpr std::array kFields{number<&BatchNormSpec::eps>("eps", {1e-12, 10}),
                                      number<&BatchNormSpec::momentum>("momentum", {0, 1})};
  Inferred infer(const LayerInput& input) const {
    return LayerShape{input.shape, 2 * std::int64_t{input.shape[0]}};
  }
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const BatchNormSpec&, const BatchNormSpec&) = default;
};

}  // namespace ganvas
