// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The shapes of a list of layers and whether they fit, found without building anything: quick
// enough for every keystroke in an editor.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "nn/layer_spec.h"
#include "nn/problem.h"

namespace ganvas {

struct NetworkReport {
  std::vector<LayerShape> layers;  // those that fit
  std::int64_t parameters = 0;     // theirs
  std::optional<Problem> problem;  // with what comes after them
};

/// `input` is of the network, `max_blocks` its largest batch, `path` its place in the config:
/// "generator".
NetworkReport check_layers(std::span<const LayerSpec> specs, const LayerInput& input,
                           int max_blocks, const std::string& path);

/// Whether any of the layers takes the samples' classes.
bool take_classes(std::span<const LayerSpec> specs);

}  // namespace ganvas
