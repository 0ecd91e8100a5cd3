// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// GanConfig as JSON, as stored in checkpoints, carried by links and passed by JavaScript. Keys are
// the struct's field names.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "gan/config.h"
#include "nn/problem.h"

namespace ganvas {

std::string config_to_json(const GanConfig& config);

/// Reads a config. With a "preset" key, the preset's values are the defaults for everything else
/// (RFC 7396 merge), so {"preset": "seed", "seed": 7, "generator": {"optimizer": {"lr": 0.001}}} is
/// complete. Unknown keys are problems too. Ranges and shapes are checked by check_config().
Result<GanConfig, Problem> read_config(std::string_view json);
/// The same, with the problem as an English error message.
Result<GanConfig> config_from_json(std::string_view json);

}  // namespace ganvas
