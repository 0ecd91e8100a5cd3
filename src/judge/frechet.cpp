// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The trace of the matrix root by two self-adjoint eigenvalue problems; see frechet.h.
#include "judge/frechet.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cassert>

namespace ganvas {
namespace {

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Solver = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>;

/// The roots of a covariance's eigenvalues, of which rounding makes some of zero negative.
Eigen::VectorXd roots(const Solver& solver) {
  return solver.eigenvalues().cwiseMax(0.0).cwiseSqrt();
}

}  // namespace

FeatureSums::FeatureSums(int features)
    : sum_(Eigen::VectorXd::Zero(features)), products_(Eigen::MatrixXd::Zero(features, features)) {}

void FeatureSums::add(std::span<const float> rows) {
  const Eigen::Index features = sum_.size();
  const Eigen::Index count = static_cast<Eigen::Index>(rows.size()) / features;
  assert(count * features == static_cast<Eigen::Index>(rows.size()));
  constexpr Eigen::Index kAtOnce = 256;
  for (Eigen::Index first = 0; first < count; first += kAtOnce) {
    const Eigen::Map<const RowMajor> some(rows.data() + first * features,
                                          std::min(kAtOnce, count - first), features);
    const Eigen::MatrixXd x = some.cast<double>();
    sum_ += x.colwise().sum().transpose();
    products_.selfadjointView<Eigen::Lower>().rankUpdate(x.transpose());
  }
  count_ += static_cast<int>(count);
}

FeatureStatistics FeatureSums::statistics() const {
  assert(count_ >= 2);
  const double n = count_;
  FeatureStatistics statistics;
  statistics.mean = sum_ / n;
  statistics.covariance = products_.selfadjointView<Eigen::Lower>();
  statistics.covariance -= n * statistics.mean * statistics.mean.transpose();
  statistics.covariance /= n - 1;
  return statistics;
}

/// A B has the eigenvalues of A^(1/2) B A^(1/2), which is symmetric.
double frechet_distance(const FeatureStatistics& a, const FeatureStatistics& b) {
  const Solver of_a(a.covariance);
  const Eigen::MatrixXd root_a =
      of_a.eigenvectors() * roots(of_a).asDiagonal() * of_a.eigenvectors().transpose();
  const Eigen::MatrixXd product = root_a * b.covariance * root_a;
  const Solver of_product(product, Eigen::EigenvaluesOnly);
  const double distance = (a.mean - b.mean).squaredNorm() + a.covariance.trace() +
                          b.covariance.trace() - 2 * roots(of_product).sum();
  return std::max(distance, 0.0);
}

}  // namespace ganvas
