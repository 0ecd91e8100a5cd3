// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the evaluations of digits and of other pictures share.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/arguments.h"
#include "cli/models.h"
#include "cli/picture_data.h"
#include "distributed/job.h"
#include "distributed/shared_rows.h"
#include "io/json.h"

namespace ganvas::cli {

struct EvalOptions {
  std::optional<std::string> model;
  std::optional<std::string> config;
  bool real = false;
  std::string judge = "assets/models/judge.safetensors";
  PictureOptions pictures;
  std::optional<int> count;
  std::uint64_t seed = 1;
  int threads = default_threads();
  bool json = false;
};

/// Samples that a rank has drawn.
struct OwnSamples {
  Rows rows{};
  std::vector<float> images{};
};

/// Draws this rank's part of `count` samples. Error: non_finite if they contain NaN or Inf.
Result<OwnSamples> draw_own(const EvalOptions& options, const LoadedModel& model, int count,
                            Job& job);

/// Prints an object whose other members `write` writes.
void print_json(const EvalOptions& options, int count,
                const std::function<void(JsonPrettyWriter&)>& write);

}  // namespace ganvas::cli
