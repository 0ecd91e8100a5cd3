// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A generator and a discriminator, and the training step of the PyTorch tutorial. Memory is
// allocated by create() and set_data(); a step allocates nothing. A trainer belongs to one thread
// at a time (its pool's).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "base/result.h"
#include "data/dataset.h"
#include "gan/config.h"
#include "kernels/thread_pool.h"
#include "nn/adam.h"
#include "nn/sequential.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

/// What one step saw. Probabilities and losses are of the step's own batch, D's before its update.
struct StepMetrics {
  std::int64_t step = 0;   // steps taken so far, this one included
  std::int64_t epoch = 0;  // of this step's batch, from 0
  std::int64_t images_seen = 0;
  double loss_d = 0;
  double loss_g = 0;
  double d_real = 0;  // mean D(x)
  double d_fake = 0;  // mean D(G(z))
};

template <typename T>
class Trainer {
 public:
  /// Draws fresh weights from the config's seed. invalid_config says what does not fit. `pool`
  /// outlives the trainer.
  static Result<std::unique_ptr<Trainer>> create(GanConfig config, ThreadPool& pool);

  /// Takes the images to train on: the first config().examples of them, or all if that is 0 (and
  /// config() then says how many). shape_mismatch when there are too few, or of another size than
  /// the networks'.
  Status set_data(std::shared_ptr<const ImageDataset> data);

  /// One step of D and one of G, on the next batch. no_data, not_trainable, or non_finite when a
  /// loss or a weight has become a NaN or Inf, and which.
  Result<StepMetrics> step();
  /// The same step on a batch of the caller's: images (n, image_size) in [-1, 1] and noise (n,
  /// latent_size), row-major, with n from 1 to the batch size.
  Result<StepMetrics> step_on(std::span<const T> images, std::span<const T> noise);

  /// images (count, image_size) row-major in [-1, 1] from latents (count, latent_size) row-major.
  void generate(std::span<const T> latents, std::span<T> images);
  /// Standard normal latents, a function of `seed` alone: a larger count continues a smaller one.
  static void draw_latents(std::uint64_t seed, std::span<T> latents);

  const GanConfig& config() const { return config_; }
  std::int64_t steps() const { return steps_; }
  bool has_data() const { return data_ != nullptr; }
  /// False once only a generator's weights have been restored.
  bool trainable() const { return trainable_; }
  /// Images in the batches so far, and the epoch that the next step belongs to.
  std::int64_t images_seen() const { return order_ ? order_->images_before(steps_) : 0; }
  std::int64_t epoch() const { return order_ ? order_->epoch_of(steps_) : 0; }

  /// The parts that a checkpoint saves and restores.
  Sequential<T>& generator() { return *generator_; }
  const Sequential<T>& generator() const { return *generator_; }
  Sequential<T>& discriminator() { return *discriminator_; }
  const Sequential<T>& discriminator() const { return *discriminator_; }
  Adam<T>& optimizer_g() { return optimizer_g_; }
  const Adam<T>& optimizer_g() const { return optimizer_g_; }
  Adam<T>& optimizer_d() { return optimizer_d_; }
  const Adam<T>& optimizer_d() const { return optimizer_d_; }
  void set_steps(std::int64_t steps);
  void set_trainable(bool trainable) { trainable_ = trainable; }

 private:
  Trainer(GanConfig config, ThreadPool& pool, std::unique_ptr<Sequential<T>> generator,
          std::unique_ptr<Sequential<T>> discriminator);

  Status check_trainable() const;
  void draw_noise(BatchLayout batch);
  /// The tutorial's loop body, on the real images in images_ and the noise in noise_.
  Result<StepMetrics> train(BatchLayout batch);

  GanConfig config_;
  std::unique_ptr<Sequential<T>> generator_;
  std::unique_ptr<Sequential<T>> discriminator_;
  Adam<T> optimizer_g_;
  Adam<T> optimizer_d_;
  std::int64_t steps_ = 0;
  bool trainable_ = true;

  std::shared_ptr<const ImageDataset> data_;
  std::optional<EpochOrder> order_;  // once the number of examples is known

  AlignedBuffer<float> noise_rows_;  // (batch, latent_size) as drawn
  AlignedBuffer<T> noise_;           // the same in BatchLayout
  AlignedBuffer<T> images_;          // D's input, [real | fake]
  AlignedBuffer<T> logits_;
  AlignedBuffer<T> d_logits_;
  AlignedBuffer<T> d_fake_;  // d lossG / d fake
};

}  // namespace ganvas
