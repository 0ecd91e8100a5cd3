// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Model files: a trainer with what its file was.
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
};

/// A checkpoint or an exported generator; the Error names the path. `pool` outlives the model.
Result<LoadedModel> load_model(const std::string& path, ThreadPool& pool);

}  // namespace ganvas::cli
