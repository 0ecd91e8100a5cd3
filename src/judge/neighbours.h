// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Metrics based on nearest neighbours: improved precision and recall (Kynkäänniemi et al. 2019),
// and the distance of samples to the training data.
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

struct Neighbour {
  int index;       // row in `others`
  float distance;  // Euclidean
};

/// For each row of samples (n, features), its nearest row of others (m, features), m >= 1.
std::vector<Neighbour> nearest_neighbours(std::span<const float> samples,
                                          std::span<const float> others, int features);

}  // namespace ganvas
