// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Metrics based on distances between samples: improved precision and recall (Kynkäänniemi et al.
// 2019), density and coverage (Naeem et al. 2020), and the distance to the training data.
#pragma once

#include <span>
#include <vector>

namespace ganvas {

struct PrecisionRecall {
  double precision;  // share of fake samples inside the real manifold
  double recall;     // share of real samples inside the fake manifold
};

/// Takes row-major features, real (n, features) and fake (m, features), with n and m greater than
/// k. The manifold of a set is the union of balls around its samples; the radius of each ball is
/// the distance to the k-th nearest other sample of the set.
PrecisionRecall precision_recall(std::span<const float> real, std::span<const float> fake,
                                 int features, int k = 3);

struct DensityCoverage {
  double density;   // how many balls of real samples hold a fake one, in units of k; above 1 where
                    // fake samples keep to where real ones are dense
  double coverage;  // share of real samples whose ball holds a fake one
};

/// The ball of a real sample reaches to its k-th nearest other real sample, of more than k.
DensityCoverage density_coverage(std::span<const float> real, std::span<const float> fake,
                                 int features, int k = 5);

/// Mean Euclidean distance between two of the rows (n, features), n > 1.
double mean_distance(std::span<const float> rows, int features);

struct Neighbour {
  int index;       // row in `others`
  float distance;  // Euclidean
};

/// For each row of samples (n, features), its nearest row of others (m, features), m >= 1.
std::vector<Neighbour> nearest_neighbours(std::span<const float> samples,
                                          std::span<const float> others, int features);

}  // namespace ganvas
