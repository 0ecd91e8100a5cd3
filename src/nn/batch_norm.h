// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.BatchNorm1d on flat samples and BatchNorm2d on images (Ioffe and Szegedy 2015): per
// channel over samples and pixels, affine, with running statistics. Each group of a batch has
// statistics of its own, as if the groups had come in separate calls.
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct BatchNormSpec {
  double eps = 1e-5;
  double momentum = 0.1;

  static constexpr std::string_view kType = "batch_norm";
  static constexpr LayerTraits kTraits{
      .pytorch = "BatchNorm{rank}d({in}, eps={eps}?, momentum={momentum}?)"};
  static constexpr std::tuple kFields{Field{"eps", &BatchNormSpec::eps, {1e-12, 10}},
                                      Field{"momentum", &BatchNormSpec::momentum, {0, 1}}};
  Inferred infer(const LayerInput& input) const {
    return LayerShape{input.shape, 2 * std::int64_t{input.shape[0]}};
  }
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const BatchNormSpec&, const BatchNormSpec&) = default;
};

}  // namespace ganvas
