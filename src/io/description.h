// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The core's description of itself, from which the types of the page and the package are generated.
#pragma once

#include <string>

namespace ganvas {

/// Returns JSON with all presets and their configs, every setting with its kind, range and default,
/// layers, optimisers, objectives, point distributions, error codes and problem kinds. Not part of
/// the shipped module.
std::string description_json();

}  // namespace ganvas
