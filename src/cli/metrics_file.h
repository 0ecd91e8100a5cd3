// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The metrics of a run, a row for each step, as CSV or as JSON lines.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "base/result.h"
#include "gan/trainer.h"

namespace ganvas::cli {

class MetricsFile {
 public:
  /// Opens FILE.csv or FILE.jsonl. With `resumed_step` 0 an existing file is replaced; otherwise it
  /// is continued after the row of that step, and later rows are dropped, since the run takes those
  /// steps again. Errors: invalid_argument (another ending), io_failure, not_found.
  static Result<MetricsFile> open(const std::string& path, std::int64_t resumed_step);

  /// Failures are told by flush().
  void add(const StepMetrics& metrics);

  /// Writes what was added. Error: io_failure, once for rows that could not be written.
  Status flush();

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  MetricsFile(std::string path, bool json, std::FILE* file);

  std::string path_;
  bool json_;
  std::unique_ptr<std::FILE, Closer> file_;
};

}  // namespace ganvas::cli
