// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The quality of a set of digits as numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "judge/collapse.h"
#include "judge/frechet.h"
#include "judge/neighbours.h"
#include "judge/opinions.h"

namespace ganvas {

/// The share of samples taken for the class that was asked for.
double class_accuracy(const Opinions& opinions, std::span<const std::uint8_t> asked);

struct Quality {
  double digit_fid = 0;
  PrecisionRecall precision_recall{};
  Coverage coverage;
  Variety variety;
  std::optional<double> class_accuracy;  // of a conditional generator
};

constexpr int kFewestSamples = 4;  // more than the neighbours of precision and recall

/// Of samples beside real digits that nobody trained on, kFewestSamples or more of either. `asked`
/// is empty when no class was asked for.
Quality quality_of(const Opinions& samples, const Opinions& real,
                   const FeatureStatistics& real_statistics, std::span<const std::uint8_t> asked);

FeatureStatistics statistics_of(const Opinions& opinions);

}  // namespace ganvas
