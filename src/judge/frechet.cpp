// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The trace of the matrix square root from two self-adjoint eigenvalue problems; see frechet.h.
#include "judge/frechet.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cassert>
#include <limits>

namespace ganvas {
namespace {

using Solver = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>;

/// Square roots of a covariance's eigenvalues; rounding can make zero eigenvalues negative.
Eigen::VectorXd roots(const Solver& solver) {
  return solver.eigenvalues().cwiseMax(0.0).cwiseSqrt();
}

bool is_finite(const FeatureStatistics& statistics) {
  return statistics.mean.allFinite() && statistics.covariance.allFinite();
}

}  // namespace

FeatureSums::FeatureSums(int features)
    : sum_(Eigen::VectorXd::Zero(features)), products_(Eigen::MatrixXd::Zero(features, features)) {}

void FeatureSums::add(std::span<const float> rows) {
  const Eigen::Index features = sum_.size();
  const Eigen::Index count = static_cast<Eigen::Index>(rows.size()) / features;
  assert(count * features == static_cast<Eigen::Index>(rows.size()));
  for (Eigen::Index row = 0; row < count; ++row) {
    const Eigen::VectorXd x =
        Eigen::Map<const Eigen::VectorXf>(rows.data() + row * features, features).cast<double>();
    sum_ += x;
    for (Eigen::Index f = 0; f < features; ++f)
      products_.col(f).tail(features - f) += x[f] * x.tail(features - f);
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

/// A B has the same eigenvalues as A^(1/2) B A^(1/2), which is symmetric. Lazy products are fast
/// enough for matrices this small; Eigen's blocked ones would add 4 KB to the page's download.
double frechet_distance(const FeatureStatistics& a, const FeatureStatistics& b) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  // Of such matrices the solver gives numbers, and not always a failure.
  if (!is_finite(a) || !is_finite(b)) return kNan;
  const Solver of_a(a.covariance);
  const Eigen::MatrixXd scaled = of_a.eigenvectors() * roots(of_a).asDiagonal();
  const Eigen::MatrixXd root_a = scaled.lazyProduct(of_a.eigenvectors().transpose());
  const Eigen::MatrixXd left = root_a.lazyProduct(b.covariance);
  const Eigen::MatrixXd product = left.lazyProduct(root_a);
  if (!product.allFinite()) return kNan;
  const Solver of_product(product, Eigen::EigenvaluesOnly);
  const double distance = (a.mean - b.mean).squaredNorm() + a.covariance.trace() +
                          b.covariance.trace() - 2 * roots(of_product).sum();
  return std::max(distance, 0.0);
}

}  // namespace ganvas
