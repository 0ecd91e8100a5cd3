// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Two ways to condition a network on the class of a sample: as additional input features
// (conditional GAN, Mirza and Osindero 2014), or by projection in the discriminator (Miyato and
// Koyama 2018). Labels are set with Layer::set_labels().
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

/// y = [x, c], where c is the class as one-hot (classes,) or as a row of a torch.nn.Embedding
/// (classes, embedding_size).
struct ClassConcatSpec {
  int embedding_size = 0;  // 0: one-hot

  static constexpr std::string_view kType = "class_concat";
  static constexpr std::string_view kPytorch = "";
  static constexpr LayerTraits kTraits{.piecewise_linear = true, .takes_classes = true};
  static constexpr std::array kFields{
      number<&ClassConcatSpec::embedding_size>("embedding_size", {0, kMaxChannels})};
  Inferred infer(const LayerInput& input) const;
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const ClassConcatSpec&, const ClassConcatSpec&) = default;
};

/// y = <w, x> + b + <E[class], x>: one logit, as torch.nn.Linear(in, 1) plus
/// torch.nn.Embedding(classes, in).
struct ClassProjectionSpec {
  static constexpr std::string_view kType = "class_projection";
  static constexpr std::string_view kPytorch = "";
  static constexpr LayerTraits kTraits{.piecewise_linear = true, .takes_classes = true};
  static constexpr std::array<NumberField, 0> kFields{};
  Inferred infer(const LayerInput& input) const;
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const ClassProjectionSpec&, const ClassProjectionSpec&) = default;
};

}  // namespace ganvas
