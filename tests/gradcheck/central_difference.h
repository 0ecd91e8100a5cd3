// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Compares analytic gradients with central differences. The error of a tensor is the largest
// difference of an element, divided by the largest magnitude in either gradient.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "support/larger_error.h"
#include "support/packed.h"

namespace ganvas::test {

inline constexpr double kDifferenceStep = 1e-6;
inline constexpr double kGradcheckBound = 1e-6;

/// Lower bound of the magnitude that errors are relative to. Losses around 1 have rounding errors
/// of 1e-16, so their difference quotients have absolute errors of 1e-10.
inline constexpr double kSmallestMagnitude = 1e-3;

/// A change of slope within the difference step that is too large for curvature.
inline constexpr double kKink = 1e-5;

struct GradientError {
  double difference = 0;
  double magnitude = 0;

  void add(double analytic, double numeric) {
    difference = larger_error(difference, std::fabs(analytic - numeric));
    magnitude = std::fmax(magnitude, std::fmax(std::fabs(analytic), std::fabs(numeric)));
  }
  double relative() const {
    if (std::isinf(difference)) return HUGE_VAL;
    return difference / std::fmax(magnitude, kSmallestMagnitude);
  }
};

/// Compares analytic[i] with the central difference of loss() in values[i], for every i or for
/// `at_most` random ones. loss() must depend on `values`, which are restored.
template <typename Loss>
double gradient_error(std::span<double> values, std::span<const double> analytic, const Loss& loss,
                      Random& random, std::size_t at_most = 40) {
  GradientError error;
  const bool all = values.size() <= at_most;
  for (std::size_t n = 0; n < (all ? values.size() : at_most); ++n) {
    const std::size_t i = all ? n : std::size_t(random() % values.size());
    const double value = values[i];
    values[i] = value + kDifferenceStep;
    const double above = loss();
    values[i] = value - kDifferenceStep;
    const double below = loss();
    values[i] = value;
    error.add(analytic[i], (above - below) / (2 * kDifferenceStep));
  }
  return error.relative();
}

/// The same for losses with kinks, for example from LeakyReLU: skips elements with a kink within
/// the step, detected by the second difference, and counts checked and skipped elements.
struct SmoothElements {
  int checked = 0;
  int skipped = 0;
};
template <typename Loss>
double smooth_gradient_error(std::span<double> values, std::span<const double> analytic,
                             const Loss& loss, Random& random, std::size_t at_most,
                             SmoothElements& elements) {
  GradientError error;
  const double middle = loss();
  for (std::size_t n = 0; n < std::min(at_most, values.size()); ++n) {
    const std::size_t i = values.size() <= at_most ? n : std::size_t(random() % values.size());
    const double value = values[i];
    values[i] = value + kDifferenceStep;
    const double above = loss();
    values[i] = value - kDifferenceStep;
    const double below = loss();
    values[i] = value;
    if (std::fabs(above - 2 * middle + below) / kDifferenceStep > kKink) {
      ++elements.skipped;
      continue;
    }
    ++elements.checked;
    error.add(analytic[i], (above - below) / (2 * kDifferenceStep));
  }
  return error.relative();
}

/// Sizes for random shapes: 1, primes, and values around a block's 16 lanes.
inline int random_size(Random& random) {
  constexpr int kSizes[] = {1, 1, 2, 3, 5, 7, 11, 13, 15, 16, 17, 19};
  return kSizes[random() % std::size(kSizes)];
}

}  // namespace ganvas::test
