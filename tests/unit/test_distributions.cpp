// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Point distributions: bounds, shapes and dependence on the seed.
#include "data/distributions.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "support/packed.h"

using namespace ganvas;

namespace {

std::vector<float> points(std::string_view name, std::uint64_t seed, int count) {
  auto drawn = draw_points(name, seed, count);
  REQUIRE(drawn.ok());
  REQUIRE(drawn.value().size() == 2 * std::size_t(count));
  return std::move(drawn).value();
}

template <typename Use>
void each_point(std::string_view name, const Use& use) {
  const auto drawn = points(name, 5, 8000);
  for (std::size_t i = 0; i < drawn.size(); i += 2) use(double(drawn[i]), double(drawn[i + 1]));
}

}  // namespace

TEST_CASE("Every distribution surrounds the origin and has the expected size", "[distributions]") {
  CHECK(point_distribution_names().size() == 5);
  for (const std::string_view name : point_distribution_names()) {
    INFO(name);
    double left = 0, right = 0, top = 0, bottom = 0;
    each_point(name, [&](double x, double y) {
      REQUIRE(std::fabs(x) <= 1.2);
      REQUIRE(std::fabs(y) <= 1.2);
      left = std::fmin(left, x);
      right = std::fmax(right, x);
      bottom = std::fmin(bottom, y);
      top = std::fmax(top, y);
    });
    CHECK(right - left > 1);
    CHECK(top - bottom > 0.7);
  }
}

TEST_CASE("A larger count extends a smaller one, and seeds and names change the points",
          "[distributions]") {
  for (const std::string_view name : point_distribution_names()) {
    const auto most = points(name, 7, 300);
    for (const int count : {0, 1, 2, 31, 32, 33, 299}) {
      const auto fewer = points(name, 7, count);
      CHECK(std::equal(fewer.begin(), fewer.end(), most.begin()));
    }
    CHECK(points(name, 8, 300) != most);
    for (const std::string_view other : point_distribution_names()) {
      if (other != name) CHECK(points(other, 7, 300) != most);
    }
  }
}

TEST_CASE("The ring has eight equally likely modes", "[distributions]") {
  std::vector<int> counts(8);
  double squares = 0;
  each_point("ring", [&](double x, double y) {
    const double turns = std::atan2(y, x) / (2 * std::numbers::pi);
    const int mode = int(std::lround(8 * turns) + 8) % 8;
    const double angle = 2 * std::numbers::pi * mode / 8;
    squares += std::pow(x - 0.7 * std::cos(angle), 2) + std::pow(y - 0.7 * std::sin(angle), 2);
    ++counts[std::size_t(mode)];
  });
  for (const int count : counts) CHECK(std::abs(count - 1000) < 130);
  CHECK(std::fabs(std::sqrt(squares / 8000 / 2) - 0.04) < 0.002);
}

TEST_CASE("The line, discs, spiral and swiss roll have their shapes", "[distributions]") {
  each_point("line", [](double x, double y) { REQUIRE(std::fabs(y - x / 2) < 0.15); });
  int in_left = 0;
  each_point("discs", [&](double x, double y) {
    const bool left = x < 0;
    in_left += left;
    REQUIRE(std::hypot(x - (left ? -0.5 : 0.5), y - (left ? -0.3 : 0.3)) < 0.3001);
  });
  CHECK(std::abs(in_left - 4000) < 200);
  double sum = 0;
  each_point("spiral",
             [&](double x, double y) {  // radius 0.85 t at t turns, or half a turn further
               const double radius = std::hypot(x, y) / 0.85;
               const double turns = std::atan2(y, x) / (2 * std::numbers::pi) - radius;
               const double off = std::fabs(turns * 2 - std::round(turns * 2)) / 2;
               sum += 2 * std::numbers::pi * off * radius;
             });
  CHECK(sum / 8000 < 0.08);  // a uniform disc would have 0.52
  each_point("swiss_roll", [](double x, double y) {
    const double turns = std::hypot(x, y) / 0.85 * 2.25;
    REQUIRE(turns > 0.5);
    REQUIRE(turns < 2.6);
    const double difference = std::atan2(y, x) / (2 * std::numbers::pi) - turns;
    REQUIRE(std::fabs(difference - std::round(difference)) < 0.3);
  });
}

TEST_CASE("The noise of a point tells nothing of where any point lies", "[distributions]") {
  // Numbers are drawn 32 points at a time, so that a shared stream would show within these.
  constexpr std::size_t kTogether = 32;
  constexpr std::size_t kBlocks = 2000;
  const auto drawn = points("line", 5, int(kTogether * kBlocks));
  const auto place = [&](std::size_t i) { return double(drawn[2 * i] + drawn[2 * i + 1] / 2); };
  const auto noise = [&](std::size_t i) {
    return std::pow(double(drawn[2 * i + 1] - drawn[2 * i] / 2), 2);
  };
  double largest = 0;
  for (std::size_t a = 0; a < kTogether; ++a) {
    for (std::size_t b = 0; b < kTogether; ++b) {
      double n = 0, p = 0, nn = 0, pp = 0, np = 0;
      for (std::size_t block = 0; block < kBlocks * kTogether; block += kTogether) {
        const double x = noise(block + a), y = place(block + b);
        n += x, p += y, nn += x * x, pp += y * y, np += x * y;
      }
      const double covariance = np - n * p / kBlocks;
      const double correlation =
          covariance / std::sqrt((nn - n * n / kBlocks) * (pp - p * p / kBlocks));
      largest = std::fmax(largest, std::fabs(correlation));
    }
  }
  CHECK(largest < 5 / std::sqrt(double(kBlocks)));
}

TEST_CASE("The error for an unknown distribution lists the known ones", "[distributions]") {
  const auto unknown = draw_points("rings", 1, 10);
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().code == ErrorCode::not_found);
  CHECK(unknown.error().message ==
        "unknown distribution 'rings'; known distributions: line, ring, discs, spiral, swiss_roll");
}

TEST_CASE("load_batch copies points unchanged", "[dataset]") {
  const auto drawn = points("ring", 1, 40);
  const auto dataset = Dataset::of_points(drawn, 2);
  REQUIRE(dataset.ok());
  CHECK(dataset.value().size() == 40);
  CHECK(dataset.value().features() == 2);
  CHECK_FALSE(dataset.value().has_labels());
  const std::vector<std::uint32_t> indices{39, 0, 7};
  AlignedBuffer<float> packed(BatchLayout::of(3).storage(2));
  dataset.value().load_batch(indices, packed.data());
  const auto rows = test::unpack<float>(packed.data(), BatchLayout::of(3), 2);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(rows[2 * i] == drawn[2 * indices[i]]);
    CHECK(rows[2 * i + 1] == drawn[2 * indices[i] + 1]);
  }
}

TEST_CASE("Rejects incomplete and non-finite points", "[dataset]") {
  const auto code_of = [](std::vector<float> values) {
    const auto dataset = Dataset::of_points(std::move(values), 2);
    REQUIRE_FALSE(dataset.ok());
    return dataset.error().code;
  };
  CHECK(code_of({}) == ErrorCode::shape_mismatch);
  CHECK(code_of({1, 2, 3}) == ErrorCode::shape_mismatch);
  CHECK(code_of({1, NAN}) == ErrorCode::non_finite);
  CHECK(code_of({1, 2, INFINITY, 4}) == ErrorCode::non_finite);
}
