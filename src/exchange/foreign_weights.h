// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Networks that PyTorch or another program saved as safetensors, as a file of ours. What the file
// does not say, such as activations, comes from a config or is inferred where that is unambiguous.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "gan/config.h"

namespace ganvas {

struct ForeignWeights {
  std::vector<std::uint8_t> file;  // as save_networks() or save_generator() writes it
  /// What was assumed and what was ignored, one English sentence each.
  std::vector<std::string> notes;
};

/// Files of torch.save() are refused, not unpickled: the message has the Python that converts them.
/// Errors: bad_magic (another kind of file), truncated, malformed, invalid_config (layers that
/// cannot be inferred), missing_tensor, shape_mismatch, checksum_mismatch, out_of_memory.
Result<ForeignWeights> read_foreign_weights(std::span<const std::uint8_t> bytes,
                                            const std::optional<GanConfig>& config);

}  // namespace ganvas
