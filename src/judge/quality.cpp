// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// All measures together; see quality.h.
#include "judge/quality.h"

#include <cassert>

namespace ganvas {

double class_accuracy(const Opinions& opinions, std::span<const std::uint8_t> asked) {
  assert(asked.size() == opinions.classes.size());
  int right = 0;
  for (std::size_t i = 0; i < asked.size(); ++i) right += opinions.classes[i] == asked[i];
  return static_cast<double>(right) / static_cast<double>(asked.size());
}

FeatureStatistics statistics_of(const Opinions& opinions) {
  FeatureSums sums(DigitClassifier::kFeatures);
  sums.add(opinions.features);
  return sums.statistics();
}

Quality quality_of(const Opinions& samples, const Opinions& real,
                   const FeatureStatistics& real_statistics, std::span<const std::uint8_t> asked) {
  Quality quality;
  quality.digit_fid = frechet_distance(statistics_of(samples), real_statistics);
  quality.precision_recall =
      precision_recall(real.features, samples.features, DigitClassifier::kFeatures);
  quality.coverage = coverage_of(samples);
  quality.variety = variety_of(samples, real, quality.precision_recall.recall);
  if (!asked.empty()) quality.class_accuracy = class_accuracy(samples, asked);
  return quality;
}

}  // namespace ganvas
