// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a training step takes from outside: real samples and random numbers. RandomInputs is the
// real thing, a dataset and counter-based streams; parity tests put recorded ones in its place.
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

template <typename T>
class StepInputs {
 public:
  virtual ~StepInputs() = default;

  /// Writes the batch of the given update of D, counted from 0 over the whole run, packed and with
  /// one label a lane (0 in padding lanes, and everywhere when the data has none). Returns how many
  /// samples it has.
  virtual int real_batch(std::int64_t update, T* packed, std::span<std::uint8_t> labels) = 0;

  /// Noise for G, (samples, latent_size) packed, and the classes that it shall draw. `draw` counts
  /// over the whole run.
  virtual void noise(std::int64_t draw, BatchLayout batch, T* packed,
                     std::span<std::uint8_t> labels) = 0;

  /// Standard normal numbers to disturb D's inputs with; `pass` counts over the whole run.
  virtual void instance_noise(std::int64_t pass, std::span<T> values) = 0;

  /// Uniform numbers, one a lane: how far between real and fake WGAN-GP looks at D, in the given
  /// update of D.
  virtual void interpolation(std::int64_t update, std::span<T> lanes) = 0;
};

template <typename T>
class RandomInputs final : public StepInputs<T> {
 public:
  /// Draws by config.seed from the first config.examples samples.
  RandomInputs(const GanConfig& config, std::shared_ptr<const Dataset> data);

  const EpochOrder& order() const { return order_; }

  int real_batch(std::int64_t update, T* packed, std::span<std::uint8_t> labels) override;
  void noise(std::int64_t draw, BatchLayout batch, T* packed,
             std::span<std::uint8_t> labels) override;
  void instance_noise(std::int64_t pass, std::span<T> values) override;
  void interpolation(std::int64_t update, std::span<T> lanes) override;

 private:
  std::span<float> scratch(std::size_t size);

  std::uint64_t seed_;
  int latent_size_;
  int classes_;
  std::shared_ptr<const Dataset> data_;
  EpochOrder order_;
  std::vector<float> scratch_;  // numbers as drawn, row-major
};

}  // namespace ganvas
