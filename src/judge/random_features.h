// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Features of pictures that no network has learned: a fixed random convolutional network, of which
// Naeem et al. (2020) show that density and coverage need no more. Not thread-safe.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "judge/nearest_pictures.h"
#include "kernels/thread_pool.h"
#include "nn/sequential.h"

namespace ganvas {

class RandomFeatures {
 public:
  /// The same network for every set of this extent, on every machine. `pool` must outlive it.
  /// Errors: those of Sequential::create(), of which invalid_config means pictures too large.
  static Result<RandomFeatures> create(PictureExtent extent, ThreadPool& pool);

  int features() const { return network_->output_features(); }

  /// (n, features()) of images (n, channels, side, side) in [-1, 1].
  std::vector<float> of(std::span<const float> images);

 private:
  explicit RandomFeatures(std::unique_ptr<Sequential<float>> network);

  std::unique_ptr<Sequential<float>> network_;
  AlignedBuffer<float> images_;
  AlignedBuffer<float> features_;
};

}  // namespace ganvas
