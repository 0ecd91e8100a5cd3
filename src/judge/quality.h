// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Quality metrics of a set of generated digits.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "judge/classifier_outputs.h"
#include "judge/collapse.h"
#include "judge/frechet.h"
#include "judge/neighbours.h"

namespace ganvas {

/// Share of samples classified as the class they were generated for.
double class_accuracy(const ClassifierOutputs& outputs, std::span<const std::uint8_t> labels);

struct Quality {
  double digit_fid = 0;
  /// None where clarity is low: the features of noise and of plain grey are small, and so lie close
  /// to those of real digits without any likeness.
  std::optional<double> precision;
  double recall = 0;
  Coverage coverage;
  Variety variety;
  std::optional<double> class_accuracy;  // only for a conditional generator
};

constexpr int kMinSamples = 4;  // one more than the k of precision_recall()

/// Compares samples with real digits outside the training set, at least kMinSamples of each.
/// `labels` holds the class each sample was generated for; empty for an unconditional generator.
Quality quality_of(const ClassifierOutputs& samples, const ClassifierOutputs& real,
                   const FeatureStatistics& real_statistics, std::span<const std::uint8_t> labels);

FeatureStatistics statistics_of(const ClassifierOutputs& outputs);

}  // namespace ganvas
