// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The Fréchet distance between two sets of features, each modelled as a normal distribution (Dowson
// and Landau 1982; FID, Heusel et al. 2017). On the digit classifier's features it is called
// digit-FID, since its values are not comparable with FID on Inception's features.
#pragma once

#include <Eigen/Core>
#include <span>

namespace ganvas {

/// Mean (features) and unbiased covariance (features, features), as numpy.cov computes it.
struct FeatureStatistics {
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
};

/// Running sums for FeatureStatistics.
class FeatureSums {
 public:
  explicit FeatureSums(int features);

  /// Adds rows (count, features).
  void add(std::span<const float> rows);
  int count() const { return count_; }
  /// Requires at least two rows.
  FeatureStatistics statistics() const;

 private:
  int count_ = 0;
  Eigen::VectorXd sum_;
  Eigen::MatrixXd products_;  // lower triangle of the sum of x x^T
};

/// |mean_a - mean_b|^2 + tr(A + B - 2 (A B)^(1/2)), clamped to 0 or more. NaN
/// unless all numbers are finite.
double frechet_distance(const FeatureStatistics& a, const FeatureStatistics& b);

}  // namespace ganvas
