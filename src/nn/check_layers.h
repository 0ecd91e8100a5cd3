// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Checks whether a list of layers fits together, and infers shapes, without building anything: fast
// enough to run on every keystroke in an editor.
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
  std::vector<LayerShape> layers;  // up to the first that does not fit
  std::int64_t parameters = 0;     // of these layers
  std::optional<Problem> problem;  // of the next layer, or of the network
};

/// Checks `specs` on samples of `input`, in batches of up to max_blocks blocks. `path` is the
/// network's path in the config, e.g. "generator".
NetworkReport check_layers(std::span<const LayerSpec> specs, const LayerInput& input,
                           int max_blocks, const std::string& path);

/// Whether any of the layers takes the samples' classes.
bool take_classes(std::span<const LayerSpec> specs);

}  // namespace ganvas
