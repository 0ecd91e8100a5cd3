// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Walks through the latent space against the C library's trigonometry, and the cases without a
// unique great circle: parallel, opposite and zero latents.
#include "inference/latents.h"

#include <algorithm>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "support/packed.h"
#include "support/tensors.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}
double norm(const std::vector<double>& a) {
  return std::sqrt(dot(a, a));
}

std::vector<double> slerped(const std::vector<double>& a, const std::vector<double>& b, double t) {
  std::vector<double> out(a.size());
  slerp<double>(a, b, t, out);
  return out;
}

std::vector<double> scaled(std::vector<double> z, double factor) {
  for (double& value : z) value *= factor;
  return z;
}

template <typename T>
std::vector<T> point(const std::vector<T>& rows, std::size_t index, std::size_t width) {
  const auto begin = rows.begin() + std::ptrdiff_t(index * width);
  return {begin, begin + std::ptrdiff_t(width)};
}

}  // namespace

TEST_CASE("slerp follows the great circle at constant speed", "[latent_walk]") {
  Random random(5);
  for (const std::size_t size : {2u, 3u, 32u, 100u}) {
    for (int trial = 0; trial < 50; ++trial) {
      const auto a = random_values<double>(size, random, -2, 2);
      const auto b = random_values<double>(size, random, -2, 2);
      const double t = uniform(random, 0, 1);
      const double angle = std::acos(dot(a, b) / norm(a) / norm(b));
      const double radius = (1 - t) * norm(a) + t * norm(b);
      std::vector<double> expected;
      for (std::size_t i = 0; i < size; ++i) {
        expected.push_back(
            radius *
            (std::sin((1 - t) * angle) * a[i] / norm(a) + std::sin(t * angle) * b[i] / norm(b)) /
            std::sin(angle));
      }
      // The series are accurate to 1e-11; dividing by the sine of the angle amplifies that error.
      CHECK(absolute_error(slerped(a, b, t), expected) < 1e-9 / std::sin(angle));
    }
  }
}

TEMPLATE_TEST_CASE("A path starts and ends exactly at its latents", "[latent_walk]", float,
                   double) {
  using T = TestType;
  Random random(6);
  const auto a = random_values<T>(32, random, -2, 2);
  auto opposite = a;
  for (T& value : opposite) value = -value;
  const std::vector<T> zero(32);
  for (const auto& b : {random_values<T>(32, random, -2, 2), a, opposite, zero}) {
    std::vector<T> path(7 * 32);
    latent_path<T>(a, b, path);
    CHECK(point(path, 0, 32) == a);
    CHECK(point(path, 6, 32) == b);
    CHECK(std::ranges::all_of(path, [](T value) { return std::isfinite(value); }));
  }
}

TEST_CASE("Nearly parallel latents are interpolated linearly", "[latent_walk]") {
  const std::vector<double> a{3, -4, 1};
  for (const double far : {0.0, 1e-12, 1e-7, 1e-4}) {
    const std::vector<double> b{3 + far, -4, 1 - far};
    const std::vector<double> middle{3 + far / 2, -4, 1 - far / 2};
    CHECK(absolute_error(slerped(a, b, 0.5), middle) < 1e-8);
  }
  CHECK(absolute_error(slerped(a, scaled(a, 3), 0.25), scaled(a, 1.5)) < 1e-12);
  CHECK(slerped(a, {0, 0, 0}, 0.5) == scaled(a, 0.5));
}

TEST_CASE("Opposite latents are joined by a half circle, not through the origin", "[latent_walk]") {
  Random random(7);
  for (const std::size_t size : {2u, 3u, 64u}) {
    const auto a = random_values<double>(size, random, -2, 2);
    for (const double nudge : {0.0, 1e-9, 1e-5, 2e-3}) {
      auto b = scaled(a, -1);
      b[0] += nudge;
      for (const double t : {0.1, 0.5, 0.9}) {
        const auto z = slerped(a, b, t);
        CHECK(std::fabs(norm(z) / norm(a) - 1) < 2e-3);
        CHECK(std::fabs(std::acos(dot(a, z) / norm(a) / norm(z)) - t * std::numbers::pi) < 5e-3);
      }
    }
  }
  // In one dimension there is no half circle.
  CHECK(slerped({2}, {-2}, 0.5) == std::vector<double>{0});
}

TEMPLATE_TEST_CASE("A plane has exactly its three latents at its corners", "[latent_walk]", float,
                   double) {
  using T = TestType;
  Random random(8);
  constexpr std::size_t kSize = 16;
  const auto origin = random_values<T>(kSize, random, -2, 2);
  const auto right = random_values<T>(kSize, random, -2, 2);
  const auto below = random_values<T>(kSize, random, -2, 2);
  const auto at = [](const std::vector<T>& grid, int columns, int row, int column) {
    return point(grid, std::size_t(row * columns + column), kSize);
  };
  for (const auto& [rows, columns] : {std::pair{2, 2}, {3, 5}, {6, 2}}) {
    std::vector<T> grid(std::size_t(rows * columns) * kSize);
    latent_plane<T>(origin, right, below, rows, columns, grid);
    CHECK(at(grid, columns, 0, 0) == origin);
    CHECK(at(grid, columns, 0, columns - 1) == right);
    CHECK(at(grid, columns, rows - 1, 0) == below);
    const auto wide = [](const std::vector<T>& z) {
      return std::vector<double>(z.begin(), z.end());
    };
    // The fourth corner has the direction right + below - origin and the mean radius of its
    // neighbours.
    std::vector<double> far;
    for (std::size_t i = 0; i < kSize; ++i)
      far.push_back(double(right[i]) + double(below[i]) - double(origin[i]));
    far = scaled(far, (norm(wide(right)) + norm(wide(below))) / 2 / norm(far));
    CHECK(absolute_error(at(grid, columns, rows - 1, columns - 1), far) < 1e-5);
    const auto [least, most] =
        std::minmax({norm(wide(origin)), norm(wide(right)), norm(wide(below)), norm(far)});
    std::vector<T> edge(std::size_t(columns) * kSize);
    latent_path<T>(origin, right, edge);
    for (int column = 0; column < columns; ++column) {
      CHECK(at(grid, columns, 0, column) == point(edge, std::size_t(column), kSize));
      for (int row = 0; row < rows; ++row) {
        const double radius = norm(wide(at(grid, columns, row, column)));
        CHECK(radius > least * (1 - 1e-6));
        CHECK(radius < most * (1 + 1e-6));
      }
    }
  }
}

TEST_CASE("A plane is finite if the direction of its fourth corner is zero", "[latent_walk]") {
  // right + below = origin
  std::vector<double> grid(3 * 3 * 2);
  latent_plane<double>(std::vector{2.0, 2.0}, std::vector{2.0, 0.0}, std::vector{0.0, 2.0}, 3, 3,
                       grid);
  CHECK(std::ranges::all_of(grid, [](double value) { return std::isfinite(value); }));
  CHECK(absolute_error(point(grid, 8, 2), std::vector{std::sqrt(2.0), std::sqrt(2.0)}) < 1e-9);
}

TEST_CASE("truncate_latents scales the latents", "[latent_walk]") {
  std::vector<float> latents{1, -2, 0.5f};
  truncate_latents<float>(latents, 0.5);
  CHECK(latents == std::vector<float>{0.5f, -1, 0.25f});
}
