// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The checkpoint of a run on disk: saved now and then while it trains, and at its end. While a run
// has it, no other run can write it.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <span>
#include <string>

#include "base/result.h"
#include "cli/files.h"
#include "gan/trainer.h"

namespace ganvas::cli {

struct SavePlan {
  std::string out;     // path of the checkpoint
  double minutes = 5;  // between saves while training; 0: only at the end
  int keep = 0;        // numbered copies beside `out`, the newest of which stay
};

struct LastSave {
  std::string path;   // of the file that holds the run
  std::string out;    // where the run is saved when it goes on
  Status as_planned;  // else why it is not SavePlan::out
};

class CheckpointSaves {
 public:
  /// Locks the checkpoint. Errors: io_failure (also for another process's run), not_found.
  static Result<CheckpointSaves> open(SavePlan plan);

  /// Checks that the run's checkpoints have room. Error: io_failure.
  Status check_space(Trainer<float>& trainer) const;

  /// Whether it is time to save: saving never takes more than a hundredth of the time.
  bool is_due() const { return plan_.minutes > 0 && Clock::now() >= due_; }
  /// Saves the run while it trains. Error: io_failure, after which it is due again later.
  Status save(Trainer<float>& trainer);

  /// Saves the run's last state. When that fails, it goes into the folder for temporary files, and
  /// on a terminal the user may name another place.
  /// Error: io_failure if no place takes it.
  Result<LastSave> save_last(std::span<const std::uint8_t> checkpoint, std::int64_t step);

 private:
  using Clock = std::chrono::steady_clock;

  CheckpointSaves(SavePlan plan, FileLock lock);
  Clock::duration interval() const;
  Status write(Trainer<float>& trainer);
  std::string numbered(std::int64_t step) const;

  SavePlan plan_;
  FileLock lock_;
  Clock::time_point due_;
  std::deque<std::string> copies_;  // those that this process wrote, oldest first
};

}  // namespace ganvas::cli
