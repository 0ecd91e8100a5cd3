// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge as one safetensors file: the classifier's weights under body and head with PyTorch's
// names and layouts, and the statistics of the features of the digits that nobody trains on, as
// reference.mean and reference.covariance.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "judge/digit_classifier.h"
#include "judge/frechet.h"

namespace ganvas {

struct Judge {
  std::unique_ptr<DigitClassifier> classifier;
  FeatureStatistics reference;
};

/// Rounds the classifier's weights to half precision, as they are saved: what was measured is what
/// is loaded.
void round_to_half(DigitClassifier& classifier);

/// The file's bytes: weights in f16, statistics in f32.
std::vector<std::uint8_t> save_judge(const Judge& judge);

/// The Error says what is wrong with the file. `pool` outlives the judge.
Result<Judge> load_judge(std::span<const std::uint8_t> bytes, ThreadPool& pool);

}  // namespace ganvas
