// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How much arithmetic a training step does.
#pragma once

#include "gan/trainer.h"

namespace ganvas {

/// Floating-point operations of the products in one step of a whole batch; see
/// Layer::product_flops(). What a step computes once is counted once.
template <typename T>
double flops_per_step(const Trainer<T>& trainer);

}  // namespace ganvas
