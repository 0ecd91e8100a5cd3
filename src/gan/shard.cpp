// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Passes through the networks and back. differentiate_loss_d() and differentiate_loss_g() are the
// two halves of the tutorial's loop body without their optimisers; what PyTorch would compute twice
// is computed once.
#include "gan/shard.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "base/memory.h"
#include "gan/augmentation.h"
#include "gan/check_config.h"
#include "gan/instance_noise.h"
#include "gan/objective.h"
#include "kernels/elementwise.h"

namespace ganvas {
namespace {

// Forward passes with dropout in one update of a network.
constexpr std::int64_t kMaxPassesPerUpdate = 3;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

NetworkOptions options_of(const GanConfig& config, Network network, int max_blocks) {
  return {.name = std::string(name_of(network)),
          .network = static_cast<std::uint32_t>(network),
          .seed = config.seed,
          .init = config.network(network).init,
          .classes = config.classes,
          .max_blocks = max_blocks};
}

/// The samples of the largest shard.
int shard_size(const GanConfig& config) {
  return (config.batch_size + config.shards - 1) / config.shards;
}

/// The gradients of no samples.
template <typename T>
void clear_gradients(Sequential<T>& network) {
  std::fill_n(network.parameters().gradients(), network.parameters().flat_size(), T{0});
}

}  // namespace

template <typename T>
Result<std::unique_ptr<Shard<T>>> Shard<T>::allocate(const GanConfig& config, int index,
                                                     Shard* lender, ThreadPool& pool) {
  const int blocks = BatchLayout::of(shard_size(config)).blocks();
  GANVAS_ASSIGN_OR_RETURN(
      std::unique_ptr<Sequential<T>> generator,
      Sequential<T>::allocate(options_of(config, Network::generator, blocks),
                              config.generator.layers, Shape{config.latent_size}, pool,
                              lender ? lender->generator_.get() : nullptr));
  NetworkOptions d_options = options_of(config, Network::discriminator, 2 * blocks);
  d_options.tangents = is_penalised(config);
  GANVAS_ASSIGN_OR_RETURN(
      std::unique_ptr<Sequential<T>> discriminator,
      Sequential<T>::allocate(d_options, built_discriminator(config), config.sample_shape, pool,
                              lender ? lender->discriminator_.get() : nullptr));
  return std::unique_ptr<Shard>(
      new Shard(config, index, std::move(generator), std::move(discriminator), pool));
}

template <typename T>
Shard<T>::Shard(const GanConfig& config, int index, std::unique_ptr<Sequential<T>> generator,
                std::unique_ptr<Sequential<T>> discriminator, ThreadPool& pool)
    : config_(config),
      index_(index),
      pool_(pool),
      generator_(std::move(generator)),
      discriminator_(std::move(discriminator)),
      batch_(shard_size(config_), config_.latent_size, config_.sample_size(),
             discriminator_->output_features()) {
  const BatchLayout one = BatchLayout::of(shard_size(config_));
  const BatchLayout both{2, one.group_size};
  if (is_augmented(config_)) augmented_ = AlignedBuffer<T>(batch_.samples.size());
  if (config_.instance_noise > 0 || config_.gradient_penalty > 0) {
    d_input_ = AlignedBuffer<T>(batch_.samples.size());
  }
  d_outputs_ = AlignedBuffer<T>(batch_.outputs.size());
  d_fake_ = AlignedBuffer<T>((config_.detach ? one : both).storage(config_.sample_size()));
  if (!config_.detach) leaked_ = AlignedBuffer<T>(generator_->parameters().flat_size());
  if (is_penalised(config_)) penalty_.emplace(*discriminator_, one.blocks());
}

template <typename T>
Status Shard<T>::allocate_noise() {
  if (config_.instance_noise == 0 || d_input_.size() > 0) return {};
  const AllocationScope scope(AllocationScope::Mode::check);
  AlignedBuffer<T> d_input(batch_.samples.size());
  if (scope.failed()) return out_of_memory("instance noise", scope.bytes());
  d_input_ = std::move(d_input);
  return {};
}

template <typename T>
void Shard<T>::begin_step(std::int64_t step) {
  const int k_d = config_.discriminator.updates;
  const int k_g = config_.generator.updates;
  d_updates_ = step * k_d;
  // One draw of noise per update, except for the first update of the second network, which uses the
  // last fakes of the first.
  draws_ = step * (k_d + k_g - 1);
  passes_ = step * (k_d + k_g) * kMaxPassesPerUpdate;
  losses_.fill(kUnknown);
}

template <typename T>
void Shard<T>::load_real_batch(StepInputs<T>& inputs) {
  batch_.layout = BatchLayout::of(shard_size(config_));
  const BatchPart part = inputs.real_batch(number(d_updates_), batch_.real(), batch_.labels_of(0));
  batch_.layout = BatchLayout::of(part.samples);
  whole_batch_ = part.batch;
  batch_.has_d_real = false;
}

/// noise = randn(batch, latent_size);  fake = G(noise)
template <typename T>
void Shard<T>::make_fakes(StepInputs<T>& inputs) {
  if (is_empty()) return;
  inputs.noise(number(draws_++), batch_.layout, batch_.noise.data(), batch_.labels_of(1));
  generator_->set_labels(batch_.labels_of(1));
  batch_.generator_pass = next_pass();
  generator_->set_pass_number(static_cast<std::uint64_t>(batch_.generator_pass));
  generator_->forward(batch_.layout, batch_.noise.data(), batch_.fake());
  batch_.has_d_fake = batch_.has_d_fake_of_g = false;
}

/// lossD = weight (loss(D(real), real) + loss(D(fake.detach()), fake)) + penalty
template <typename T>
void Shard<T>::differentiate_loss_d(StepInputs<T>& inputs, GradientWatcher* watcher) {
  if (is_empty()) {
    clear_gradients(*discriminator_);
    loss(Loss::d) = loss(Loss::d_real) = loss(Loss::d_fake) = loss(Loss::penalty) = 0;
    ++d_updates_;
    return;
  }
  const ObjectiveTerms terms = terms_of(config_.objective);
  const auto weight = static_cast<T>(terms.d_weight);
  const T real_target = terms.has_targets ? static_cast<T>(1 - config_.label_smoothing) : T{1};

  discriminator_->set_labels(batch_.labels_of_both());
  batch_.discriminator_pass = next_pass();
  discriminator_->set_pass_number(static_cast<std::uint64_t>(batch_.discriminator_pass));
  discriminator_->forward(
      batch_.both(), input_for_d(inputs, batch_.discriminator_pass, batch_.both(), batch_.real()),
      batch_.outputs.data());
  const LossOutputs<T> on_real = outputs_of_group(0);
  const LossOutputs<T> on_fake = outputs_of_group(1);
  const T share =
      config_.auxiliary_classifier ? weight / 2 : weight;  // ACGAN averages its two terms
  const LossTerm loss_real = output_loss(terms.d_real, on_real, real_target, share);
  const LossTerm loss_fake = output_loss(terms.d_fake, on_fake, T{0}, share);
  loss(Loss::d) = static_cast<double>(share) * (loss_real.loss + loss_fake.loss);
  if (config_.auxiliary_classifier) {
    loss(Loss::d) +=
        static_cast<double>(share) * (class_loss(on_real, 1, batch_.labels_of(0), share) +
                                      class_loss(on_fake, 1, batch_.labels_of(1), share));
  }
  // Without a gradient of D's input, nothing flows back to G: fake.detach().
  T* const d_samples = config_.detach ? nullptr : d_fake_.data();
  discriminator_->backward(d_outputs_.data(), d_samples, Gradients::overwrite,
                           penalty_ ? nullptr : watcher);
  if (!config_.detach) {
    return_through_augmentation(batch_.discriminator_pass, batch_.both());
    leak_into_generator();
  }
  loss(Loss::penalty) = penalty_ ? add_gradient_penalty(inputs) : 0;
  loss(Loss::d) += loss(Loss::penalty);
  loss(Loss::d_real) = loss_real.mean_output;
  loss(Loss::d_fake) = loss_fake.mean_output;
  ++d_updates_;
  batch_.has_d_real = batch_.has_d_fake = true;
}

/// lossG = loss(D(fake), real), with the updated D and the same fakes
template <typename T>
void Shard<T>::differentiate_loss_g(StepInputs<T>& inputs, GradientWatcher* watcher) {
  if (is_empty()) {
    clear_gradients(*generator_);
    loss(Loss::g) = 0;
    return;
  }
  const ObjectiveTerms terms = terms_of(config_.objective);
  discriminator_->set_labels(batch_.labels_of(1));
  const std::int64_t pass = next_pass();
  discriminator_->set_pass_number(static_cast<std::uint64_t>(pass));
  const LossOutputs<T> on_fake = outputs_of_group(2);
  discriminator_->forward(batch_.layout, input_for_d(inputs, pass, batch_.layout, batch_.fake()),
                          on_fake.outputs);
  const T share = config_.auxiliary_classifier ? T(0.5) : T{1};
  loss(Loss::g) =
      static_cast<double>(share) * output_loss(terms.generator, on_fake, T{1}, share).loss;
  if (config_.auxiliary_classifier) {
    loss(Loss::g) +=
        static_cast<double>(share) * class_loss(on_fake, 1, batch_.labels_of(1), share);
  }
  discriminator_->backward(on_fake.d_outputs, d_fake_.data(), Gradients::skip);
  return_through_augmentation(pass, batch_.layout);
  T* const no_noise_gradient = nullptr;
  generator_->backward(d_fake_.data(), no_noise_gradient, Gradients::overwrite,
                       config_.detach ? watcher : nullptr);
  if (!config_.detach) {
    T* gradients = generator_->parameters().gradients();
    transform(gradients, leaked_.data(), gradients, leaked_.size(), pool_,
              [](Vec<T> gradient, Vec<T> leaked) { return gradient + leaked; });
  }
  batch_.has_d_fake_of_g = true;
}

/// Computes the gradient that lossD.backward() leaves in G if the fakes are not detached.
template <typename T>
void Shard<T>::leak_into_generator() {
  const T* d_fake = d_fake_.data() + batch_.layout.storage(config_.sample_size());
  T* const no_noise_gradient = nullptr;
  generator_->backward(d_fake, no_noise_gradient, Gradients::overwrite);
  std::copy_n(generator_->parameters().gradients(), leaked_.size(), leaked_.data());
}

/// Adds the gradient penalties, lambda mean (|grad D(x)| - 1)^2 at points between real and fake and
/// gamma / 2 mean |grad D(x)|^2 at real samples (every r1_interval updates, and as many times
/// that), to D's gradients; returns their sum.
template <typename T>
double Shard<T>::add_gradient_penalty(StepInputs<T>& inputs) {
  double sum = 0;
  discriminator_->set_labels(batch_.labels_of(0));
  discriminator_->set_pass_number(static_cast<std::uint64_t>(next_pass()));
  if (config_.gradient_penalty > 0) {
    // d_input_ = epsilon real + (1 - epsilon) fake. d_outputs_ is not in use now, so epsilon is
    // stored there.
    const std::span<T> epsilon = d_outputs_.span().first(batch_.layout.storage(1));
    inputs.interpolation(number(d_updates_), epsilon);
    const int features = config_.sample_size();
    for (int block = 0; block < batch_.layout.blocks(); ++block) {
      for (int i = 0; i < features * kLanes; ++i) {
        const std::size_t at =
            static_cast<std::size_t>(block) * static_cast<std::size_t>(features) * kLanes +
            static_cast<std::size_t>(i);
        const T share = epsilon[static_cast<std::size_t>(block) * kLanes +
                                static_cast<std::size_t>(i % kLanes)];
        d_input_[at] = share * batch_.real()[at] + (1 - share) * batch_.fake()[at];
      }
    }
    sum += penalty_->add(PenaltyKind::one_centred, static_cast<T>(config_.gradient_penalty),
                         batch_.layout, d_input_.data(), whole_batch_);
  }
  if (config_.r1 > 0 && d_updates_ % config_.r1_interval == 0) {
    const double weight = config_.r1_interval * config_.r1 / 2;
    sum += penalty_->add(PenaltyKind::zero_centred, static_cast<T>(weight), batch_.layout,
                         batch_.real(), whole_batch_);
  }
  return sum;
}

/// D's input for some samples: the samples themselves, or augmented and with instance noise.
template <typename T>
const T* Shard<T>::input_for_d(StepInputs<T>& inputs, std::int64_t pass, BatchLayout layout,
                               const T* samples) {
  if (is_augmented(config_)) {
    augment(config_, pass, layout, samples, augmented_.data(), pool_);
    samples = augmented_.data();
  }
  if (config_.instance_noise == 0) return samples;
  const std::size_t size = layout.storage(config_.sample_size());
  inputs.instance_noise(pass, d_input_.span().first(size));
  add_instance_noise(samples, config_.instance_noise, d_input_.data(), size, pool_);
  return d_input_.data();
}

/// d_fake_ = d loss / d samples, from d loss / d D's input in a pass.
template <typename T>
void Shard<T>::return_through_augmentation(std::int64_t pass, BatchLayout layout) {
  if (is_augmented(config_)) augment_backward(config_, pass, layout, d_fake_.data(), pool_);
}

template <typename T>
LossOutputs<T> Shard<T>::outputs_of_group(int group) {
  const int features = discriminator_->output_features();
  const std::size_t offset = batch_.outputs_offset(group);
  return {batch_.layout, features, batch_.outputs.data() + offset, d_outputs_.data() + offset,
          whole_batch_};
}

template class Shard<float>;
template class Shard<double>;

}  // namespace ganvas
