// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The Fréchet distance between two sets of features, each taken for a normal distribution (Dowson
// and Landau 1982; as FID, Heusel et al. 2017). On the digit classifier's features it is named
// digit-FID, since Inception's features are others.
#pragma once

#include <Eigen/Core>
#include <span>

namespace ganvas {

/// The mean and the unbiased covariance (as numpy.cov) of features.
struct FeatureStatistics {
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
};

/// Sums over features as they come.
class FeatureSums {
 public:
  explicit FeatureSums(int features);

  /// Adds rows (count, features).
  void add(std::span<const float> rows);
  int count() const { return count_; }
  /// Of at least two rows.
  FeatureStatistics statistics() const;

 private:
  int count_ = 0;
  Eigen::VectorXd sum_;
  Eigen::MatrixXd products_;  // the lower triangle of sum of x x^T
};

/// |mean_a - mean_b|^2 + tr(A + B - 2 (A B)^(1/2)), at least 0.
double frechet_distance(const FeatureStatistics& a, const FeatureStatistics& b);

}  // namespace ganvas
