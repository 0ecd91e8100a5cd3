// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// All metrics of a set of samples; see quality.h.
#include "judge/quality.h"

#include <cassert>

namespace ganvas {

double class_accuracy(const ClassifierOutputs& outputs, std::span<const std::uint8_t> labels) {
  assert(labels.size() == outputs.classes.size());
  int correct = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) correct += outputs.classes[i] == labels[i];
  return static_cast<double>(correct) / static_cast<double>(labels.size());
}

FeatureStatistics statistics_of(const ClassifierOutputs& outputs) {
  FeatureSums sums(DigitClassifier::kFeatures);
  sums.add(outputs.features);
  return sums.statistics();
}

Quality quality_of(const ClassifierOutputs& samples, const ClassifierOutputs& real,
                   const FeatureStatistics& real_statistics, std::span<const std::uint8_t> labels) {
  Quality quality;
  quality.digit_fid = frechet_distance(statistics_of(samples), real_statistics);
  const auto [precision, recall] =
      precision_recall(real.features, samples.features, DigitClassifier::kFeatures);
  quality.recall = recall;
  quality.coverage = coverage_of(samples);
  quality.variety = variety_of(samples, real, recall);
  if (quality.variety.state != CollapseState::unclear) quality.precision = precision;
  if (!labels.empty()) quality.class_accuracy = class_accuracy(samples, labels);
  return quality;
}

}  // namespace ganvas
