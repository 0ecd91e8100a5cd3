// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Losses on a network's outputs, each with its gradient. An adversarial loss looks at feature 0 of
// a discriminator's output; further features, if any, are an auxiliary classifier's logits.
#pragma once

#include <cstdint>
#include <span>

#include "tensor/batch_layout.h"

namespace ganvas {

/// What a loss over one group of samples amounts to.
struct LossTerm {
  double loss;         // the mean over samples
  double mean_output;  // the mean of D's output: sigmoid(logit) where the loss is on probabilities,
                       // else the output
};

/// A loss of one discriminator output l, as a function of what the sample should be taken for.
enum class OutputLoss {
  bce,         // -target log sigmoid(l) - (1 - target) log(1 - sigmoid(l))
  saturating,  // log(1 - sigmoid(l)), the generator's half of the minimax game (Goodfellow et al.
               // 2014)
  squared,     // (l - target)^2 (LSGAN, Mao et al. 2017)
  hinge_real,  // max(0, 1 - l)
  hinge_fake,  // max(0, 1 + l)
  raise,       // -l: the critic's real term, and what a generator wants (Wasserstein, hinge)
  lower,       // l: the critic's fake term
};

/// Where a loss reads and writes: outputs and d_outputs (features) in `layout`, which has one
/// group.
template <typename T>
struct LossOutputs {
  BatchLayout layout;
  int features;
  T* outputs;
  T* d_outputs;
};

/// The mean loss of feature 0. bce and saturating work from the logits (log-sum-exp form), so that
/// a confident discriminator's gradient never vanishes; each sample's displayed loss is cut at 100,
/// as torch.nn.BCELoss clamps its logarithms at -100. Writes weight * d loss / d l to feature 0 of
/// d_outputs, zero in padding lanes.
template <typename T>
LossTerm output_loss(OutputLoss kind, const LossOutputs<T>& at, T target, T weight);

/// The mean cross-entropy of softmax over features first .. features - 1 against the labels (one a
/// lane), as torch.nn.CrossEntropyLoss. Writes weight * d loss / d logit to those features of
/// d_outputs, zero in padding lanes.
template <typename T>
double class_loss(const LossOutputs<T>& at, int first, std::span<const std::uint8_t> labels,
                  T weight);

}  // namespace ganvas
