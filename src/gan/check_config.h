// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Whether a config can be trained, found without building anything.
#pragma once

#include <optional>
#include <span>

#include "gan/config.h"
#include "nn/check_layers.h"
#include "nn/problem.h"

namespace ganvas {

struct ConfigReport {
  /// Not checked while a number is out of its range.
  std::optional<NetworkReport> generator{};
  std::optional<NetworkReport> discriminator{};
  std::optional<Problem> problem{};  // of the config as a whole
};

ConfigReport check_config(const GanConfig& config);

/// The first problem that keeps the config from being trained.
std::optional<Problem> find_problem(const GanConfig& config);

/// The discriminator's layers that are built: losses of probabilities work on logits, so its final
/// sigmoid is theirs to apply (see nn/losses.h).
std::span<const LayerSpec> built_discriminator(const GanConfig& config);

}  // namespace ganvas
