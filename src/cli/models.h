// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Loading model files.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "gan/trainer.h"

namespace ganvas::cli {

struct LoadedModel {
  std::unique_ptr<Trainer<float>> trainer;
  std::size_t file_size;
  std::string dtype;     // of the generator's weights
  std::string checksum;  // of what was loaded
  bool has_checksum;     // older files and those of other programs have none
};

/// Loads a checkpoint, an exported model, or networks that PyTorch saved as safetensors; errors
/// contain the path. `config` is the path of a file with the config of such networks. `pool` must
/// outlive it.
Result<LoadedModel> load_model(const std::string& path, const std::optional<std::string>& config,
                               ThreadPool& pool);
/// The same for checkpoints of Ganvas alone.
Result<LoadedModel> load_run(const std::string& path, ThreadPool& pool,
                             ShardExchange<float>& exchange);

Result<GanConfig> read_config_file(const std::string& path);

}  // namespace ganvas::cli
