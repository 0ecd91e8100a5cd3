// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Progress of a training run: a bar on a terminal, occasional lines in a log, or JSON for programs.
// Reported metrics are means over the steps since the last report.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "gan/trainer.h"

namespace ganvas::cli {

enum class ProgressStyle {
  bar,    // standard error, redrawn in place
  lines,  // standard error, every ten seconds
  json,   // standard output, at fixed steps, so that only the times differ between equal runs
};

class Progress {
 public:
  /// Reports on steps first_step + 1 to last_step.
  Progress(ProgressStyle style, std::int64_t first_step, std::int64_t last_step);
  /// Ends the bar's line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void add(const StepMetrics& metrics);

  /// Whether the program that reads the JSON has closed its end of the pipe.
  bool reader_is_gone() const;

  /// Tells something on standard error, in a line of its own.
  void note(const std::string& text);

  /// Reports the remaining steps and how the run ended. `event` is "done", "interrupted",
  /// "diverged" or "failed".
  void finish(const std::string& event, const std::string& saved_to, std::int64_t saved_step);

  /// Steps between JSON objects: 1, 2 or 5 times a power of ten, for at most 100 objects.
  static std::int64_t json_interval(std::int64_t steps);

 private:
  using Clock = std::chrono::steady_clock;

  bool is_due(Clock::time_point now) const;
  void report(Clock::time_point now);
  void draw_bar();
  void end_bar();
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

  StepMetrics sums_;    // over the steps since the last report
  int step_count_ = 0;  // number of steps in sums_
  StepMetrics latest_;  // as last reported: means, and the step at the end
  double rate_ = 0;     // steps per second over the last report's interval
  double smooth_rate_ = 0;
};

}  // namespace ganvas::cli
