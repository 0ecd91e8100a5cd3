// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Checks whether a config can be trained, without allocating its memory.
#pragma once

#include <optional>
#include <span>

#include "gan/config.h"
#include "gan/run_memory.h"
#include "nn/check_layers.h"
#include "nn/problem.h"

namespace ganvas {

struct ConfigReport {
  /// Empty if a number of the config is out of range.
  std::optional<NetworkReport> generator{};
  std::optional<NetworkReport> discriminator{};
  std::optional<Problem> problem{};  // of the config as a whole
};

/// `memory` is the number of bytes that a run can have.
ConfigReport check_config(const GanConfig& config, double memory = memory_limit());

/// The same, but for the memory that a run needs.
ConfigReport check_networks(const GanConfig& config);

/// The first problem of a report, or null.
Problem* first_problem(ConfigReport& report);
/// The first problem that prevents training with the config.
std::optional<Problem> find_problem(const GanConfig& config, double memory = memory_limit());

/// The discriminator's layers without its final sigmoid, if that is part of the loss: probability
/// losses are computed from logits (see nn/losses.h).
std::span<const LayerSpec> built_discriminator(const GanConfig& config);

}  // namespace ganvas
