// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The training step. update_discriminator() and update_generator() are the two halves of the
// tutorial's loop body; what PyTorch would compute twice is computed once.
#include "gan/trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "gan/augmentation.h"
#include "gan/instance_noise.h"
#include "gan/objective.h"
#include "kernels/elementwise.h"

namespace ganvas {
namespace {

// Forward passes with dropout in one update of a network.
constexpr std::int64_t kMaxPassesPerUpdate = 3;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kNoData = "no training data has been set";

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
Network Trainer<T>::next_half() const {
  return in_step_ ? other_network(config_.first_update) : config_.first_update;
}

template <typename T>
Result<StepMetrics> Trainer<T>::advance_half_with(StepInputs<T>& inputs) {
  if (!trainable()) {
    return Error{
        ErrorCode::not_trainable,
        "the loaded model cannot be trained: it lacks the discriminator or the optimizer state"};
  }
  if (!in_step_) begin_step(inputs);
  next_half() == Network::discriminator ? run_discriminator_half(inputs)
                                        : run_generator_half(inputs);
  in_step_ = !in_step_;
  if (in_step_) return metrics_;
  return finish_step();
}

template <typename T>
void Trainer<T>::begin_step(StepInputs<T>& inputs) {
  const int k_d = config_.discriminator.updates;
  const int k_g = config_.generator.updates;
  d_updates_ = d_updates_before(steps_);
  // One draw of noise per update, except for the first update of the second network, which uses the
  // last fakes of the first.
  draws_ = steps_ * (k_d + k_g - 1);
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
  batch_.layout = BatchLayout::of(config_.batch_size);
  batch_.layout =
      BatchLayout::of(inputs.real_batch(d_updates_, batch_.real(), batch_.labels_of(0)));
  batch_.has_d_real = false;
}

/// noise = randn(batch, latent_size);  fake = G(noise)
template <typename T>
void Trainer<T>::make_fakes(StepInputs<T>& inputs) {
  inputs.noise(draws_++, batch_.layout, batch_.noise.data(), batch_.labels_of(1));
  generator_->set_labels(batch_.labels_of(1));
  batch_.generator_pass = passes_++;
  generator_->set_pass_number(static_cast<std::uint64_t>(batch_.generator_pass));
  generator_->forward(batch_.layout, batch_.noise.data(), batch_.fake());
  batch_.has_d_fake = batch_.has_d_fake_of_g = false;
}

/// lossD = weight (loss(D(real), real) + loss(D(fake.detach()), fake)) + penalty;
/// optimizer_d.step()
template <typename T>
void Trainer<T>::update_discriminator(StepInputs<T>& inputs) {
  const ObjectiveTerms terms = terms_of(config_.objective);
  const auto weight = static_cast<T>(terms.d_weight);
  const T real_target = terms.has_targets ? static_cast<T>(1 - config_.label_smoothing) : T{1};

  discriminator_->set_labels(batch_.labels_of_both());
  batch_.discriminator_pass = passes_++;
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
  metrics_.loss_d = static_cast<double>(share) * (loss_real.loss + loss_fake.loss);
  if (config_.auxiliary_classifier) {
    metrics_.loss_d +=
        static_cast<double>(share) * (class_loss(on_real, 1, batch_.labels_of(0), share) +
                                      class_loss(on_fake, 1, batch_.labels_of(1), share));
  }
  // Without a gradient of D's input, nothing flows back to G: fake.detach().
  T* const d_samples = config_.detach ? nullptr : d_fake_.data();
  discriminator_->backward(d_outputs_.data(), d_samples, Gradients::overwrite);
  if (!config_.detach) {
    return_through_augmentation(batch_.discriminator_pass, batch_.both());
    leak_into_generator();
  }
  metrics_.penalty = penalty_ ? add_gradient_penalty(inputs) : 0;
  metrics_.loss_d += metrics_.penalty;
  d_is_finite_ = optimizer_d_->step() && d_is_finite_;
  if (config_.weight_clip > 0) clip_weights();

  metrics_.d_real = loss_real.mean_output;
  metrics_.d_fake = loss_fake.mean_output;
  ++d_updates_;
  batch_.has_d_real = batch_.has_d_fake = true;
}

/// lossG = loss(D(fake), real), with the updated D and the same fakes;  optimizer_g.step()
template <typename T>
void Trainer<T>::update_generator(StepInputs<T>& inputs) {
  const ObjectiveTerms terms = terms_of(config_.objective);
  discriminator_->set_labels(batch_.labels_of(1));
  const std::int64_t pass = passes_++;
  discriminator_->set_pass_number(static_cast<std::uint64_t>(pass));
  const LossOutputs<T> on_fake = outputs_of_group(2);
  discriminator_->forward(batch_.layout, input_for_d(inputs, pass, batch_.layout, batch_.fake()),
                          on_fake.outputs);
  const T share = config_.auxiliary_classifier ? T(0.5) : T{1};
  metrics_.loss_g =
      static_cast<double>(share) * output_loss(terms.generator, on_fake, T{1}, share).loss;
  if (config_.auxiliary_classifier) {
    metrics_.loss_g +=
        static_cast<double>(share) * class_loss(on_fake, 1, batch_.labels_of(1), share);
  }
  discriminator_->backward(on_fake.d_outputs, d_fake_.data(), Gradients::skip);
  return_through_augmentation(pass, batch_.layout);
  T* const no_noise_gradient = nullptr;
  generator_->backward(d_fake_.data(), no_noise_gradient, Gradients::overwrite);
  if (!config_.detach) {
    T* gradients = generator_->parameters().gradients();
    transform(gradients, leaked_.data(), gradients, leaked_.size(), pool_,
              [](Vec<T> gradient, Vec<T> leaked) { return gradient + leaked; });
  }
  g_is_finite_ = optimizer_g_->step() && g_is_finite_;
  batch_.has_d_fake_of_g = true;
}

/// Computes the gradient that lossD.backward() leaves in G if the fakes are not detached.
template <typename T>
void Trainer<T>::leak_into_generator() {
  const T* d_fake = d_fake_.data() + batch_.layout.storage(config_.sample_size());
  T* const no_noise_gradient = nullptr;
  generator_->backward(d_fake, no_noise_gradient, Gradients::overwrite);
  std::copy_n(generator_->parameters().gradients(), leaked_.size(), leaked_.data());
}

/// Adds the gradient penalties, lambda mean (|grad D(x)| - 1)^2 at points between real and fake and
/// gamma / 2 mean |grad D(x)|^2 at real samples, to D's gradients; returns their sum.
template <typename T>
double Trainer<T>::add_gradient_penalty(StepInputs<T>& inputs) {
  double sum = 0;
  discriminator_->set_labels(batch_.labels_of(0));
  discriminator_->set_pass_number(static_cast<std::uint64_t>(passes_++));
  if (config_.gradient_penalty > 0) {
    // d_input_ = epsilon real + (1 - epsilon) fake. d_outputs_ is not in use now, so epsilon is
    // stored there.
    const std::span<T> epsilon = d_outputs_.span().first(batch_.layout.storage(1));
    inputs.interpolation(d_updates_, epsilon);
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
                         batch_.layout, d_input_.data());
  }
  if (config_.r1 > 0) {
    sum += penalty_->add(PenaltyKind::zero_centred, static_cast<T>(config_.r1 / 2), batch_.layout,
                         batch_.real());
  }
  return sum;
}

/// D's input for some samples: the samples themselves, or augmented and with instance noise.
template <typename T>
const T* Trainer<T>::input_for_d(StepInputs<T>& inputs, std::int64_t pass, BatchLayout layout,
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
void Trainer<T>::return_through_augmentation(std::int64_t pass, BatchLayout layout) {
  if (is_augmented(config_)) augment_backward(config_, pass, layout, d_fake_.data(), pool_);
}

template <typename T>
LossOutputs<T> Trainer<T>::outputs_of_group(int group) {
  const int features = discriminator_->output_features();
  const std::size_t offset = batch_.outputs_offset(group);
  return {batch_.layout, features, batch_.outputs.data() + offset, d_outputs_.data() + offset};
}

/// Clips every parameter of D to [-weight_clip, weight_clip], as in algorithm 1 of the WGAN paper.
template <typename T>
void Trainer<T>::clip_weights() {
  const Vec<T> limit(static_cast<T>(config_.weight_clip));
  T* values = discriminator_->parameters().values();
  transform(values, values, discriminator_->parameters().flat_size(), pool_,
            [limit](Vec<T> value) { return xsimd::min(xsimd::max(value, -limit), limit); });
}

/// average = decay average + (1 - decay) parameters. The decay rises to ema_decay over the first
/// steps.
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
void Trainer<T>::resume(const SavedProgress& saved) {
  steps_ = saved.steps;
  holds_ = saved.holds;
  in_step_ = false;
  optimizer_g_->set_steps(steps_ * config_.generator.updates);
  optimizer_d_->set_steps(d_updates_before(steps_));
  // Files of networks without optimisers have the moving average in place of G's parameters.
  if (!trainable()) start_average();
}

template class Trainer<float>;
template class Trainer<double>;

}  // namespace ganvas
