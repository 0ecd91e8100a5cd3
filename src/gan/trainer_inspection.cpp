// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A look into a step: what flowed, and what each layer makes of it. None of it is computed unless
// somebody asks, and training goes on as if nobody had.
#include <algorithm>

#include "gan/trainer.h"

namespace ganvas {

template <typename T>
StepFlow<T> Trainer<T>::flow() const {
  const std::size_t samples = batch_.storage(config_.sample_size());
  const std::size_t outputs = batch_.storage(discriminator_->output_features());
  const std::size_t lanes = batch_.storage(1);
  return {.batch = batch_,
          .noise = noise_.data(),
          .real = samples_.data(),
          .fake = samples_.data() + samples,
          .real_labels = std::span(labels_).first(lanes),
          .fake_labels = std::span(labels_).subspan(lanes, lanes),
          .d_real = d_saw_real_ ? outputs_.data() : nullptr,
          .d_fake = d_saw_fake_ ? outputs_.data() + outputs : nullptr,
          .d_fake_of_g = g_saw_fake_ ? outputs_.data() + 2 * outputs : nullptr};
}

/// A forward pass in training mode, which leaves the running statistics as they were.
template <typename T>
void Trainer<T>::replay(Sequential<T>& network, BatchLayout layout, const T* x, T* y) {
  T* statistics = network.buffers().values();
  const std::size_t size = network.buffers().flat_size();
  std::copy_n(statistics, size, kept_statistics_.data());
  network.forward(layout, x, y);
  std::copy_n(kept_statistics_.data(), size, statistics);
}

/// make_fakes() once more, from the same noise.
template <typename T>
void Trainer<T>::remake_fakes(T* fakes) {
  generator_->set_labels(labels_of_group(1));
  generator_->set_pass_number(static_cast<std::uint64_t>(generator_pass_));
  replay(*generator_, batch_, noise_.data(), fakes);
}

template <typename T>
const T* Trainer<T>::generator_activations(std::size_t layer) {
  if (!has_flowed()) return nullptr;
  // While G's half is to come its weights are those that made the fakes, and backward() will want
  // to find just these activations; afterwards the fakes stay what they were, for D and for flow().
  const bool awaits_update = in_step_ && next_half() == Half::generator;
  remake_fakes(awaits_update ? fake() : d_fake_.data());
  return generator_->activations(layer);
}

template <typename T>
const T* Trainer<T>::discriminator_activations(std::size_t layer, int group) {
  if (!has_flowed()) return nullptr;
  const BatchLayout both{.groups = 2, .group_size = batch_.group_size};
  discriminator_->set_labels(labels_of_both());
  discriminator_->set_pass_number(static_cast<std::uint64_t>(discriminator_pass_));
  const T* seen = inputs_ ? seen_by_d(*inputs_, discriminator_pass_, both, real()) : real();
  replay(*discriminator_, both, seen, d_outputs_.data());
  const auto features = static_cast<int>(discriminator_->output_shapes()[layer].size());
  return discriminator_->activations(layer) +
         static_cast<std::size_t>(group) * batch_.storage(features);
}

template StepFlow<float> Trainer<float>::flow() const;
template void Trainer<float>::remake_fakes(float*);
template const float* Trainer<float>::generator_activations(std::size_t);
template const float* Trainer<float>::discriminator_activations(std::size_t, int);
template StepFlow<double> Trainer<double>::flow() const;
template void Trainer<double>::remake_fakes(double*);
template const double* Trainer<double>::generator_activations(std::size_t);
template const double* Trainer<double>::discriminator_activations(std::size_t, int);

}  // namespace ganvas
