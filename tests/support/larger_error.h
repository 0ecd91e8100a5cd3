// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Collects the worst of several errors.
#pragma once

#include <cmath>

namespace ganvas::test {

/// The larger error. NaN, which std::fmax and std::max ignore, counts as infinite.
inline double larger_error(double worst, double error) {
  return std::isnan(worst) || std::isnan(error) ? HUGE_VAL : std::fmax(worst, error);
}

}  // namespace ganvas::test
