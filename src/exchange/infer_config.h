// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The layers of networks of which only the tensors are known: those of a preset that has just these
// tensors, or Linear layers with LeakyReLU between them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "exchange/state_dict.h"
#include "gan/config.h"
#include "nn/sequential.h"

namespace ganvas {

struct InferredConfig {
  GanConfig config;
  bool with_discriminator = false;  // whether the discriminator's tensors are of this config
  std::vector<std::string> notes;   // what was assumed
};

/// Errors: invalid_config.
Result<InferredConfig> infer_config(const StateDict& generator, const StateDict& discriminator);

/// Parameters and running statistics.
std::vector<NamedTensor> tensors_of(const Sequential<float>& network);

}  // namespace ganvas
