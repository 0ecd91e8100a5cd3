// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The named GAN configs.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "gan/config.h"
#include "nn/problem.h"

namespace ganvas {

struct Preset {
  std::string_view name;
  std::string_view summary;  // one line for --help
  GanConfig (*make)();

  GanConfig config() const {
    GanConfig config = make();
    config.preset = name;
    return config;
  }
};

std::span<const Preset> presets();

/// The config of a preset, or ProblemKind::unknown_preset.
Result<GanConfig, Problem> find_preset(std::string_view name);

}  // namespace ganvas
