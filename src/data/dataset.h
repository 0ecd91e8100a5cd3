// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Labelled images held as bytes, and how a batch of them becomes the network's input.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "tensor/batch_layout.h"

namespace ganvas {

class ImageDataset {
 public:
  static constexpr int kClasses = 10;

  /// images (n, features) and labels (n) with values below kClasses; shape_mismatch or malformed
  /// otherwise.
  static Result<ImageDataset> create(std::vector<std::uint8_t> images, int features,
                                     std::vector<std::uint8_t> labels);

  int size() const { return static_cast<int>(labels_.size()); }
  int features() const { return features_; }
  std::span<const std::uint8_t> image(int index) const {
    const auto features = static_cast<std::size_t>(features_);
    return std::span(images_).subspan(static_cast<std::size_t>(index) * features, features);
  }
  int label(int index) const { return labels_[static_cast<std::size_t>(index)]; }

  /// Writes the chosen images, ToTensor and Normalize(0.5, 0.5) applied ([0, 255] -> [-1, 1]), into
  /// a one-group layout of indices.size() samples; padding lanes become zero.
  template <typename T>
  void load_normalised(std::span<const std::uint32_t> indices, T* packed) const;

 private:
  ImageDataset(std::vector<std::uint8_t> images, int features, std::vector<std::uint8_t> labels);

  std::vector<std::uint8_t> images_;
  std::vector<std::uint8_t> labels_;
  int features_;
};

/// The order in which epochs visit a dataset: a fresh permutation each epoch, cut into batches, the
/// last of which may be smaller (as torch's DataLoader with shuffle=True, drop_last=False). A
/// function of (seed, step) alone.
class EpochOrder {
 public:
  EpochOrder(std::uint64_t seed, int examples, int batch_size);

  int batches_per_epoch() const { return (examples_ + batch_size_ - 1) / batch_size_; }
  std::int64_t epoch_of(std::int64_t step) const { return step / batches_per_epoch(); }
  /// Images in the batches of steps 0 .. step - 1.
  std::int64_t images_before(std::int64_t step) const;

  /// The examples of one step's batch.
  std::span<const std::uint32_t> batch(std::int64_t step);

 private:
  std::uint64_t seed_;
  int examples_;
  int batch_size_;
  std::int64_t shuffled_epoch_ = -1;
  std::vector<std::uint32_t> order_;
};

}  // namespace ganvas
