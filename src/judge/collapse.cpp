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

std::array<Cluster, kDigits> clusters_of(const Opinions& opinions) {
  std::array<Cluster, kDigits> clusters;
  std::array<std::array<double, kFeatures>, kDigits> sums{};
  for (std::size_t i = 0; i < opinions.classes.size(); ++i) {
    Cluster& own = clusters[opinions.classes[i]];
    own.count += 1;
    for (std::size_t f = 0; f < kFeatures; ++f) {
      const auto value = static_cast<double>(opinions.features[i * kFeatures + f]);
      sums[opinions.classes[i]][f] += value;
      own.energy += value * value;
    }
  }
  for (std::size_t c = 0; c < kDigits; ++c) {
    Cluster& own = clusters[c];
    if (own.count < 2) continue;
    double sum_squared = 0;
    for (const double sum : sums[c]) sum_squared += sum * sum;
    own.spread = 2 * (own.energy - sum_squared / own.count) / (own.count - 1);
    own.energy /= own.count;
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

std::string_view collapse_state_name(CollapseState state) {
  switch (state) {
    case CollapseState::unclear:
      return "unclear";
    case CollapseState::healthy:
      return "healthy";
    case CollapseState::narrowing:
      return "narrowing";
    case CollapseState::collapsed:
      return "collapsed";
  }
  return "unknown";
}

Variety variety_of(const Opinions& samples, const Opinions& real, double recall) {
  const auto seen = clusters_of(samples);
  const auto truth = clusters_of(real);
  double spread = 0;
  double real_spread = 0;
  double energy = 0;
  double real_energy = 0;
  for (std::size_t c = 0; c < kDigits; ++c) {
    if (seen[c].count < 2 || truth[c].count < 2) continue;
    spread += seen[c].count * seen[c].spread;
    real_spread += seen[c].count * truth[c].spread;
    energy += seen[c].count * seen[c].energy;
    real_energy += seen[c].count * truth[c].energy;
  }
  Variety variety;
  variety.classes = std::exp2(coverage_of(samples).entropy);
  if (real_spread > 0) variety.diversity = spread / real_spread;
  if (real_energy > 0) variety.clarity = energy / real_energy;
  variety.state = state_of(variety, recall);
  return variety;
}

}  // namespace ganvas
