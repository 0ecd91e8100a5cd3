// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The small convolutional classifier of digits whose opinion every measure of quality rests on,
// after LeNet-5 (LeCun et al. 1998): two convolutions with pooling, then features, then ten logits.
// A classifier belongs to one thread at a time (its pool's).
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "kernels/thread_pool.h"
#include "nn/sequential.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

class DigitClassifier {
 public:
  static constexpr int kImageSize = 784;
  static constexpr int kClasses = 10;
  static constexpr int kFeatures = 84;
  static constexpr int kMaxBatch = 64;  // samples in one pass

  /// Draws fresh weights from the seed. `pool` outlives the classifier.
  DigitClassifier(std::uint64_t seed, ThreadPool& pool);

  /// features (count, kFeatures) and logits (count, kClasses) of images (count, kImageSize) in
  /// [-1, 1], all row-major.
  void classify(std::span<const float> images, std::span<float> features, std::span<float> logits);

  /// The same of one packed batch; both stay the classifier's.
  void forward(BatchLayout layout, const float* images);
  const float* features() const { return features_.data(); }
  float* logits() { return logits_.data(); }

  /// Images to features, and features to logits.
  Sequential<float>& body() { return *body_; }
  Sequential<float>& head() { return *head_; }

 private:
  std::unique_ptr<Sequential<float>> body_;
  std::unique_ptr<Sequential<float>> head_;
  AlignedBuffer<float> images_;
  AlignedBuffer<float> features_;
  AlignedBuffer<float> logits_;
};

}  // namespace ganvas
