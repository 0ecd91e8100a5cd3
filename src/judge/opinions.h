// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the digit classifier makes of many samples: the raw material of every measure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "judge/digit_classifier.h"

namespace ganvas {

struct Opinions {
  std::vector<float> features;        // (count, DigitClassifier::kFeatures)
  std::vector<std::uint8_t> classes;  // the most probable
  std::vector<float> confidences;     // its probability

  int count() const { return static_cast<int>(classes.size()); }
};

/// On images (count, kImageSize) in [-1, 1], row-major.
Opinions opinions_on(DigitClassifier& classifier, std::span<const float> images);
/// On the first `count` samples of a dataset.
Opinions opinions_on(DigitClassifier& classifier, const Dataset& data, int count);

/// The first `count` samples as row-major images (count, features) in [-1, 1].
std::vector<float> images_of(const Dataset& data, int count);

}  // namespace ganvas
