// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A training run once everything about it is settled.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "cli/progress.h"
#include "gan/trainer.h"

namespace ganvas::cli {

struct TrainingRun {
  std::int64_t steps;              // to take from where the trainer is
  std::string out;                 // the checkpoint
  std::int64_t samples_every = 0;  // steps between grids; 0: none
  std::string samples_folder;
  ProgressStyle style;
};

/// Trains and saves. The result is the exit code, kSuccess or kInterrupted; only when training
/// diverged or the system would not write is there an Error, which says what was saved.
Result<int> run_training(Trainer<float>& trainer, const TrainingRun& run);

}  // namespace ganvas::cli
