// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The small convolutional digit classifier on which all quality metrics are based, after LeNet-5
// (LeCun et al. 1998): two convolutions with pooling, a feature layer, ten logits. Not thread-safe.
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
  static constexpr int kMaxBatch = 64;  // samples per forward pass

  /// Initialises the weights from `seed`. `pool` must outlive the classifier.
  DigitClassifier(std::uint64_t seed, ThreadPool& pool);

  /// Computes features (count, kFeatures) and logits (count, kClasses) of images
  /// (count, kImageSize) in [-1, 1]. All are row-major.
  void classify(std::span<const float> images, std::span<float> features, std::span<float> logits);

  /// The same for one packed batch; read the results with features() and logits().
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
