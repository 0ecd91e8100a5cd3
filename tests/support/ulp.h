// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Errors of SIMD functions in units in the last place (ulp), against references in a wider type.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "kernels/simd.h"

namespace ganvas::test {

/// float is checked against double, and double against long double.
template <typename T>
using Wide = std::conditional_t<sizeof(T) == 4, double, long double>;

/// The distance between adjacent values of T at `truth`.
template <typename T>
Wide<T> ulp_at(Wide<T> truth) {
  using W = Wide<T>;
  const W magnitude = std::fabs(truth);
  if (magnitude < W(std::numeric_limits<T>::min())) return W(std::numeric_limits<T>::denorm_min());
  return std::ldexp(W(1), std::ilogb(magnitude) - (std::numeric_limits<T>::digits - 1));
}

template <typename T>
struct WorstError {
  double error = 0;
  T at = 0;

  void add(T x, double error_at_x) {
    if (error_at_x > error || std::isnan(error_at_x)) {
      error = std::isnan(error_at_x) ? std::numeric_limits<double>::infinity() : error_at_x;
      at = x;
    }
  }
};

/// Applies a SIMD function to every element.
template <typename T, typename Function>
std::vector<T> map_registers(const std::vector<T>& x, const Function& function) {
  std::vector<T> y(x.size());
  alignas(kAlignment) T lanes[kLanes];
  for (std::size_t start = 0; start < x.size(); start += Vec<T>::size) {
    for (std::size_t i = 0; i < Vec<T>::size; ++i) {
      lanes[i] = x[std::min(start + i, x.size() - 1)];
    }
    function(load(lanes)).store_aligned(lanes);
    for (std::size_t i = 0; i < Vec<T>::size && start + i < x.size(); ++i) y[start + i] = lanes[i];
  }
  return y;
}

/// The largest error in ulp of function(x) against truth(x), computed in Wide<T>.
template <typename T, typename Function, typename Truth>
WorstError<T> worst_ulps(const std::vector<T>& x, const Function& function, const Truth& truth) {
  const std::vector<T> y = map_registers(x, function);
  WorstError<T> worst;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Wide<T> expected = truth(Wide<T>(x[i]));
    worst.add(x[i], double(std::fabs(Wide<T>(y[i]) - expected) / ulp_at<T>(expected)));
  }
  return worst;
}

/// The largest absolute error.
template <typename T, typename Function, typename Truth>
WorstError<T> worst_absolute(const std::vector<T>& x, const Function& function,
                             const Truth& truth) {
  const std::vector<T> y = map_registers(x, function);
  WorstError<T> worst;
  for (std::size_t i = 0; i < x.size(); ++i) {
    worst.add(x[i], double(std::fabs(Wide<T>(y[i]) - truth(Wide<T>(x[i])))));
  }
  return worst;
}

/// `count` evenly spaced values in [low, high], and up to `count` random ones with uniform
/// exponents.
template <typename T>
std::vector<T> dense_range(T low, T high, int count) {
  std::vector<T> x;
  for (int i = 0; i <= count; ++i) {
    x.push_back(std::clamp(low + (high - low) * (T(i) / T(count)), low, high));
  }
  std::mt19937_64 random(20260101);
  const int smallest = std::numeric_limits<T>::min_exponent - std::numeric_limits<T>::digits;
  const int largest = std::ilogb(std::max(std::fabs(low), std::fabs(high)));
  for (int i = 0; i < count; ++i) {
    const int exponent = smallest + int(random() % std::uint64_t(largest - smallest + 1));
    const T magnitude = std::ldexp(T(1) + T(random() >> 12) * T(0x1p-52), exponent);
    const T value = random() % 2 == 0 ? magnitude : -magnitude;
    if (value >= low && value <= high) x.push_back(value);
  }
  return x;
}

}  // namespace ganvas::test
