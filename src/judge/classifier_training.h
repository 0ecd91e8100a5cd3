// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How the digit classifier learns: cross-entropy, Adam with a rate that falls linearly to zero, and
// digits moved by up to two pixels so that it does not mind where they stand.
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
  /// `classifier` and `pool` outlive the training; `data` has labels and samples of kImageSize.
  ClassifierTraining(DigitClassifier& classifier, std::shared_ptr<const Dataset> data,
                     std::uint64_t seed, int epochs, ThreadPool& pool);

  /// One pass over the data; the mean loss.
  double run_epoch();

 private:
  void move_digits(BatchLayout layout, std::int64_t step);

  DigitClassifier& classifier_;
  std::shared_ptr<const Dataset> data_;
  std::uint64_t seed_;
  EpochOrder order_;
  AdamConfig adam_;
  std::int64_t step_ = 0;
  Adam<float> body_optimizer_;
  Adam<float> head_optimizer_;
  AlignedBuffer<float> still_;
  AlignedBuffer<float> images_;
  AlignedBuffer<float> d_logits_;
  AlignedBuffer<float> d_features_;
  std::vector<std::uint8_t> labels_;
};

/// The share of a dataset's samples whose largest logit is their label's.
double accuracy_on(DigitClassifier& classifier, const Dataset& data);

}  // namespace ganvas
