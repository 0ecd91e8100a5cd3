// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// exp, log, tanh, sigmoid, sin and cos on registers, for float and double. They replace the C
// library's, whose last bits differ between platforms, because training must give the same bits
// everywhere. Arguments are reduced to where the Taylor (or artanh) series converges fast; its
// coefficients are the textbook fractions, and the degree is chosen so that the first omitted term
// is below half a unit in the last place. The tests state the measured errors in ulp.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <numbers>

#include "kernels/simd.h"

namespace ganvas::math {

/// 1/n! for n = 0 .. 15
inline constexpr std::array<double, 16> kInverseFactorial = [] {
  std::array<double, 16> values{};
  double factorial = 1;
  for (std::size_t n = 0; n < values.size(); ++n) {
    if (n > 0) factorial *= static_cast<double>(n);
    values[n] = 1 / factorial;
  }
  return values;
}();

template <typename T>
inline constexpr bool kIsFloat = sizeof(T) == 4;

/// 2^n for integral n held as floating point, -126 <= n <= 127 (float) or -1022 <= n <= 1023
/// (double).
template <typename T>
inline Vec<T> exp2_integer(Vec<T> n) {
  using Int = std::conditional_t<kIsFloat<T>, std::int32_t, std::int64_t>;
  constexpr int kMantissaBits = std::numeric_limits<T>::digits - 1;
  constexpr int kBias = std::numeric_limits<T>::max_exponent - 1;
  // Adding 1.5 * 2^mantissa leaves the integer in the low bits of the representation. This avoids a
  // conversion instruction, which most instruction sets lack for 64-bit integers.
  constexpr T kShifter = T{3} * (Int{1} << (kMantissaBits - 1));
  const Vec<T> shifted = n + Vec<T>(kShifter + kBias);
  return xsimd::bitwise_cast<T>(xsimd::bitwise_cast<Int>(shifted) << kMantissaBits);
}

/// exp(r) - 1 for |r| <= ln(2) / 2 by its Taylor polynomial, r + r^2 (1/2! + r/3! + ...). r itself
/// is added last, so that its last bit is rounded only once.
template <typename T>
inline Vec<T> expm1_reduced(Vec<T> r) {
  constexpr int kDegree = kIsFloat<T> ? 7 : 13;
  Vec<T> sum(static_cast<T>(kInverseFactorial[kDegree]));
  for (int n = kDegree - 1; n >= 2; --n) {
    sum = madd(sum, r, Vec<T>(static_cast<T>(kInverseFactorial[static_cast<std::size_t>(n)])));
  }
  return madd(sum, r * r, r);
}

template <typename T>
struct ExpReduction {
  Vec<T> n;  // integral
  Vec<T> r;  // x - n ln 2, |r| <= ln(2) / 2
};

template <typename T>
inline ExpReduction<T> reduce_for_exp(Vec<T> x) {
  // ln 2 in two parts; the first has enough trailing zero bits that n * kHigh is exact.
  constexpr T kHigh = kIsFloat<T> ? T(0x1.62ep-1) : T(0x1.62e42fee00000p-1);
  constexpr T kLow = kIsFloat<T> ? T(std::numbers::ln2 - 0x1.62ep-1) : T(0x1.a39ef35793c76p-33);
  const Vec<T> n = xsimd::nearbyint(x * Vec<T>(std::numbers::log2e_v<T>));
  return {n, nmadd(n, Vec<T>(kLow), nmadd(n, Vec<T>(kHigh), x))};
}

/// e^x. Results below 2^-125 (float) or 2^-1021 (double) become 0, those above 2^127 or 2^1023
/// become +Inf.
template <typename T>
inline Vec<T> exp(Vec<T> x) {
  constexpr T kMin = std::numeric_limits<T>::min_exponent * std::numbers::ln2_v<T>;
  constexpr T kMax = (std::numeric_limits<T>::max_exponent - 1) * std::numbers::ln2_v<T>;
  const Vec<T> clamped = xsimd::min(xsimd::max(x, Vec<T>(kMin)), Vec<T>(kMax));
  const ExpReduction<T> reduced = reduce_for_exp(clamped);
  Vec<T> result = madd(expm1_reduced(reduced.r), Vec<T>(1), Vec<T>(1)) * exp2_integer(reduced.n);
  result = xsimd::select(x > Vec<T>(kMax), Vec<T>(std::numeric_limits<T>::infinity()), result);
  result = xsimd::select(x < Vec<T>(kMin), Vec<T>(0), result);
  return xsimd::select(x == x, result, x);  // NaN stays NaN
}

/// 2 artanh(s) = 2 s (1 + s^2/3 + s^4/5 + ...), the first kTerms terms.
template <int kTerms, typename T>
inline Vec<T> twice_artanh(Vec<T> s) {
  const Vec<T> s2 = s * s;
  Vec<T> series(T(2) / (2 * kTerms - 1));
  for (int k = kTerms - 2; k >= 1; --k) series = madd(series, s2, Vec<T>(T(2) / (2 * k + 1)));
  return madd(s * s2, series, s + s);
}

/// Natural logarithm of a positive normal number: x = m 2^e with m in [sqrt(1/2), sqrt(2)), and
/// log m = 2 artanh((m - 1) / (m + 1)).
template <typename T>
inline Vec<T> log(Vec<T> x) {
  using Int = std::conditional_t<kIsFloat<T>, std::int32_t, std::int64_t>;
  constexpr int kMantissaBits = std::numeric_limits<T>::digits - 1;
  constexpr T kShifter = T{3} * (Int{1} << (kMantissaBits - 1));
  const auto bits = xsimd::bitwise_cast<Int>(x);
  const auto sqrt_half_bits = xsimd::bitwise_cast<Int>(Vec<T>(std::numbers::sqrt2_v<T> / 2));
  const auto exponent = (bits - sqrt_half_bits) >> kMantissaBits;
  const Vec<T> m = xsimd::bitwise_cast<T>(bits - (exponent << kMantissaBits));
  const Vec<T> e = xsimd::bitwise_cast<T>(exponent + xsimd::bitwise_cast<Int>(Vec<T>(kShifter))) -
                   Vec<T>(kShifter);

  constexpr int kTerms = kIsFloat<T> ? 5 : 11;
  const Vec<T> log_m = twice_artanh<kTerms, T>((m - Vec<T>(1)) / (m + Vec<T>(1)));
  return madd(e, Vec<T>(std::numbers::ln2_v<T>), log_m);
}

/// tanh(x) = t / (t + 2) with t = exp(2|x|) - 1, which keeps its relative precision near zero.
template <typename T>
inline Vec<T> tanh(Vec<T> x) {
  constexpr T kSaturated = kIsFloat<T> ? T(10) : T(20);  // tanh(x) rounds to 1 for larger x
  const Vec<T> magnitude = xsimd::min(xsimd::abs(x), Vec<T>(kSaturated));
  const ExpReduction<T> reduced = reduce_for_exp(magnitude + magnitude);
  const Vec<T> scale = exp2_integer(reduced.n);
  const Vec<T> t = madd(expm1_reduced(reduced.r), scale, scale - Vec<T>(1));
  const Vec<T> result = xsimd::copysign(t / (t + Vec<T>(2)), x);
  return xsimd::select(x == x, result, x);
}

/// 1 / (1 + e^-x)
template <typename T>
inline Vec<T> sigmoid(Vec<T> x) {
  return Vec<T>(1) / (Vec<T>(1) + math::exp(-x));
}

/// log(1 + e^-|x|), the smooth part of log(1 + e^x) = max(x, 0) + log(1 + e^-|x|). It never
/// overflows. With y = e^-|x| it is 2 artanh(y / (2 + y)), which is precise for any small y.
template <typename T>
inline Vec<T> log1p_exp_minus_abs(Vec<T> x) {
  constexpr int kTerms = kIsFloat<T> ? 8 : 17;
  const Vec<T> y = math::exp(-xsimd::abs(x));
  return twice_artanh<kTerms, T>(y / (Vec<T>(2) + y));
}

struct SinCos {
  Vec<float> sin;
  Vec<float> cos;
};

/// sin and cos of 2 pi u for u in [0, 1]: u is reduced exactly, to within an eighth of a turn of
/// the nearest quarter turn.
inline SinCos sincos_turns(Vec<float> u) {
  using V = Vec<float>;
  const V quarter = xsimd::nearbyint(u * V(4.0f));
  const V r = nmadd(quarter, V(0.25f), u) * V(2 * std::numbers::pi_v<float>);
  const V r2 = r * r;
  constexpr int kLast = 9;  // the highest power in the sine's series
  const auto coefficient = [](int n) {
    return V(static_cast<float>(kInverseFactorial[static_cast<std::size_t>(n)]));
  };
  V sin_r = coefficient(kLast);
  V cos_r = coefficient(kLast - 1);
  for (int n = kLast - 2; n >= 1; n -= 2) {  // signs alternate from the top term down
    sin_r = nmadd(sin_r, r2, coefficient(n));
    cos_r = nmadd(cos_r, r2, coefficient(n - 1));
  }
  sin_r = sin_r * r;

  const V one(1.0f);
  const V two(2.0f);
  const V three(3.0f);
  const auto swapped = (quarter == one) | (quarter == three);
  const auto sin_negative = (quarter == two) | (quarter == three);
  const auto cos_negative = (quarter == one) | (quarter == two);
  const V sin_magnitude = xsimd::select(swapped, cos_r, sin_r);
  const V cos_magnitude = xsimd::select(swapped, sin_r, cos_r);
  return {xsimd::select(sin_negative, -sin_magnitude, sin_magnitude),
          xsimd::select(cos_negative, -cos_magnitude, cos_magnitude)};
}

}  // namespace ganvas::math
