// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The arithmetic cost of a training step.
#pragma once

#include "gan/trainer.h"

namespace ganvas {

/// Floating-point operations of all products in one step on a whole batch; see
/// Layer::product_flops(). Results that a step reuses count once.
template <typename T>
double flops_per_step(const Trainer<T>& trainer);

}  // namespace ganvas
