// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The quality of a set of digits as numbers.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "judge/frechet.h"
#include "judge/neighbours.h"
#include "judge/opinions.h"

namespace ganvas {

/// Which digits a set holds, and how clearly they are ones.
struct Coverage {
  std::array<double, DigitClassifier::kClasses> shares{};  // of each digit
  double entropy = 0;          // of the shares, in bits: log2 10 = 3.32 when all are as frequent
  double mean_confidence = 0;  // of the classifier in what it sees
  double confident = 0;        // the share of samples that it is more than 0.9 sure of
};

Coverage coverage_of(const Opinions& opinions);

/// The share of samples taken for the class that was asked for.
double class_accuracy(const Opinions& opinions, std::span<const std::uint8_t> asked);

struct Quality {
  double digit_fid = 0;
  PrecisionRecall precision_recall{};
  Coverage coverage;
  std::optional<double> class_accuracy;  // of a conditional generator
};

/// Of samples beside real digits that nobody trained on. `asked` is empty when no class was asked
/// for. Both have more than three samples.
Quality quality_of(const Opinions& samples, const Opinions& real,
                   const FeatureStatistics& real_statistics, std::span<const std::uint8_t> asked);

FeatureStatistics statistics_of(const Opinions& opinions);

}  // namespace ganvas
