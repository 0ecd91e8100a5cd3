// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Losses on a network's outputs, with their gradients. Adversarial losses use feature 0 of the
// discriminator's output; further features, if any, are the logits of an auxiliary classifier.
#pragma once

#include <cstdint>
#include <span>

#include "tensor/batch_layout.h"

namespace ganvas {

/// A loss over one group of samples.
struct LossTerm {
  double loss;         // the mean over samples
  double mean_output;  // the mean of sigmoid(l) for bce and saturating, else of l
};

/// Losses of one discriminator output l; some have a target.
enum class OutputLoss {
  bce,         // -target log sigmoid(l) - (1 - target) log(1 - sigmoid(l))
  saturating,  // log(1 - sigmoid(l)): G's loss in the minimax game (Goodfellow et al. 2014)
  squared,     // (l - target)^2 (LSGAN, Mao et al. 2017)
  hinge_real,  // max(0, 1 - l)
  hinge_fake,  // max(0, 1 + l)
  raise,       // -l: the critic's loss on real samples, and G's loss (Wasserstein, hinge)
  lower,       // l: the critic's loss on fakes (Wasserstein)
};

/// The arrays of a loss: outputs and d_outputs (features) in `layout`, which has one group.
template <typename T>
struct LossOutputs {
  BatchLayout layout;
  int features;
  T* outputs;
  T* d_outputs;
  /// Means are over this many samples, of which the layout may hold only a part.
  int batch = layout.group_size;
};

/// The mean loss of feature 0. bce and saturating are computed from logits (in log-sum-exp form),
/// so that the gradient of a confident discriminator does not vanish. In the returned loss each
/// sample is clamped at 100, as torch.nn.BCELoss clamps logarithms at -100. Writes weight * d loss
/// / d l to feature 0 of d_outputs, and zero to its padding lanes.
template <typename T>
LossTerm output_loss(OutputLoss kind, const LossOutputs<T>& at, T target, T weight);

/// The mean softmax cross-entropy of features first .. features - 1 against the labels (one per
/// lane), as torch.nn.CrossEntropyLoss. Writes weight * d loss / d logit to those features of
/// d_outputs, and zero to their padding lanes.
template <typename T>
double class_loss(const LossOutputs<T>& at, int first, std::span<const std::uint8_t> labels,
                  T weight);

}  // namespace ganvas
