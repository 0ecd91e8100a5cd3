// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The digit classifier's output for many samples, from which all quality metrics are computed.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "judge/digit_classifier.h"
#include "judge/neighbours.h"

namespace ganvas {

struct ClassifierOutputs {
  std::vector<float> features;        // (count, DigitClassifier::kFeatures)
  std::vector<std::uint8_t> classes;  // most probable class
  std::vector<float> confidences;     // probability of that class

  int count() const { return static_cast<int>(classes.size()); }
  void append(const ClassifierOutputs& more);
};

/// Class balance of a set of samples, and how confidently they are classified.
struct Coverage {
  std::array<double, DigitClassifier::kClasses> shares{};  // of each predicted digit
  double entropy = 0;  // of the shares, in bits; log2 10 = 3.32 if all digits are equally frequent
  double mean_confidence = 0;
  double confident = 0;  // share of samples with a confidence above 0.9
};

Coverage coverage_of(const ClassifierOutputs& outputs);

/// Classifies row-major images (count, kImageSize) in [-1, 1].
ClassifierOutputs classify(DigitClassifier& classifier, std::span<const float> images);
/// Classifies the first `count` samples of a dataset.
ClassifierOutputs classify(DigitClassifier& classifier, const Dataset& data, int count);

/// Samples first .. first + count - 1 as row-major images (count, features) in [-1, 1].
std::vector<float> images_of(const Dataset& data, int first, int count);

/// For each image (n, features), the nearest sample of the dataset by pixel distance.
std::vector<Neighbour> nearest_in(const Dataset& data, std::span<const float> images);
/// The nearest of samples first .. end - 1, at an infinite distance if there are none. Parts of a
/// dataset have its distances, to the bit, if they begin at multiples of kNearestChunk.
std::vector<Neighbour> nearest_in(const Dataset& data, int first, int end,
                                  std::span<const float> images);
constexpr int kNearestChunk = 1024;

}  // namespace ganvas
