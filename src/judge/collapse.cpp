// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Statistics over the samples classified as each digit; see collapse.h.
#include "judge/collapse.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ganvas {
namespace {

constexpr std::size_t kDigits = DigitClassifier::kClasses;
constexpr std::size_t kFeatures = DigitClassifier::kFeatures;

// Thresholds; tests/bench/README.md has the runs, collapsed and healthy, that they are based on.
constexpr double kClear = 0.3;       // minimum clarity of samples that count as digits
constexpr double kNarrow = 0.5;      // remaining variety below which a run is narrowing
constexpr double kCollapsed = 0.25;  // remaining variety below which it has collapsed

/// The samples classified as one digit.
struct Cluster {
  double count = 0;
  double energy = 0;  // mean of |f|^2
  double spread = 0;  // mean squared distance between two of them: twice their variance
};

std::array<Cluster, kDigits> clusters_of(const ClassifierOutputs& outputs) {
  std::array<Cluster, kDigits> clusters;
  std::array<std::array<double, kFeatures>, kDigits> sums{};
  for (std::size_t i = 0; i < outputs.classes.size(); ++i) {
    Cluster& cluster = clusters[outputs.classes[i]];
    cluster.count += 1;
    for (std::size_t f = 0; f < kFeatures; ++f) {
      const auto value = static_cast<double>(outputs.features[i * kFeatures + f]);
      sums[outputs.classes[i]][f] += value;
      cluster.energy += value * value;
    }
  }
  for (std::size_t c = 0; c < kDigits; ++c) {
    Cluster& cluster = clusters[c];
    if (cluster.count < 2) continue;
    double sum_squared = 0;
    for (const double sum : sums[c]) sum_squared += sum * sum;
    // Rounding makes the difference negative where all samples are the same.
    const double squares = std::max(0.0, cluster.energy - sum_squared / cluster.count);
    cluster.spread = 2 * squares / (cluster.count - 1);
    cluster.energy /= cluster.count;
  }
  return clusters;
}

CollapseState state_of(const Variety& variety, double recall) {
  if (variety.clarity < kClear) return CollapseState::unclear;
  const double left = std::min(variety.classes / kDigits, std::max(variety.diversity, recall));
  if (left > kNarrow) return CollapseState::healthy;
  return left > kCollapsed ? CollapseState::narrowing : CollapseState::collapsed;
}

}  // namespace

Variety variety_of(const ClassifierOutputs& samples, const ClassifierOutputs& real, double recall) {
  const auto generated = clusters_of(samples);
  const auto reference = clusters_of(real);
  double spread = 0;
  double real_spread = 0;
  double energy = 0;
  double real_energy = 0;
  for (std::size_t c = 0; c < kDigits; ++c) {
    if (generated[c].count < 2 || reference[c].count < 2) continue;
    spread += generated[c].count * generated[c].spread;
    real_spread += generated[c].count * reference[c].spread;
    energy += generated[c].count * generated[c].energy;
    real_energy += generated[c].count * reference[c].energy;
  }
  Variety variety;
  variety.classes = std::exp2(coverage_of(samples).entropy);
  if (real_spread > 0) variety.diversity = spread / real_spread;
  if (real_energy > 0) variety.clarity = energy / real_energy;
  variety.state = state_of(variety, recall);
  return variety;
}

}  // namespace ganvas
