// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The loss terms of each objective: on D's outputs for real and fake samples, and for G.
#pragma once

#include "gan/config.h"
#include "nn/losses.h"

namespace ganvas {

struct ObjectiveTerms {
  OutputLoss d_real;
  OutputLoss d_fake;
  OutputLoss generator;
  double d_weight;   // lossD = d_weight (real term + fake term)
  bool on_logits;    // the losses include the Sigmoid that D ends in
  bool has_targets;  // the real term has a target, for label smoothing
};

constexpr ObjectiveTerms terms_of(Objective objective) {
  using enum OutputLoss;
  switch (objective) {
    case Objective::bce:
      return {bce, bce, bce, 0.5, true, true};
    case Objective::minimax:
      return {bce, bce, saturating, 0.5, true, true};
    case Objective::lsgan:
      return {squared, squared, squared, 0.5, false, true};
    case Objective::hinge:
      return {hinge_real, hinge_fake, raise, 1, false, false};
    case Objective::wgan:
      return {raise, lower, raise, 1, false, false};
  }
  return {};
}

}  // namespace ganvas
