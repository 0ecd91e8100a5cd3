// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The elementary functions of kernels/math.h against the C library in a wider type: errors in units
// in the last place (ulp) over dense ranges, and special values (zeros, saturation, Inf, NaN).
// Bounds are the measured errors of the worse of the two multiply-add families, rounded up, plus
// half a unit for C libraries whose long double functions are only as accurate as double.
#include "kernels/math.h"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include "support/report.h"
#include "support/ulp.h"

using ganvas::Vec;
using ganvas::test::dense_range;
using ganvas::test::map_registers;
using ganvas::test::report;
using ganvas::test::Wide;
using ganvas::test::worst_absolute;
using ganvas::test::worst_ulps;
using ganvas::test::WorstError;

namespace math = ganvas::math;

namespace {

template <typename T>
constexpr T kInf = std::numeric_limits<T>::infinity();
template <typename T>
constexpr T kNan = std::numeric_limits<T>::quiet_NaN();
template <typename T>
constexpr bool kFloat = sizeof(T) == 4;
template <typename T>
constexpr int kPoints = kFloat<T> ? 1'000'000 : 200'000;

/// e^x - 1 in long double arithmetic without the C library, whose long double functions are only as
/// accurate as double on some platforms: the Taylor series of x / 2^k, then k times
/// expm1(2y) = expm1(y) (2 + expm1(y)).
long double precise_expm1(long double x) {
  int doublings = 0;
  for (; std::fabs(x) > 0.01L; x /= 2) ++doublings;
  long double sum = 0;
  for (int n = 12; n >= 1; --n) sum = x / n * (1 + sum);
  for (; doublings > 0; --doublings) sum *= 2 + sum;
  return sum;
}

template <typename T>
void check_worst(const char* function, WorstError<T> worst, double bound) {
  report((std::string(function) + (kFloat<T> ? " float" : " double") + ", worst error").c_str(),
         worst.error);
  INFO(function << " at " << worst.at);
  CHECK(worst.error <= bound);
}

template <typename T, typename Function>
T at(const Function& function, T x) {
  return map_registers(std::vector<T>{x}, function)[0];
}

}  // namespace

TEMPLATE_TEST_CASE("exp is accurate to 1.25 ulp", "[math]", float, double) {
  using T = TestType;
  const T low = T(std::numeric_limits<T>::min_exponent) * std::numbers::ln2_v<T>;
  const T high = T(std::numeric_limits<T>::max_exponent - 1) * std::numbers::ln2_v<T>;
  const auto ours = [](Vec<T> x) { return math::exp(x); };
  const auto truth = [](Wide<T> x) { return std::exp(x); };
  check_worst("exp, ulp:", worst_ulps(dense_range(low, high, kPoints<T>), ours, truth), 1.25);

  CHECK(at<T>(ours, 0) == 1);
  CHECK(at<T>(ours, -T(0)) == 1);
  CHECK(at<T>(ours, kInf<T>) == kInf<T>);
  CHECK(at<T>(ours, high * T(1.01)) == kInf<T>);
  CHECK(at<T>(ours, std::numeric_limits<T>::max()) == kInf<T>);
  CHECK(at<T>(ours, -kInf<T>) == 0);
  CHECK(at<T>(ours, low * T(1.01)) == 0);
  CHECK(at<T>(ours, std::numeric_limits<T>::lowest()) == 0);
  CHECK(std::isnan(at<T>(ours, kNan<T>)));
}

TEMPLATE_TEST_CASE("log is accurate to 2.1 ulp", "[math]", float, double) {
  using T = TestType;
  const auto ours = [](Vec<T> x) { return math::log(x); };
  const auto truth = [](Wide<T> x) { return std::log(x); };
  std::vector<T> x;
  for (const T value : dense_range(T(0), T(4), kPoints<T>)) {
    if (value >= std::numeric_limits<T>::min()) x.push_back(value);
  }
  for (const T value : dense_range(T(0), std::numeric_limits<T>::max(), kPoints<T> / 4)) {
    if (value >= std::numeric_limits<T>::min()) x.push_back(value);
  }
  check_worst("log, ulp:", worst_ulps(x, ours, truth), 2.1);

  // Near 1 the result is small, so the relative error is critical.
  const std::vector<T> near_one = dense_range(T(0.99), T(1.01), kPoints<T>);
  std::vector<T> positive;
  for (const T value : near_one) {
    if (value >= T(0.99)) positive.push_back(value);
  }
  check_worst("log near 1, ulp:", worst_ulps(positive, ours, truth), 2.1);
  CHECK(at<T>(ours, 1) == 0);
}

TEMPLATE_TEST_CASE("tanh is accurate to 2.75 ulp and saturates", "[math]", float, double) {
  using T = TestType;
  const auto ours = [](Vec<T> x) { return math::tanh(x); };
  const auto truth = [](Wide<T> x) {
    const long double t = precise_expm1(-2 * std::fabs(static_cast<long double>(x)));
    return static_cast<Wide<T>>(std::copysign(t / (t + 2), static_cast<long double>(x)));
  };
  check_worst("tanh, ulp:", worst_ulps(dense_range(T(-25), T(25), kPoints<T>), ours, truth), 2.75);
  check_worst(
      "tanh near 0, ulp:", worst_ulps(dense_range(T(-0.5), T(0.5), kPoints<T>), ours, truth), 2.75);

  for (const T x : dense_range(T(-25), T(25), 10'000)) {
    CHECK(at<T>(ours, -x) == -at<T>(ours, x));
    CHECK(std::fabs(at<T>(ours, x)) <= 1);
  }
  CHECK(at<T>(ours, 0) == 0);
  CHECK(at<T>(ours, kInf<T>) == 1);
  CHECK(at<T>(ours, -kInf<T>) == -1);
  CHECK(at<T>(ours, std::numeric_limits<T>::max()) == 1);
  CHECK(at<T>(ours, std::numeric_limits<T>::lowest()) == -1);
  CHECK(std::isnan(at<T>(ours, kNan<T>)));
}

TEMPLATE_TEST_CASE("sigmoid is accurate to 2.6 ulp in both tails", "[math]", float, double) {
  using T = TestType;
  const auto ours = [](Vec<T> x) { return math::sigmoid(x); };
  const auto truth = [](Wide<T> x) { return 1 / (1 + std::exp(-x)); };
  const T tail = kFloat<T> ? T(86) : T(700);  // beyond, e^x is subnormal or infinite
  check_worst("sigmoid, ulp:", worst_ulps(dense_range(-tail, tail, kPoints<T>), ours, truth), 2.6);

  CHECK(at<T>(ours, 0) == T(0.5));
  CHECK(at<T>(ours, kInf<T>) == 1);
  CHECK(at<T>(ours, -kInf<T>) == 0);
  CHECK(at<T>(ours, std::numeric_limits<T>::max()) == 1);
  CHECK(at<T>(ours, std::numeric_limits<T>::lowest()) == 0);
  CHECK(std::isnan(at<T>(ours, kNan<T>)));
}

TEMPLATE_TEST_CASE("log(1 + e^-|x|) is accurate to 3.25 ulp even where it is tiny", "[math]", float,
                   double) {
  using T = TestType;
  const auto ours = [](Vec<T> x) { return math::log1p_exp_minus_abs(x); };
  const auto truth = [](Wide<T> x) { return std::log1p(std::exp(-std::fabs(x))); };
  const T tail = kFloat<T> ? T(86) : T(700);
  check_worst("log1p_exp_minus_abs, ulp:",
              worst_ulps(dense_range(-tail, tail, kPoints<T>), ours, truth), 3.25);

  CHECK(at<T>(ours, kInf<T>) == 0);
  CHECK(at<T>(ours, -kInf<T>) == 0);
  CHECK(at<T>(ours, std::numeric_limits<T>::max()) == 0);
  CHECK(at<T>(ours, std::numeric_limits<T>::lowest()) == 0);
  CHECK(std::isnan(at<T>(ours, kNan<T>)));
}

TEST_CASE("sin and cos of a 24-bit turn are accurate to 2^-23", "[math]") {
  // Every eleventh of the 2^24 angles that a random stream can draw, and the boundaries of the
  // range reduction.
  std::vector<float> turns;
  for (std::uint32_t word = 0; word < 1u << 24; word += 11) {
    turns.push_back(static_cast<float>(word) * 0x1p-24f);
  }
  for (int eighth = 0; eighth <= 8; ++eighth) {
    const float boundary = static_cast<float>(eighth) / 8;
    for (const float u : {boundary - 0x1p-24f, boundary, boundary + 0x1p-24f}) {
      if (u >= 0 && u <= 1) turns.push_back(u);
    }
  }
  constexpr double kTurn = 2 * std::numbers::pi;
  constexpr double kTurnBound = 2 * 0x1p-24;
  check_worst("sin of turns, absolute:",
              worst_absolute(
                  turns, [](Vec<float> u) { return math::sincos_turns(u).sin; },
                  [](double u) { return std::sin(kTurn * u); }),
              kTurnBound);
  check_worst("cos of turns, absolute:",
              worst_absolute(
                  turns, [](Vec<float> u) { return math::sincos_turns(u).cos; },
                  [](double u) { return std::cos(kTurn * u); }),
              kTurnBound);
  const auto sin = [](Vec<float> u) { return math::sincos_turns(u).sin; };
  const auto cos = [](Vec<float> u) { return math::sincos_turns(u).cos; };
  CHECK((at<float>(sin, 0) == 0 && at<float>(cos, 0) == 1));
  CHECK((at<float>(sin, 0.25f) == 1 && at<float>(cos, 0.25f) == 0));
  CHECK((at<float>(sin, 0.5f) == 0 && at<float>(cos, 0.5f) == -1));
  CHECK((at<float>(sin, 0.75f) == -1 && at<float>(cos, 0.75f) == 0));
}
