// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The training loop of `ganvas train`.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "cli/checkpoint_saves.h"
#include "cli/metrics_file.h"
#include "cli/progress.h"
#include "distributed/job.h"
#include "gan/trainer.h"

namespace ganvas::cli {

struct TrainingRun {
  std::int64_t steps;              // in addition to those already taken
  std::int64_t samples_every = 0;  // steps between grids of samples; 0 writes none
  std::string samples_folder;
  ProgressStyle style;
  std::string options;  // of the command that goes on with this run, without --resume and --steps
};

/// Trains and saves; `metrics` may be null. Returns the exit code, kSuccess or kInterrupted, or an
/// Error if training diverged or writing failed; its message says which step was saved.
Result<int> run_training(Trainer<float>& trainer, const TrainingRun& run, CheckpointSaves& saves,
                         MetricsFile* metrics, Job& job);

/// The part of the ranks that do not lead: trains without writing anything, and returns the same.
Result<int> follow_training(Trainer<float>& trainer, std::int64_t steps, Job& job);

}  // namespace ganvas::cli
