// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Decimal formatting of numbers; see number_text.h.
#include "base/number_text.h"

#include <cmath>
#include <cstdlib>
#include <string>

namespace ganvas {
namespace {

/// value * 10^exponent. Rounded only once for |exponent| <= 22, where the power is exact.
double scaled(double value, int exponent) {
  for (; exponent > 22; exponent -= 22) value *= 1e22;
  for (; exponent < -22; exponent += 22) value /= 1e22;
  double power = 1;
  for (int i = 0; i < std::abs(exponent); ++i) power *= 10;
  return exponent < 0 ? value / power : value * power;
}

/// Decimal notation of digits whose first one has the place value 10^exponent: 0.0012, 120 or
/// 1.2e-8.
std::string decimal(std::string digits, int exponent) {
  digits.resize(digits.find_last_not_of('0') + 1);
  const int count = static_cast<int>(digits.size());
  if (exponent < -5 || exponent > 16) {
    if (count > 1) digits.insert(1, ".");
    return digits + "e" + std::to_string(exponent);
  }
  const int places = exponent + 1;  // before the decimal point
  if (places <= 0) return "0." + std::string(static_cast<std::size_t>(-places), '0') + digits;
  if (count > places) return digits.insert(static_cast<std::size_t>(places), ".");
  const int zeros = places - count;
  return digits.append(static_cast<std::size_t>(zeros), '0');
}

}  // namespace

// Hand-written because in WebAssembly std::to_chars for floating point adds 52 kB of gzipped
// tables, and snprintf 4 kB.
std::string text_of(double number) {
  if (std::isnan(number)) return "nan";
  const std::string sign = number < 0 ? "-" : "";
  const double magnitude = std::fabs(number);
  if (std::isinf(magnitude)) return sign + "inf";
  if (magnitude == 0) return "0";
  int exponent = 0;  // of the first digit
  for (double m = magnitude; m >= 10; m /= 10) ++exponent;
  for (double m = magnitude; m < 1; m *= 10) --exponent;
  std::string digits;
  int last = exponent;  // the exponent of the last digit
  for (;; --last) {
    const double whole = std::round(scaled(magnitude, -last));
    digits = std::to_string(static_cast<long long>(whole));
    if (exponent - last == 16 || scaled(whole, last) == magnitude) break;
  }
  return sign + decimal(digits, last + static_cast<int>(digits.size()) - 1);
}

}  // namespace ganvas
