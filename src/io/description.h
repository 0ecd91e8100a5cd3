// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The core's description of itself, from which the page and the package's types are made.
#pragma once

#include <string>

namespace ganvas {

/// JSON: presets with their configs, every setting with its kind, range and default, layers,
/// optimisers, objectives, distributions of points, error codes and kinds of problems. Nothing of
/// it is in the shipped module.
std::string description_json();

}  // namespace ganvas
