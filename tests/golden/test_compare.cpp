// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Tests of the comparisons that golden tests, gradient checks and unit tests rely on.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "golden/compare.h"
#include "gradcheck/central_difference.h"
#include "support/files.h"
#include "support/larger_error.h"
#include "support/tensors.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

const GoldenTensor kTruth{{2, 2}, {1, -2, 3, 4}};

}  // namespace

TEST_CASE("Equal tensors have distance 0", "[golden]") {
  CHECK(distance(kTruth, kTruth) == 0);
  CHECK(distance({{3}, {0, 0, 0}}, {{3}, {0, 0, 0}}) == 0);
}

TEST_CASE("The distance is relative to the largest magnitude", "[golden]") {
  CHECK(distance({{2, 2}, {1, -2, 3.5, 4}}, kTruth) == 0.125);
  CHECK(distance({{2, 2}, {1.25, -2, 3.5, 3}}, kTruth) == 0.25);
  CHECK(distance({{1}, {1e-300}}, {{1}, {0}}) == kIncomparable);
}

TEST_CASE("An error that is NaN counts as infinite", "[golden]") {
  CHECK(larger_error(1, kNan) == kInf);
  CHECK(larger_error(kNan, 1) == kInf);
  CHECK(larger_error(larger_error(0, kNan), 1) == kInf);
  CHECK(larger_error(1, 2) == 2);
  CHECK(relative_error(std::vector{1.0, kNan, 3.0}, std::vector{1.0, 2.0, 3.0}) == kInf);
  for (const auto& [analytic, numeric] : {std::pair{kNan, 1.0}, {1.0, kNan}, {kInf, 1.0}}) {
    GradientError error;
    error.add(1, 1);
    error.add(analytic, numeric);
    error.add(1, 1);
    CHECK(error.relative() == kInf);
  }
}

TEST_CASE("NaN and Inf are incomparable, even with themselves", "[golden]") {
  for (const double ours : {kNan, kInf, -kInf, 3.0}) {
    for (const double truth : {kNan, kInf, -kInf, 3.0}) {
      const double expected = ours == 3 && truth == 3 ? 0 : kIncomparable;
      CHECK(distance({{2}, {1, ours}}, {{2}, {1, truth}}) == expected);
    }
  }
}

TEST_CASE("Different shapes are incomparable, even with as many elements", "[golden]") {
  CHECK(distance({{4}, kTruth.values}, kTruth) == kIncomparable);
  CHECK(distance({{4, 1}, kTruth.values}, kTruth) == kIncomparable);
  CHECK(distance({{2, 1}, {1, -2}}, kTruth) == kIncomparable);
  CHECK(distance({{2, 2}, {1, -2, 3}}, kTruth) == kIncomparable);
}

TEST_CASE("A missing reference is incomparable", "[golden]") {
  CHECK(distance({}, {}) == kIncomparable);
  CHECK(distance(kTruth, {}) == kIncomparable);
}

TEST_CASE("The distance detects one flipped sign and one swap of neighbours", "[golden]") {
  const auto bytes = read_file("tests/golden/seed_batch6.safetensors");
  const auto file = SafetensorsFile::parse(bytes);
  REQUIRE(file.ok());
  const GoldenTensor truth = GoldenTensor::from(file.value(), "final.generator.2.weight");
  REQUIRE(truth.shape == Shape{20, 12});
  CHECK(distance(truth, truth) == 0);
  for (std::size_t i = 0; i < truth.values.size(); ++i) {
    GoldenTensor flipped = truth;
    flipped.values[i] = -flipped.values[i];
    REQUIRE(distance(flipped, truth) > 1e-3);
    GoldenTensor swapped = truth;
    std::swap(swapped.values[i], swapped.values[(i + 1) % truth.values.size()]);
    REQUIRE(distance(swapped, truth) > 1e-6);
  }
}

TEST_CASE("Golden tensors keep float64 precision", "[golden]") {
  const auto bytes = read_file("tests/golden/python_written.safetensors");
  const auto file = SafetensorsFile::parse(bytes);
  REQUIRE(file.ok());
  const GoldenTensor wide = GoldenTensor::from(file.value(), "f64");
  const GoldenTensor narrow = GoldenTensor::from(file.value(), "f32");
  REQUIRE(wide.values.size() == 6);
  CHECK(wide.values[1] == 1.0 / 3);
  CHECK(narrow.values[1] == double(1.0f / 3.0f));
  CHECK(GoldenTensor::from(file.value(), "no such tensor").values.empty());
}
