// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The training step: update_discriminator() and update_generator() are the two halves of the
// tutorial's loop body, with what PyTorch would compute twice done once.
#include "gan/trainer.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <string>

#include "gan/objective.h"
#include "kernels/elementwise.h"
#include "kernels/random.h"

namespace ganvas {
namespace {

constexpr std::int64_t kMaxPassesPerUpdate =
    3;  // forward passes with dropout in one update of a network
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kNoData = "there is nothing to train on yet";

}  // namespace

template <typename T>
Result<StepMetrics> Trainer<T>::step() {
  if (!data_) return Error{ErrorCode::no_data, kNoData};
  return step_with(*inputs_);
}

template <typename T>
Result<StepMetrics> Trainer<T>::step_with(StepInputs<T>& inputs) {
  Result<StepMetrics> metrics = advance_half_with(inputs);
  if (metrics.ok() && in_step_) metrics = advance_half_with(inputs);
  return metrics;
}

template <typename T>
Result<StepMetrics> Trainer<T>::advance_half() {
  if (!data_) return Error{ErrorCode::no_data, kNoData};
  return advance_half_with(*inputs_);
}

template <typename T>
Half Trainer<T>::next_half() const {
  const Half first = config_.first_update;
  const Half second = first == Half::discriminator ? Half::generator : Half::discriminator;
  return in_step_ ? second : first;
}

template <typename T>
Result<StepMetrics> Trainer<T>::advance_half_with(StepInputs<T>& inputs) {
  if (!trainable()) {
    return Error{ErrorCode::not_trainable,
                 "networks alone were loaded; training needs G, D and their optimizers"};
  }
  if (!in_step_) begin_step(inputs);
  next_half() == Half::discriminator ? run_discriminator_half(inputs) : run_generator_half(inputs);
  in_step_ = !in_step_;
  if (in_step_) return metrics_;
  return finish_step();
}

template <typename T>
void Trainer<T>::begin_step(StepInputs<T>& inputs) {
  const int k_d = config_.discriminator.updates;
  const int k_g = config_.generator.updates;
  d_updates_ = d_updates_before(steps_);
  draws_ = steps_ * (k_d + k_g - 1);  // the first update of each network shares its fakes
  passes_ = steps_ * (k_d + k_g) * kMaxPassesPerUpdate;
  d_is_finite_ = g_is_finite_ = true;
  metrics_ = {.step = steps_ + 1,
              .epoch = epoch(),
              .images_seen = images_seen(),
              .loss_d = kUnknown,
              .loss_g = kUnknown,
              .d_real = kUnknown,
              .d_fake = kUnknown,
              .penalty = kUnknown};
  load_real_batch(inputs);
  make_fakes(inputs);
}

template <typename T>
void Trainer<T>::run_discriminator_half(StepInputs<T>& inputs) {
  update_discriminator(inputs);
  for (int k = 1; k < config_.discriminator.updates; ++k) {
    load_real_batch(inputs);
    make_fakes(inputs);
    update_discriminator(inputs);
  }
}

template <typename T>
void Trainer<T>::run_generator_half(StepInputs<T>& inputs) {
  // Sampling between the halves leaves other activations in G than backward() needs.
  if (!generator_->ran(noise_.data(), fake())) remake_fakes(fake());
  update_generator(inputs);
  for (int k = 1; k < config_.generator.updates; ++k) {
    make_fakes(inputs);
    update_generator(inputs);
  }
}

template <typename T>
Result<StepMetrics> Trainer<T>::finish_step() {
  update_average();
  ++steps_;
  metrics_.images_seen = images_seen();
  const auto non_finite = [&](const std::string& what) {
    return Error{ErrorCode::non_finite,
                 what + " is no longer a finite number at step " + std::to_string(steps_)};
  };
  if (!std::isfinite(metrics_.loss_d)) return non_finite("lossD");
  if (!std::isfinite(metrics_.loss_g)) return non_finite("lossG");
  if (!d_is_finite_) return non_finite("a weight of the discriminator");
  if (!g_is_finite_) return non_finite("a weight of the generator");
  return metrics_;
}

template <typename T>
void Trainer<T>::load_real_batch(StepInputs<T>& inputs) {
  batch_ = BatchLayout::of(config_.batch_size);
  batch_ = BatchLayout::of(inputs.real_batch(d_updates_, real(), labels_of_group(0)));
  d_saw_real_ = false;
}

/// noise = randn(batch, latent_size);  fake = G(noise)
template <typename T>
void Trainer<T>::make_fakes(StepInputs<T>& inputs) {
  inputs.noise(draws_++, batch_, noise_.data(), labels_of_group(1));
  generator_->set_labels(labels_of_group(1));
  generator_pass_ = passes_++;
  generator_->set_pass_number(static_cast<std::uint64_t>(generator_pass_));
  generator_->forward(batch_, noise_.data(), fake());
  d_saw_fake_ = g_saw_fake_ = false;
}

/// lossD = weight (loss(D(real), real) + loss(D(fake.detach()), fake)) + penalty;  an optimizer
/// step on D
template <typename T>
void Trainer<T>::update_discriminator(StepInputs<T>& inputs) {
  const ObjectiveTerms terms = terms_of(config_.objective);
  const BatchLayout both{.groups = 2, .group_size = batch_.group_size};
  const auto weight = static_cast<T>(terms.d_weight);
  const T real_target = terms.has_targets ? static_cast<T>(1 - config_.label_smoothing) : T{1};

  discriminator_->set_labels(labels_of_both());
  discriminator_pass_ = passes_++;
  discriminator_->set_pass_number(static_cast<std::uint64_t>(discriminator_pass_));
  discriminator_->forward(both, seen_by_d(inputs, discriminator_pass_, both, real()),
                          outputs_.data());
  const LossOutputs<T> on_real = outputs_of_group(0);
  const LossOutputs<T> on_fake = outputs_of_group(1);
  const T share =
      config_.auxiliary_classifier ? weight / 2 : weight;  // ACGAN halves both of its terms
  const LossTerm loss_real = output_loss(terms.d_real, on_real, real_target, share);
  const LossTerm loss_fake = output_loss(terms.d_fake, on_fake, T{0}, share);
  metrics_.loss_d = static_cast<double>(share) * (loss_real.loss + loss_fake.loss);
  if (config_.auxiliary_classifier) {
    metrics_.loss_d +=
        static_cast<double>(share) * (class_loss(on_real, 1, labels_of_group(0), share) +
                                      class_loss(on_fake, 1, labels_of_group(1), share));
  }
  // fake.detach(): no gradient beyond D's input.
  T* const d_samples = config_.detach ? nullptr : d_fake_.data();
  discriminator_->backward(d_outputs_.data(), d_samples, Gradients::overwrite);
  if (!config_.detach) leak_into_generator();
  metrics_.penalty = penalty_ ? add_gradient_penalty(inputs) : 0;
  metrics_.loss_d += metrics_.penalty;
  d_is_finite_ = optimizer_d_->step() && d_is_finite_;
  if (config_.weight_clip > 0) clip_weights();

  metrics_.d_real = loss_real.mean_output;
  metrics_.d_fake = loss_fake.mean_output;
  ++d_updates_;
  d_saw_real_ = d_saw_fake_ = true;
}

/// lossG = loss(D(fake), real), with D as it is now and the same fake;  an optimizer step on G
template <typename T>
void Trainer<T>::update_generator(StepInputs<T>& inputs) {
  const ObjectiveTerms terms = terms_of(config_.objective);
  discriminator_->set_labels(labels_of_group(1));
  const std::int64_t pass = passes_++;
  discriminator_->set_pass_number(static_cast<std::uint64_t>(pass));
  const LossOutputs<T> on_fake = outputs_of_group(2);
  discriminator_->forward(batch_, seen_by_d(inputs, pass, batch_, fake()), on_fake.outputs);
  const T share = config_.auxiliary_classifier ? T(0.5) : T{1};
  metrics_.loss_g =
      static_cast<double>(share) * output_loss(terms.generator, on_fake, T{1}, share).loss;
  if (config_.auxiliary_classifier) {
    metrics_.loss_g +=
        static_cast<double>(share) * class_loss(on_fake, 1, labels_of_group(1), share);
  }
  discriminator_->backward(on_fake.d_outputs, d_fake_.data(), Gradients::skip);
  T* const no_noise_gradient = nullptr;
  generator_->backward(d_fake_.data(), no_noise_gradient, Gradients::overwrite);
  if (!config_.detach) {
    T* gradients = generator_->parameters().gradients();
    transform(gradients, leaked_.data(), gradients, leaked_.size(), pool_,
              [](Vec<T> own, Vec<T> leaked) { return own + leaked; });
  }
  g_is_finite_ = optimizer_g_->step() && g_is_finite_;
  g_saw_fake_ = true;
}

/// What lossD.backward() leaves in G's gradients when the fakes are not detached.
template <typename T>
void Trainer<T>::leak_into_generator() {
  const T* d_fake = d_fake_.data() + batch_.storage(config_.sample_size());
  T* const no_noise_gradient = nullptr;
  generator_->backward(d_fake, no_noise_gradient, Gradients::overwrite);
  std::copy_n(generator_->parameters().gradients(), leaked_.size(), leaked_.data());
}

/// Adds the derivative of lambda mean (|grad D(x)| - 1)^2 at points between real and fake, and of
/// gamma / 2 mean |grad D(x)|^2 at the real ones, to D's gradients.
template <typename T>
double Trainer<T>::add_gradient_penalty(StepInputs<T>& inputs) {
  double sum = 0;
  discriminator_->set_labels(labels_of_group(0));
  discriminator_->set_pass_number(static_cast<std::uint64_t>(passes_++));
  if (config_.gradient_penalty > 0) {
    // disturbed = epsilon real + (1 - epsilon) fake; d_outputs_ is free now and lends its rows for
    // epsilon.
    const std::span<T> epsilon = d_outputs_.span().first(batch_.storage(1));
    inputs.interpolation(d_updates_, epsilon);
    const int features = config_.sample_size();
    for (int block = 0; block < batch_.blocks(); ++block) {
      for (int i = 0; i < features * kLanes; ++i) {
        const std::size_t at =
            static_cast<std::size_t>(block) * static_cast<std::size_t>(features) * kLanes +
            static_cast<std::size_t>(i);
        const T share = epsilon[static_cast<std::size_t>(block) * kLanes +
                                static_cast<std::size_t>(i % kLanes)];
        disturbed_[at] = share * real()[at] + (1 - share) * fake()[at];
      }
    }
    sum += penalty_->add(PenaltyKind::one_centred, static_cast<T>(config_.gradient_penalty), batch_,
                         disturbed_.data());
  }
  if (config_.r1 > 0) {
    sum += penalty_->add(PenaltyKind::zero_centred, static_cast<T>(config_.r1 / 2), batch_, real());
  }
  return sum;
}

/// What D is shown of some samples: themselves, or with instance noise.
template <typename T>
const T* Trainer<T>::seen_by_d(StepInputs<T>& inputs, std::int64_t pass, BatchLayout layout,
                               const T* samples) {
  if (config_.instance_noise == 0) return samples;
  const std::size_t size = layout.storage(config_.sample_size());
  inputs.instance_noise(pass, disturbed_.span().first(size));
  const Vec<T> deviation(static_cast<T>(config_.instance_noise));
  transform(disturbed_.data(), samples, disturbed_.data(), size, pool_,
            [deviation](Vec<T> noise, Vec<T> sample) { return madd(deviation, noise, sample); });
  return disturbed_.data();
}

template <typename T>
LossOutputs<T> Trainer<T>::outputs_of_group(int group) {
  const int features = discriminator_->output_features();
  const std::size_t offset = static_cast<std::size_t>(group) * batch_.storage(features);
  return {batch_, features, outputs_.data() + offset, d_outputs_.data() + offset};
}

template <typename T>
std::span<std::uint8_t> Trainer<T>::labels_of_group(int group) {
  const std::size_t size = batch_.storage(1);
  return std::span(labels_).subspan(group == 0 ? 0 : size, size);
}

template <typename T>
std::span<const std::uint8_t> Trainer<T>::labels_of_both() const {
  return std::span(labels_).first(2 * batch_.storage(1));
}

/// Every parameter of D into [-weight_clip, weight_clip], as the WGAN paper's algorithm 1.
template <typename T>
void Trainer<T>::clip_weights() {
  const Vec<T> limit(static_cast<T>(config_.weight_clip));
  T* values = discriminator_->parameters().values();
  transform(values, values, discriminator_->parameters().flat_size(), pool_,
            [limit](Vec<T> value) { return xsimd::min(xsimd::max(value, -limit), limit); });
}

/// average = decay average + (1 - decay) parameters, with a decay that grows to its full value
template <typename T>
void Trainer<T>::update_average() {
  if (config_.ema_decay == 0) return;
  const auto t = static_cast<double>(steps_ + 1);
  const Vec<T> rate(static_cast<T>(1 - std::min(config_.ema_decay, t / (t + 10))));
  transform(generator_average_.data(), generator_->parameters().values(), generator_average_.data(),
            generator_average_.size(), pool_,
            [rate](Vec<T> average, Vec<T> value) { return madd(rate, value - average, average); });
}

template <typename T>
void Trainer<T>::generate(std::span<const T> latents, std::span<const std::uint8_t> labels,
                          std::span<T> samples) {
  const auto z = static_cast<std::size_t>(config_.latent_size);
  const auto features = static_cast<std::size_t>(config_.sample_size());
  const std::size_t count = latents.size() / z;
  assert(count * z == latents.size() && count * features == samples.size());
  assert(config_.classes == 0 || labels.size() == count);
  T* parameters = generator_->parameters().values();
  const auto swap_in_average = [&] {
    if (config_.ema_decay == 0) return;
    std::swap_ranges(parameters, parameters + generator_average_.size(), generator_average_.data());
  };
  swap_in_average();
  generator_->set_training(false);
  const auto at_once = static_cast<std::size_t>(config_.batch_size);
  for (std::size_t first = 0; first < count; first += at_once) {
    const auto batch = BatchLayout::of(static_cast<int>(std::min(at_once, count - first)));
    const auto size = static_cast<std::size_t>(batch.group_size);
    pack_samples(latents.data() + first * z, batch, config_.latent_size, sampling_noise_.data());
    std::fill(sampling_labels_.begin(), sampling_labels_.end(), std::uint8_t{0});
    if (config_.classes > 0) {
      std::copy_n(labels.begin() + static_cast<std::ptrdiff_t>(first), size,
                  sampling_labels_.begin());
    }
    generator_->set_labels(sampling_labels_);
    generator_->forward(batch, sampling_noise_.data(), sampled_.data());
    unpack_samples(sampled_.data(), batch, config_.sample_size(),
                   samples.data() + first * features);
  }
  generator_->set_training(true);
  swap_in_average();
}

template <typename T>
void Trainer<T>::draw_latents(std::uint64_t seed, std::span<T> latents) {
  std::vector<float> normal(latents.size());
  RandomStream(seed, StreamPurpose::sampling, 0).fill_normal(normal);
  std::copy(normal.begin(), normal.end(), latents.begin());
}

/// A forward pass is one product a layer, the gradients of weights another, and those of inputs a
/// third, but for the first layer where nobody asks for the network's input's.
template <typename T>
double Trainer<T>::flops_per_step() const {
  const auto g = static_cast<double>(generator_->product_flops());
  const auto g_first = static_cast<double>(generator_->first_product_flops());
  const auto d = static_cast<double>(discriminator_->product_flops());
  const auto d_first = static_cast<double>(discriminator_->first_product_flops());
  const int k_d = config_.discriminator.updates;
  const int k_g = config_.generator.updates;
  const int penalties = (config_.gradient_penalty > 0 ? 1 : 0) + (config_.r1 > 0 ? 1 : 0);
  const double fakes = g;
  const double leak = config_.detach ? 0 : 2 * d_first + 2 * g - g_first;
  const double d_update = 2 * (3 * d - d_first) + leak;  // of real and fake
  const double g_update = 2 * d + 2 * g - g_first;
  const double penalty = 5 * d - d_first;  // two passes forward, two backward; see GradientPenalty
  return config_.batch_size *
         ((k_d + k_g - 1) * fakes + k_d * (d_update + penalties * penalty) + k_g * g_update);
}

template <typename T>
void Trainer<T>::set_steps(std::int64_t steps) {
  steps_ = steps;
  in_step_ = false;
  optimizer_g_->set_steps(steps * config_.generator.updates);
  optimizer_d_->set_steps(d_updates_before(steps));
}

template class Trainer<float>;
template class Trainer<double>;

}  // namespace ganvas
