// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Loading model files.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"
#include "gan/trainer.h"

namespace ganvas::cli {

struct LoadedModel {
  std::unique_ptr<Trainer<float>> trainer;
  std::size_t file_size;
  std::string dtype;  // of the generator's weights
  bool has_checksum;  // older files and those of other programs have none
};

/// Loads a checkpoint or an exported model; errors contain the path. `pool` must outlive it.
Result<LoadedModel> load_model(const std::string& path, ThreadPool& pool);

}  // namespace ganvas::cli
