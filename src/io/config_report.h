// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What check_config() finds, as JSON for the page.
#pragma once

#include <string>
#include <string_view>

namespace ganvas {

/// Checks a config as config_from_json() reads it, without building anything. Answers
///   {"generator": {"layers": [{"shape": [256], "parameters": 16640}, ...], "parameters": 16640,
///   "problem": null},
///    "discriminator": {...}, "problem": null}
/// with the layers that fit, and a problem of each network and of the config as a whole. A network
/// is null when the config could not be read or a number is out of its range. A problem:
///   {"kind": "range", "path": "generator.layers[3].stride", "name": "conv2d", "value": 0, "range":
///   {"least": 1, "most": 31}}
/// `got` and `wanted` are shapes; a problem has the members that its kind needs.
std::string check_config_json(std::string_view config);

}  // namespace ganvas
