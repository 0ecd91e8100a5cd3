// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The training step; Trainer::train() is the tutorial's loop body, with what PyTorch would compute
// twice done once.
#include "gan/trainer.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>
#include <utility>
#include <variant>

#include "kernels/random.h"
#include "nn/losses.h"

namespace ganvas {
namespace {

constexpr int kMaxBatchSize = 4096;
constexpr int kMaxLatentSize = 4096;
constexpr std::uint64_t kMaxSeed = (std::uint64_t{1} << 53) - 1;
constexpr std::uint32_t kGeneratorId = 0;  // which network a parameter's random stream belongs to
constexpr std::uint32_t kDiscriminatorId = 1;

Error invalid(std::string message) {
  return {ErrorCode::invalid_config, std::move(message)};
}

Status check_ranges(const GanConfig& config) {
  if (config.batch_size < 1 || config.batch_size > kMaxBatchSize) {
    return invalid("batch_size is " + std::to_string(config.batch_size) + ", must be 1 to " +
                   std::to_string(kMaxBatchSize));
  }
  if (config.latent_size < 1 || config.latent_size > kMaxLatentSize) {
    return invalid("latent_size is " + std::to_string(config.latent_size) + ", must be 1 to " +
                   std::to_string(kMaxLatentSize));
  }
  if (config.image_size < 1) return invalid("image_size must be positive");
  if (config.examples < 0) return invalid("examples must not be negative");
  if (config.seed > kMaxSeed) return invalid("seed must be below 2^53");
  for (const AdamConfig& adam : {config.generator.optimizer, config.discriminator.optimizer}) {
    const bool in_range = adam.lr >= 0 && std::isfinite(adam.lr) && adam.beta1 >= 0 &&
                          adam.beta1 < 1 && adam.beta2 >= 0 && adam.beta2 < 1 &&
                          std::isfinite(adam.eps) && static_cast<float>(adam.eps) > 0;
    if (!in_range) return invalid("an optimizer needs lr >= 0, 0 <= betas < 1 and eps > 0");
  }
  return {};
}

}  // namespace

template <typename T>
Result<std::unique_ptr<Trainer<T>>> Trainer<T>::create(GanConfig config, ThreadPool& pool) {
  GANVAS_RETURN_IF_ERROR(check_ranges(config));
  const int batch_blocks = BatchLayout::of(config.batch_size).blocks();

  GANVAS_ASSIGN_OR_RETURN(std::unique_ptr<Sequential<T>> generator,
                          Sequential<T>::create("generator", config.generator.layers,
                                                Shape{config.latent_size}, batch_blocks, pool));
  if (generator->output_features() != config.image_size) {
    return invalid("generator makes samples of shape " + generator->output_shape().to_string() +
                   ", but images have " + std::to_string(config.image_size) + " features");
  }

  // The losses work on logits, so D's final Sigmoid is theirs to apply (see losses.h).
  LayerSpecs logit_layers = config.discriminator.layers;
  if (logit_layers.empty() || !std::holds_alternative<SigmoidSpec>(logit_layers.back())) {
    return invalid("discriminator must end in a sigmoid layer");
  }
  logit_layers.pop_back();
  GANVAS_ASSIGN_OR_RETURN(std::unique_ptr<Sequential<T>> discriminator,
                          Sequential<T>::create("discriminator", logit_layers,
                                                Shape{config.image_size}, 2 * batch_blocks, pool));
  if (discriminator->output_features() != 1) {
    return invalid("discriminator makes " + discriminator->output_shape().to_string() +
                   ", must make one logit (1,) a sample");
  }

  generator->parameters().initialise(config.seed, kGeneratorId);
  discriminator->parameters().initialise(config.seed, kDiscriminatorId);
  return std::unique_ptr<Trainer>(
      new Trainer(std::move(config), pool, std::move(generator), std::move(discriminator)));
}

template <typename T>
Trainer<T>::Trainer(GanConfig config, ThreadPool& pool, std::unique_ptr<Sequential<T>> generator,
                    std::unique_ptr<Sequential<T>> discriminator)
    : config_(std::move(config)),
      generator_(std::move(generator)),
      discriminator_(std::move(discriminator)),
      optimizer_g_(config_.generator.optimizer, generator_->parameters(), pool),
      optimizer_d_(config_.discriminator.optimizer, discriminator_->parameters(), pool) {
  if (config_.examples > 0) order_.emplace(config_.seed, config_.examples, config_.batch_size);
  const BatchLayout batch = BatchLayout::of(config_.batch_size);
  const BatchLayout both{2, config_.batch_size};
  noise_rows_ = AlignedBuffer<float>(static_cast<std::size_t>(config_.batch_size) *
                                     static_cast<std::size_t>(config_.latent_size));
  noise_ = AlignedBuffer<T>(batch.storage(config_.latent_size));
  images_ = AlignedBuffer<T>(both.storage(config_.image_size));
  logits_ = AlignedBuffer<T>(both.storage(1));
  d_logits_ = AlignedBuffer<T>(both.storage(1));
  d_fake_ = AlignedBuffer<T>(batch.storage(config_.image_size));
}

template <typename T>
Status Trainer<T>::set_data(std::shared_ptr<const ImageDataset> data) {
  if (data->features() != config_.image_size) {
    return Error{ErrorCode::shape_mismatch, "images have " + std::to_string(data->features()) +
                                                " pixels, the networks take " +
                                                std::to_string(config_.image_size)};
  }
  if (data->size() < config_.examples) {
    return Error{ErrorCode::shape_mismatch,
                 "the run trains on " + std::to_string(config_.examples) +
                     " examples, but the dataset has only " + std::to_string(data->size())};
  }
  if (config_.examples == 0) config_.examples = data->size();
  order_.emplace(config_.seed, config_.examples, config_.batch_size);
  data_ = std::move(data);
  return {};
}

/// noise = randn(batch, latent_size), a function of (seed, step) alone
template <typename T>
void Trainer<T>::draw_noise(BatchLayout batch) {
  const std::size_t size =
      static_cast<std::size_t>(batch.group_size) * static_cast<std::size_t>(config_.latent_size);
  RandomStream(config_.seed, StreamPurpose::noise, static_cast<std::uint64_t>(steps_))
      .fill_normal(noise_rows_.span().first(size));
  pack_samples(noise_rows_.data(), batch, config_.latent_size, noise_.data());
}

template <typename T>
Status Trainer<T>::check_trainable() const {
  if (trainable_) return {};
  return Error{ErrorCode::not_trainable,
               "only a generator was loaded; training needs its discriminator and optimizers"};
}

template <typename T>
Result<StepMetrics> Trainer<T>::step() {
  GANVAS_RETURN_IF_ERROR(check_trainable());
  if (!data_) return Error{ErrorCode::no_data, "there are no images to train on yet"};

  const std::span<const std::uint32_t> examples = order_->batch(steps_);
  const auto batch = BatchLayout::of(static_cast<int>(examples.size()));
  data_->load_normalised(examples, images_.data());
  draw_noise(batch);
  return train(batch);
}

template <typename T>
Result<StepMetrics> Trainer<T>::step_on(std::span<const T> images, std::span<const T> noise) {
  GANVAS_RETURN_IF_ERROR(check_trainable());
  const auto size = static_cast<int>(noise.size()) / config_.latent_size;
  const auto batch = BatchLayout::of(size);
  assert(size >= 1 && size <= config_.batch_size);
  assert(noise.size() ==
         static_cast<std::size_t>(size) * static_cast<std::size_t>(config_.latent_size));
  assert(images.size() ==
         static_cast<std::size_t>(size) * static_cast<std::size_t>(config_.image_size));
  pack_samples(images.data(), batch, config_.image_size, images_.data());
  pack_samples(noise.data(), batch, config_.latent_size, noise_.data());
  return train(batch);
}

template <typename T>
Result<StepMetrics> Trainer<T>::train(BatchLayout batch) {
  const BatchLayout both{.groups = 2, .group_size = batch.group_size};
  T* real = images_.data();
  T* fake = real + batch.storage(config_.image_size);
  T* real_logits = logits_.data();
  T* fake_logits = real_logits + batch.storage(1);
  T* d_real_logits = d_logits_.data();
  T* d_fake_logits = d_real_logits + batch.storage(1);

  generator_->forward(batch, noise_.data(), fake);

  // lossD = (BCE(D(real), 1) + BCE(D(fake.detach()), 0)) / 2
  discriminator_->forward(both, real, real_logits);
  const LossTerm loss_real = bce_with_logits(batch, real_logits, T{1}, T(0.5), d_real_logits);
  const LossTerm loss_fake = bce_with_logits(batch, fake_logits, T{0}, T(0.5), d_fake_logits);
  T* const detached = nullptr;  // no gradient beyond D's input
  discriminator_->backward(d_logits_.data(), detached, /*parameter_gradients=*/true);
  const bool d_is_finite = optimizer_d_.step();

  // lossG = BCE(D(fake), 1), with the updated D and the same fake
  discriminator_->forward(batch, fake, fake_logits);
  const LossTerm loss_g = bce_with_logits(batch, fake_logits, T{1}, T{1}, d_fake_logits);
  discriminator_->backward(d_fake_logits, d_fake_.data(), /*parameter_gradients=*/false);
  T* const no_noise_gradient = nullptr;
  generator_->backward(d_fake_.data(), no_noise_gradient, /*parameter_gradients=*/true);
  const bool g_is_finite = optimizer_g_.step();

  const std::int64_t epoch_of_batch = epoch();
  ++steps_;
  const StepMetrics metrics{
      .step = steps_,
      .epoch = epoch_of_batch,
      .images_seen = images_seen(),
      .loss_d = (loss_real.loss + loss_fake.loss) / 2,
      .loss_g = loss_g.loss,
      .d_real = loss_real.mean_probability,
      .d_fake = loss_fake.mean_probability,
  };
  const auto non_finite = [&](const std::string& what) {
    return Error{ErrorCode::non_finite,
                 what + " is no longer a finite number at step " + std::to_string(steps_)};
  };
  if (!std::isfinite(metrics.loss_d)) return non_finite("lossD");
  if (!std::isfinite(metrics.loss_g)) return non_finite("lossG");
  if (!d_is_finite) return non_finite("a weight of the discriminator");
  if (!g_is_finite) return non_finite("a weight of the generator");
  return metrics;
}

template <typename T>
void Trainer<T>::generate(std::span<const T> latents, std::span<T> images) {
  const auto z = static_cast<std::size_t>(config_.latent_size);
  const auto pixels = static_cast<std::size_t>(config_.image_size);
  assert(latents.size() % z == 0 && latents.size() / z * pixels == images.size());
  const std::size_t count = latents.size() / z;
  const auto at_once = static_cast<std::size_t>(config_.batch_size);
  for (std::size_t first = 0; first < count; first += at_once) {
    const std::size_t samples = std::min(at_once, count - first);
    const auto batch = BatchLayout::of(static_cast<int>(samples));
    // The training step's buffers are free between steps.
    pack_samples(latents.data() + first * z, batch, config_.latent_size, noise_.data());
    generator_->forward(batch, noise_.data(), images_.data());
    unpack_samples(images_.data(), batch, config_.image_size, images.data() + first * pixels);
  }
}

template <typename T>
void Trainer<T>::draw_latents(std::uint64_t seed, std::span<T> latents) {
  std::vector<float> normal(latents.size());
  RandomStream(seed, StreamPurpose::sampling, 0).fill_normal(normal);
  std::copy(normal.begin(), normal.end(), latents.begin());
}

template <typename T>
void Trainer<T>::set_steps(std::int64_t steps) {
  steps_ = steps;
  optimizer_g_.set_steps(steps);
  optimizer_d_.set_steps(steps);
}

template class Trainer<float>;
template class Trainer<double>;

}  // namespace ganvas
