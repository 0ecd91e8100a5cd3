// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Training of the digit classifier: cross-entropy, Adam with a learning rate that decays linearly
// to zero, and random shifts of up to two pixels so that the position of a digit does not matter.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "data/dataset.h"
#include "data/epoch_order.h"
#include "judge/digit_classifier.h"
#include "nn/adam.h"

namespace ganvas {

class ClassifierTraining {
 public:
  /// `classifier` and `pool` must outlive the training; `data` has labels and kImageSize features.
  ClassifierTraining(DigitClassifier& classifier, std::shared_ptr<const Dataset> data,
                     std::uint64_t seed, int epochs, ThreadPool& pool);

  /// Trains for one pass over the data and returns the mean loss.
  double run_epoch();

 private:
  void shift_digits(BatchLayout layout, std::int64_t step);

  DigitClassifier& classifier_;
  std::shared_ptr<const Dataset> data_;
  std::uint64_t seed_;
  EpochOrder order_;
  AdamConfig adam_;
  std::int64_t step_ = 0;
  Adam<float> body_optimizer_;
  Adam<float> head_optimizer_;
  AlignedBuffer<float> unshifted_;
  AlignedBuffer<float> images_;
  AlignedBuffer<float> d_logits_;
  AlignedBuffer<float> d_features_;
  std::vector<std::uint8_t> labels_;
};

/// Top-1 accuracy in [0, 1].
double accuracy_on(DigitClassifier& classifier, const Dataset& data);

}  // namespace ganvas
