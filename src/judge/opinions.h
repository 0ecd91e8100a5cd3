// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the digit classifier makes of many samples: the raw material of every measure.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "judge/digit_classifier.h"
#include "judge/neighbours.h"

namespace ganvas {

struct Opinions {
  std::vector<float> features;        // (count, DigitClassifier::kFeatures)
  std::vector<std::uint8_t> classes;  // the most probable
  std::vector<float> confidences;     // its probability

  int count() const { return static_cast<int>(classes.size()); }
  /// Adds those of more samples.
  void append(const Opinions& more);
};

/// Which digits a set holds, and how clearly they are ones.
struct Coverage {
  std::array<double, DigitClassifier::kClasses> shares{};  // of each digit
  double entropy = 0;          // of the shares, in bits: log2 10 = 3.32 when all are as frequent
  double mean_confidence = 0;  // of the classifier in what it sees
  double confident = 0;        // the share of samples that it is more than 0.9 sure of
};

Coverage coverage_of(const Opinions& opinions);

/// On images (count, kImageSize) in [-1, 1], row-major.
Opinions opinions_on(DigitClassifier& classifier, std::span<const float> images);
/// On the first `count` samples of a dataset.
Opinions opinions_on(DigitClassifier& classifier, const Dataset& data, int count);

/// `count` samples from the `first` on as row-major images (count, features) in [-1, 1].
std::vector<float> images_of(const Dataset& data, int first, int count);

/// The nearest of all of a dataset's samples to each of images (n, features), pixel by pixel.
std::vector<Neighbour> nearest_in(const Dataset& data, std::span<const float> images);

}  // namespace ganvas
