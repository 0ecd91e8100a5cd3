// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Source of real samples and random numbers for training steps: RandomInputs uses a dataset and
// counter-based streams; parity tests replay recorded numbers instead.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "data/epoch_order.h"
#include "gan/config.h"
#include "tensor/batch_layout.h"

namespace ganvas {

/// Numbers of samples in a sub-batch and in the batch that it is a part of.
struct BatchPart {
  int samples;
  int batch;
};

/// Updates, draws and passes are counted over the run and all shards: number n of shard s is
/// n * shards + s.
template <typename T>
class StepInputs {
 public:
  virtual ~StepInputs() = default;

  /// Writes the real samples for an update of D: `packed` (samples, sample_size), and one label per
  /// lane (0 in padding lanes, and if the data has no labels). A shard has no samples if the batch
  /// has fewer than there are shards.
  virtual BatchPart real_batch(std::int64_t update, T* packed, std::span<std::uint8_t> labels) = 0;

  /// Writes noise for G, `packed` (samples, latent_size), and the classes to generate, one per
  /// lane.
  virtual void noise(std::int64_t draw, BatchLayout batch, T* packed,
                     std::span<std::uint8_t> labels) = 0;

  /// Writes standard normal numbers for the instance noise of a pass through D.
  virtual void instance_noise(std::int64_t pass, std::span<T> values) = 0;

  /// Writes one uniform number per lane: the position between real and fake for WGAN-GP's penalty,
  /// in an update of D.
  virtual void interpolation(std::int64_t update, std::span<T> lanes) = 0;
};

template <typename T>
class RandomInputs final : public StepInputs<T> {
 public:
  /// Draws from the first config.examples samples, with config.seed.
  RandomInputs(const GanConfig& config, std::shared_ptr<const Dataset> data);

  BatchPart real_batch(std::int64_t update, T* packed, std::span<std::uint8_t> labels) override;
  void noise(std::int64_t draw, BatchLayout batch, T* packed,
             std::span<std::uint8_t> labels) override;
  void instance_noise(std::int64_t pass, std::span<T> values) override;
  void interpolation(std::int64_t update, std::span<T> lanes) override;

 private:
  std::span<float> scratch(std::size_t size);

  std::uint64_t seed_;
  int latent_size_;
  int classes_;
  int shards_;
  std::shared_ptr<const Dataset> data_;
  EpochOrder order_;
  AlignedBuffer<float> scratch_;  // row-major numbers before packing
};

}  // namespace ganvas
