// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Training step inputs specified by a test; each call returns the next one of its kind.
#pragma once

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <span>
#include <vector>

#include "gan/step_inputs.h"
#include "gan/trainer.h"
#include "support/packed.h"

namespace ganvas::test {

template <typename T>
class RecordedInputs final : public StepInputs<T> {
 public:
  struct Samples {
    std::vector<T> rows;  // (samples, features), row-major
    std::vector<std::uint8_t> labels{};
  };

  explicit RecordedInputs(const GanConfig& config)
      : sample_size_(config.sample_size()),
        latent_size_(config.latent_size),
        shards_(std::size_t(config.shards)) {}

  std::vector<Samples> batches;                 // real samples, of each shard in turn
  std::vector<Samples> noises;                  // latents and requested classes
  std::vector<std::vector<T>> epsilons;         // interpolation factors, one per sample
  std::vector<std::vector<T>> instance_noises;  // standard normal, in memory order

  BatchPart real_batch(std::int64_t, T* packed, std::span<std::uint8_t> labels) override {
    REQUIRE(next_batch_ < batches.size());
    const Samples& batch = batches[next_batch_++];
    put(batch.rows, samples_in(batch), sample_size_, packed);
    put_labels(batch.labels, labels);
    const std::size_t first = (next_batch_ - 1) / shards_ * shards_;
    int whole = 0;
    for (std::size_t shard = 0; shard < shards_; ++shard)
      whole += samples_in(batches[first + shard]);
    return {samples_in(batch), whole};
  }
  void noise(std::int64_t, BatchLayout batch, T* packed, std::span<std::uint8_t> labels) override {
    REQUIRE(next_noise_ < noises.size());
    const Samples& noise = noises[next_noise_++];
    put(noise.rows, batch.group_size, latent_size_, packed);
    put_labels(noise.labels, labels);
  }
  void instance_noise(std::int64_t, std::span<T> values) override {
    REQUIRE(next_instance_noise_ < instance_noises.size());
    const std::vector<T>& normal = instance_noises[next_instance_noise_++];
    REQUIRE(normal.size() == values.size());
    std::copy(normal.begin(), normal.end(), values.begin());
  }
  void interpolation(std::int64_t, std::span<T> lanes) override {
    REQUIRE(next_epsilon_ < epsilons.size());
    const std::vector<T>& uniform = epsilons[next_epsilon_++];
    put(uniform, int(uniform.size()), 1, lanes.data());
  }

  /// True once all inputs have been used.
  bool used_up() const {
    return next_batch_ == batches.size() && next_noise_ == noises.size() &&
           next_epsilon_ == epsilons.size() && next_instance_noise_ == instance_noises.size();
  }

 private:
  int samples_in(const Samples& batch) const { return int(batch.rows.size()) / sample_size_; }
  static void put(const std::vector<T>& rows, int samples, int features, T* packed) {
    REQUIRE(rows.size() == std::size_t(samples) * std::size_t(features));
    const auto result = pack<T>(rows, BatchLayout::of(samples), features);
    std::copy_n(result.data(), result.size(), packed);
  }
  static void put_labels(const std::vector<std::uint8_t>& from, std::span<std::uint8_t> labels) {
    std::fill(labels.begin(), labels.end(), std::uint8_t{0});
    std::copy(from.begin(), from.end(), labels.begin());
  }

  int sample_size_;
  int latent_size_;
  std::size_t shards_;
  std::size_t next_batch_ = 0;
  std::size_t next_noise_ = 0;
  std::size_t next_epsilon_ = 0;
  std::size_t next_instance_noise_ = 0;
};

/// One training step with one update per network, on row-major samples and noise.
template <typename T>
Result<StepMetrics> step_on(Trainer<T>& trainer, const std::vector<T>& samples,
                            const std::vector<T>& noise) {
  RecordedInputs<T> inputs(trainer.config());
  inputs.batches = {{samples}};
  inputs.noises = {{noise}};
  return trainer.step_with(inputs);
}

}  // namespace ganvas::test
