// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The losses of the objectives, on a discriminator's logits.
#pragma once

#include "tensor/batch_layout.h"

namespace ganvas {

/// What a loss over one group of samples amounts to.
struct LossTerm {
  double loss;              // the mean over samples
  double mean_probability;  // the mean of sigmoid(logit)
};

/// Binary cross-entropy of sigmoid(logit) against one target for all samples, as torch.nn.BCELoss
/// of a Sigmoid, but computed from the logits (log-sum-exp form), so that a confident
/// discriminator's gradient never vanishes. Each sample's displayed loss is cut at 100, as BCELoss
/// clamps its logarithms at -100; the gradient is not.
///
/// layout has one group; logits and d_logits have one feature. d_logits receives weight * d loss /
/// d logit, and zero in padding lanes.
template <typename T>
LossTerm bce_with_logits(BatchLayout layout, const T* logits, T target, T weight, T* d_logits);

}  // namespace ganvas
