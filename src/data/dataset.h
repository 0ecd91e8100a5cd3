// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Training data: images with or without labels, stored as bytes, or points stored as floats, and
// its conversion to network input.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "tensor/batch_layout.h"

namespace ganvas {

class Dataset {
 public:
  /// images (n, features), and labels (n) or none. Error: shape_mismatch.
  static Result<Dataset> of_images(std::vector<std::uint8_t> images, int features,
                                   std::vector<std::uint8_t> labels);

  /// points (n, features), without labels. Errors: shape_mismatch; non_finite for NaN or Inf.
  static Result<Dataset> of_points(std::vector<float> points, int features);

  int size() const { return size_; }
  int features() const { return features_; }
  bool has_labels() const { return !labels_.empty(); }
  int label(int index) const { return labels_[static_cast<std::size_t>(index)]; }

  /// Writes the samples at `indices` into a one-group layout; padding lanes become zero. Images get
  /// torchvision's ToTensor and Normalize(0.5, 0.5), which map [0, 255] to [-1, 1]; points are
  /// copied unchanged.
  template <typename T>
  void load_batch(std::span<const std::uint32_t> indices, T* packed) const;

 private:
  Dataset() = default;

  std::vector<std::uint8_t> images_;
  std::vector<float> points_;  // either images_ or points_ is empty
  std::vector<std::uint8_t> labels_;
  int features_ = 0;
  int size_ = 0;
};

}  // namespace ganvas
