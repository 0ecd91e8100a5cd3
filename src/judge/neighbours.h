// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Measures that ask which of two sets lie near each other: improved precision and recall
// (Kynkäänniemi et al. 2019), and how far samples are from what was learned.
#pragma once

#include <span>
#include <vector>

namespace ganvas {

struct PrecisionRecall {
  double precision;  // the share of fakes inside the real samples' manifold: realistic
  double recall;     // the share of real samples inside the fakes' manifold: covered
};

/// Of features real (n, features) and fake (m, features), row-major, n and m above k. A set's
/// manifold is the union of balls around its samples, each reaching to the k-th nearest other
/// sample of its set.
PrecisionRecall precision_recall(std::span<const float> real, std::span<const float> fake,
                                 int features, int k = 3);

struct Neighbour {
  int index;       // its row
  float distance;  // Euclidean
};

/// The nearest of others (m, features) to each row of samples (n, features), m at least 1.
std::vector<Neighbour> nearest_neighbours(std::span<const float> samples,
                                          std::span<const float> others, int features);

}  // namespace ganvas
