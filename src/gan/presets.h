// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The named GANs. A preset is a GanConfig, nothing else.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "gan/config.h"

namespace ganvas {

struct Preset {
  std::string_view name;
  std::string_view summary;  // one line for --help
  GanConfig (*config)();
};

std::span<const Preset> presets();

/// The preset's config; not_found lists the names there are.
Result<GanConfig> find_preset(std::string_view name);

}  // namespace ganvas
