// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How a training run is followed: a bar on a terminal, now and then a line in a log, or JSON for
// programs. What is reported are means over the steps since the last report.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "gan/trainer.h"

namespace ganvas::cli {

enum class ProgressStyle {
  bar,    // standard error, redrawn in place
  lines,  // standard error, every ten seconds
  json,   // standard output, every so many steps: the same objects for the same run, but for the
          // times
};

class Progress {
 public:
  /// Of a run that takes the steps after first_step up to last_step.
  Progress(ProgressStyle style, std::int64_t first_step, std::int64_t last_step);
  /// Leaves the cursor on a line of its own.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void add(const StepMetrics& metrics);

  /// Reports what add() has not yet. `event` says how the run ended: "done",
  /// "interrupted", "diverged" or "failed".
  void finish(const std::string& event, const std::string& saved_to, std::int64_t saved_step);

  /// How many steps lie between JSON objects: 1, 2 or 5 times a power of ten, so that there are at
  /// most 100.
  static std::int64_t json_interval(std::int64_t steps);

 private:
  using Clock = std::chrono::steady_clock;

  bool is_due(Clock::time_point now) const;
  void report(Clock::time_point now);
  void draw_bar();
  void print_line();
  void print_json(const std::string& event, const std::string& saved_to, std::int64_t saved_step);
  double seconds_left() const;
  std::string losses(int decimals) const;

  ProgressStyle style_;
  std::int64_t first_step_;
  std::int64_t last_step_;
  Clock::time_point start_;
  Clock::time_point reported_at_;
  bool bar_drawn_ = false;

  StepMetrics sums_;    // of the steps since the last report
  int summed_ = 0;      // how many
  StepMetrics latest_;  // of the last report: its counts, and the means up to it
  double rate_ = 0;     // steps per second in the last report's interval
  double smooth_rate_ = 0;
};

}  // namespace ganvas::cli
