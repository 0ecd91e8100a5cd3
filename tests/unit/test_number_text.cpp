// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Formatting of numbers in messages.
#include "base/number_text.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>

using namespace ganvas;

namespace {

double read_back(double number) {
  return std::strtod(text_of(number).c_str(), nullptr);
}

}  // namespace

TEST_CASE("text_of formats numbers with few digits and zeros", "[range]") {
  CHECK(text_of(0) == "0");
  CHECK(text_of(3) == "3");
  CHECK(text_of(-1200) == "-1200");
  CHECK(text_of(131072) == "131072");
  CHECK(text_of(0.1) == "0.1");
  CHECK(text_of(0.0002) == "0.0002");
  CHECK(text_of(12.345) == "12.345");
  CHECK(text_of(1e-12) == "1e-12");
  CHECK(text_of(-2.5e-8) == "-2.5e-8");
  CHECK(text_of(1e22) == "1e22");
  CHECK(text_of(std::numeric_limits<double>::quiet_NaN()) == "nan");
  CHECK(text_of(-std::numeric_limits<double>::infinity()) == "-inf");
}

TEST_CASE("text_of keeps decimals exact and formats other numbers with 15 digits", "[range]") {
  std::mt19937_64 random(1);
  for (int i = 0; i < 2000; ++i) {
    const auto whole = static_cast<double>(random() % 1'000'000'000'000);
    for (const double decimal : {whole, whole / 1e5, whole / 1e12, whole / 1e20}) {
      CAPTURE(decimal);
      REQUIRE(read_back(decimal) == decimal);
      REQUIRE(text_of(decimal).size() <= 18);
    }
    const double any = static_cast<double>(random() >> 11) * 0x1p-53;
    CAPTURE(any);
    REQUIRE(std::fabs(read_back(any) - any) <= 1e-15 * any);
  }
}
