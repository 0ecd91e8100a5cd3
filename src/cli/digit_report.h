// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What `ganvas eval` prints of generated digits.
#pragma once

#include <optional>

#include "io/json.h"
#include "judge/quality.h"

namespace ganvas::cli {

inline constexpr int kUnbiased = 10'000;  // samples that figures are published with

struct DigitReport {
  Quality quality;
  // Mean distance to the nearest training digit, of the samples and of test digits.
  std::optional<double> nearest;
  double nearest_of_unseen = 0;
};

/// `count` is the number of samples.
void print_text(const DigitReport& report, int count);

/// Members of an object that is open.
void write_members(JsonPrettyWriter& writer, const DigitReport& report);

}  // namespace ganvas::cli
