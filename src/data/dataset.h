// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Labelled images held as bytes, or points held as floats, and how a batch of them becomes the
// network's input.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "tensor/batch_layout.h"

namespace ganvas {

class Dataset {
 public:
  static constexpr int kClasses = 10;

  /// images (n, features) and labels (n) with values below kClasses; shape_mismatch or malformed
  /// otherwise.
  static Result<Dataset> of_images(std::vector<std::uint8_t> images, int features,
                                   std::vector<std::uint8_t> labels);

  /// points (n, features) of finite numbers, without labels; shape_mismatch or non_finite
  /// otherwise.
  static Result<Dataset> of_points(std::vector<float> points, int features);

  int size() const { return size_; }
  int features() const { return features_; }
  bool has_labels() const { return !labels_.empty(); }
  int label(int index) const { return labels_[static_cast<std::size_t>(index)]; }

  /// Writes the chosen samples into a one-group layout of indices.size() samples; padding lanes
  /// become zero. Images get ToTensor and Normalize(0.5, 0.5), which take [0, 255] to [-1, 1];
  /// points stay as they are.
  template <typename T>
  void load_batch(std::span<const std::uint32_t> indices, T* packed) const;

 private:
  Dataset() = default;

  std::vector<std::uint8_t> images_;
  std::vector<float> points_;  // one of the two is empty
  std::vector<std::uint8_t> labels_;
  int features_ = 0;
  int size_ = 0;
};

}  // namespace ganvas
