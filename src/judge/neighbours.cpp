// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Squared distances as |a|^2 + |b|^2 - 2 a b, a few hundred rows at a time; see neighbours.h.
#include "judge/neighbours.h"

#include <Eigen/Core>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace ganvas {
namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Rows = Eigen::Map<const Matrix>;

constexpr Eigen::Index kRowsPerChunk = 256;

Rows rows_of(std::span<const float> values, int features) {
  const Eigen::Index count = static_cast<Eigen::Index>(values.size()) / features;
  assert(count * features == static_cast<Eigen::Index>(values.size()));
  return {values.data(), count, features};
}

/// Calls work(row index in a, squared distances from that row to all rows of b) for each row.
template <typename Work>
void for_each_row_of_distances(const Rows& a, const Rows& b, const Work& work) {
  const Eigen::VectorXf norms_a = a.rowwise().squaredNorm();
  const Eigen::RowVectorXf norms_b = b.rowwise().squaredNorm().transpose();
  Matrix distances;
  for (Eigen::Index first = 0; first < a.rows(); first += kRowsPerChunk) {
    const Eigen::Index count = std::min(kRowsPerChunk, a.rows() - first);
    distances.noalias() = -2.0f * a.middleRows(first, count) * b.transpose();
    for (Eigen::Index i = 0; i < count; ++i) {
      distances.row(i) = (distances.row(i) + norms_b).array() + norms_a[first + i];
      work(first + i,
           std::span<float>(distances.row(i).data(), static_cast<std::size_t>(b.rows())));
    }
  }
}

/// Squared distance of each row to its k-th nearest other row.
Eigen::RowVectorXf squared_radii(const Rows& rows, int k) {
  assert(rows.rows() > k);
  Eigen::RowVectorXf radii(rows.rows());
  for_each_row_of_distances(rows, rows, [&](Eigen::Index row, std::span<float> distances) {
    distances[static_cast<std::size_t>(row)] = std::numeric_limits<float>::infinity();  // itself
    std::nth_element(distances.begin(), distances.begin() + (k - 1), distances.end());
    radii[row] = distances[static_cast<std::size_t>(k - 1)];
  });
  return radii;
}

/// Share of rows of `a` that lie in the ball of at least one row of `b`.
double share_inside(const Rows& a, const Rows& b, const Eigen::RowVectorXf& radii_b) {
  Eigen::Index inside = 0;
  for_each_row_of_distances(a, b, [&](Eigen::Index, std::span<float> distances) {
    const Eigen::Map<const Eigen::RowVectorXf> to_b(distances.data(), b.rows());
    inside += (to_b.array() <= radii_b.array()).any();
  });
  return static_cast<double>(inside) / static_cast<double>(a.rows());
}

}  // namespace

PrecisionRecall precision_recall(std::span<const float> real, std::span<const float> fake,
                                 int features, int k) {
  const Rows real_rows = rows_of(real, features);
  const Rows fake_rows = rows_of(fake, features);
  return {.precision = share_inside(fake_rows, real_rows, squared_radii(real_rows, k)),
          .recall = share_inside(real_rows, fake_rows, squared_radii(fake_rows, k))};
}

DensityCoverage density_coverage(std::span<const float> real, std::span<const float> fake,
                                 int features, int k) {
  const Rows real_rows = rows_of(real, features);
  const Rows fake_rows = rows_of(fake, features);
  const Eigen::RowVectorXf radii = squared_radii(real_rows, k);
  Eigen::Index inside = 0;
  Eigen::Index covered = 0;
  for_each_row_of_distances(real_rows, fake_rows, [&](Eigen::Index row, std::span<float> to_fake) {
    const auto here =
        std::ranges::count_if(to_fake, [&](float distance) { return distance <= radii[row]; });
    inside += here;
    covered += here > 0;
  });
  return {.density = static_cast<double>(inside) / static_cast<double>(k * fake_rows.rows()),
          .coverage = static_cast<double>(covered) / static_cast<double>(real_rows.rows())};
}

double mean_distance(std::span<const float> rows, int features) {
  const Rows all = rows_of(rows, features);
  double sum = 0;
  for_each_row_of_distances(all, all, [&](Eigen::Index row, std::span<float> distances) {
    distances[static_cast<std::size_t>(row)] = 0;
    for (const float distance : distances) sum += std::sqrt(std::max(0.0, double{distance}));
  });
  return sum / static_cast<double>(all.rows() * (all.rows() - 1));
}

std::vector<Neighbour> nearest_neighbours(std::span<const float> samples,
                                          std::span<const float> others, int features) {
  std::vector<Neighbour> nearest;
  const Rows rows = rows_of(samples, features);
  for_each_row_of_distances(
      rows, rows_of(others, features), [&](Eigen::Index, std::span<float> distances) {
        const auto least = std::ranges::min_element(distances);
        nearest.push_back({.index = static_cast<int>(least - distances.begin()),
                           .distance = std::sqrt(std::max(*least, 0.0f))});
      });
  return nearest;
}

}  // namespace ganvas
