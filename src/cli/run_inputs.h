// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The run that a command line asks for: its trainer and its data, from a preset or a config, or
// from the checkpoint that it resumes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "cli/picture_data.h"
#include "data/dataset.h"
#include "distributed/job.h"
#include "gan/trainer.h"

namespace ganvas::cli {

inline constexpr std::int64_t kDefaultEpochs = 50;
inline constexpr const char* kDefaultPreset = "seed";

struct RunOptions {
  std::optional<std::string> preset;
  std::optional<std::string> config;
  std::optional<std::int64_t> steps;
  std::optional<std::int64_t> epochs;
  std::optional<std::uint64_t> seed;
  std::optional<int> examples;
  std::optional<std::string> points;
  std::optional<int> shards;
  PictureOptions pictures;
  std::optional<std::string> resume;
  bool quiet = false;  // another rank tells what there is to tell
};

struct Data {
  std::shared_ptr<const Dataset> samples;
  std::string id;  // of pictures; see id_of()
};

struct Run {
  std::unique_ptr<Trainer<float>> trainer;
  Data data;
  std::string checkpoint;  // checksum of the one that is resumed
  std::int64_t steps;      // to take
};

/// The run, ready to take its first step. Fails on all ranks if it fails on one, or if they are
/// about to train different runs.
Result<Run> prepare_run(const RunOptions& options, ThreadPool& pool, Job& job);

}  // namespace ganvas::cli
