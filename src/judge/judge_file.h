// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge is the digit classifier together with the feature statistics of MNIST's test digits,
// stored as one safetensors file: weights under "body." and "head." with PyTorch's names and
// layouts, statistics as "reference.mean" and "reference.covariance".
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

/// Rounds the weights to half precision, as save_judge() stores them. Call it before computing the
/// reference statistics, so that they match the loaded weights.
void round_to_half(DigitClassifier& classifier);

/// The bytes of the file: weights in f16, statistics in f32.
std::vector<std::uint8_t> save_judge(const Judge& judge);

/// Errors: bad_magic if it is not a judge file; malformed; those of SafetensorsFile. `pool` must
/// outlive the judge.
Result<Judge> load_judge(std::span<const std::uint8_t> bytes, ThreadPool& pool);

}  // namespace ganvas
