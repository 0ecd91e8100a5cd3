// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Great circles, computed in double with the core's own series, so that paths are the same on every
// platform; see latents.h.
#include "inference/latents.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numbers>
#include "kernels/math.h"
#include "kernels/random.h"

namespace ganvas {
namespace {

using std::numbers::pi;

// Below the first angle, line and circle are equal to float precision; above the second, the
// direction of the circle is mostly rounding error.
constexpr double kParallel = 1e-4;
constexpr double kOpposite = pi - 1e-3;

/// sin(x) for -pi / 2 <= x <= pi, by its Taylor series, with an error below 1e-11.
double sine(double x) {
  if (x > pi / 2) x = pi - x;
  double sum = 0;
  for (int n = 15; n >= 1; n -= 2) {
    sum = math::kInverseFactorial[static_cast<std::size_t>(n)] - sum * x * x;
  }
  return sum * x;
}

/// atan(y / x) for y, x >= 0, not both 0: halves the angle three times, then sums the series.
double angle_of(double y, double x) {
  if (y > x) return pi / 2 - angle_of(x, y);
  double tangent = y / x;
  for (int halving = 0; halving < 3; ++halving) {
    tangent /= 1 + std::sqrt(1 + tangent * tangent);
  }
  double sum = 0;
  for (int n = 13; n >= 1; n -= 2) sum = 1.0 / n - sum * tangent * tangent;
  return 8 * sum * tangent;
}

template <typename T>
double norm(std::span<const T> z) {
  double squares = 0;
  for (const T value : z) squares += static_cast<double>(value) * static_cast<double>(value);
  return std::sqrt(squares);
}

/// out = weight_a a + weight_b b
template <typename T>
void combine(std::span<const T> a, double weight_a, std::span<const T> b, double weight_b,
             std::span<T> out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] =
        static_cast<T>(weight_a * static_cast<double>(a[i]) + weight_b * static_cast<double>(b[i]));
  }
}

/// Half a turn from a to -a, through the axis that is farthest from a.
template <typename T>
void half_turn(std::span<const T> a, double norm_a, double norm_b, double t, std::span<T> out) {
  const auto smaller = [](T x, T y) { return std::abs(x) < std::abs(y); };
  const auto axis =
      static_cast<std::size_t>(std::min_element(a.begin(), a.end(), smaller) - a.begin());
  const double along = static_cast<double>(a[axis]) / norm_a;
  const double height = std::sqrt(1 - along * along);  // distance of the axis from a's line
  const double radius = (1 - t) * norm_a + t * norm_b;
  const double up = radius * sine(pi * t) / height;
  const double straight = radius * sine(pi / 2 - pi * t) - up * along;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = static_cast<T>(straight * static_cast<double>(a[i]) / norm_a + (i == axis ? up : 0));
  }
}

}  // namespace

template <typename T>
void slerp(std::span<const T> a, std::span<const T> b, double t, std::span<T> out) {
  assert(a.size() == b.size() && a.size() == out.size() && t >= 0 && t <= 1);
  const double norm_a = norm(a);
  const double norm_b = norm(b);
  double angle = 0;
  if (norm_a > 0 && norm_b > 0 && t > 0 && t < 1) {
    // 2 atan(|u - v| / |u + v|) of the unit vectors: precise at any angle (Kahan).
    double difference = 0;
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      const double u = static_cast<double>(a[i]) / norm_a;
      const double v = static_cast<double>(b[i]) / norm_b;
      difference += (u - v) * (u - v);
      sum += (u + v) * (u + v);
    }
    angle = 2 * angle_of(std::sqrt(difference), std::sqrt(sum));
  }
  if (angle < kParallel || a.size() < 2) return combine(a, 1 - t, b, t, out);
  if (angle > kOpposite) return half_turn(a, norm_a, norm_b, t, out);
  const double radius = (1 - t) * norm_a + t * norm_b;
  combine(a, radius / norm_a * sine((1 - t) * angle) / sine(angle), b,
          radius / norm_b * sine(t * angle) / sine(angle), out);
}

template <typename T>
void latent_path(std::span<const T> a, std::span<const T> b, std::span<T> path) {
  const std::size_t points = path.size() / a.size();
  assert(points >= 2 && points * a.size() == path.size());
  for (std::size_t i = 0; i < points; ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(points - 1);
    slerp(a, b, t, path.subspan(i * a.size(), a.size()));
  }
}

template <typename T>
void latent_plane(std::span<const T> origin, std::span<const T> right, std::span<const T> below,
                  int rows, int columns, std::span<T> grid) {
  const std::size_t size = origin.size();
  const std::size_t row_size = static_cast<std::size_t>(columns) * size;
  assert(rows >= 2 && columns >= 2 && grid.size() == static_cast<std::size_t>(rows) * row_size);
  std::vector<T> far(size);
  for (std::size_t i = 0; i < size; ++i) far[i] = right[i] + below[i] - origin[i];
  const double radius = (norm(right) + norm(below)) / 2;
  const double far_norm = norm<T>(far);
  if (far_norm > 1e-6 * radius) {
    combine<T>(far, radius / far_norm, far, 0, far);
  } else {
    slerp<T>(right, below, 0.5, far);  // right + below - origin has no direction
  }
  std::vector<T> first(size);
  std::vector<T> last(size);
  for (int row = 0; row < rows; ++row) {
    const double t = static_cast<double>(row) / (rows - 1);
    slerp<T>(origin, below, t, first);
    slerp<T>(right, far, t, last);
    latent_path<T>(first, last, grid.subspan(static_cast<std::size_t>(row) * row_size, row_size));
  }
}

template <typename T>
std::vector<T> draw_latents(std::uint64_t seed, std::size_t size) {
  std::vector<float> normal(size);
  RandomStream(seed, StreamPurpose::sampling, 0).fill_normal(normal);
  return {normal.begin(), normal.end()};
}

template <typename T>
void truncate_latents(std::span<T> latents, double psi) {
  for (T& value : latents) value *= static_cast<T>(psi);
}

template std::vector<float> draw_latents(std::uint64_t, std::size_t);
template void slerp(std::span<const float>, std::span<const float>, double, std::span<float>);
template void latent_path(std::span<const float>, std::span<const float>, std::span<float>);
template void latent_plane(std::span<const float>, std::span<const float>, std::span<const float>,
                           int, int, std::span<float>);
template void truncate_latents(std::span<float>, double);
template std::vector<double> draw_latents(std::uint64_t, std::size_t);
template void slerp(std::span<const double>, std::span<const double>, double, std::span<double>);
template void latent_path(std::span<const double>, std::span<const double>, std::span<double>);
template void latent_plane(std::span<const double>, std::span<const double>,
                           std::span<const double>, int, int, std::span<double>);
template void truncate_latents(std::span<double>, double);

}  // namespace ganvas
