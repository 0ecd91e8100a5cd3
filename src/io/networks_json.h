// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A trainer's two networks as JSON, for inspection: shapes, parameters, and the norms of weights
// and gradients.
#pragma once

#include <string>

#include "gan/trainer.h"

namespace ganvas {

/// {"generator": {"shapes": [[128], ...], "tensors": [{"name": "generator.0.weight", "shape": [128,
/// 64], "norm": 4.6, "gradient_norm": 0.1}, ...]}, "discriminator": ...}: the shape of one sample
/// after each layer, and the Euclidean norms of each parameter and of its gradient in the last
/// update (null if not finite).
std::string networks_to_json(const Trainer<float>& trainer);

}  // namespace ganvas
