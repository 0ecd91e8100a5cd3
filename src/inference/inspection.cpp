// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Flow and activations; see inspection.h. Activations come from a copy of the network, which
// repeats the pass with the same random numbers.
#include "inference/inspection.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "base/memory.h"
#include "gan/augmentation.h"
#include "gan/instance_noise.h"

namespace ganvas {
namespace {

/// D's input in its half: [real | fake], with the augmentation and instance noise of that pass.
template <typename T>
AlignedBuffer<T> discriminator_input(const Trainer<T>& trainer) {
  const GanConfig& config = trainer.config();
  const StepBatch<T>& batch = trainer.batch();
  const std::size_t size = batch.both().storage(config.sample_size());
  AlignedBuffer<T> d_input(size);
  std::vector<float> noise(size);
  if (config.instance_noise > 0) {
    instance_noise_stream(config.seed, batch.discriminator_pass).fill_normal(noise);
  }
  std::copy(noise.begin(), noise.end(), d_input.data());
  AlignedBuffer<T> augmented(is_augmented(config) ? size : 0);
  const T* samples = batch.real();
  if (is_augmented(config)) {
    augment(config, batch.discriminator_pass, batch.both(), samples, augmented.data(),
            trainer.pool());
    samples = augmented.data();
  }
  add_instance_noise(samples, config.instance_noise, d_input.data(), size, trainer.pool());
  return d_input;
}

}  // namespace

template <typename T>
StepFlow<T> flow_of(const Trainer<T>& trainer) {
  const StepBatch<T>& batch = trainer.batch();
  const auto outputs_of = [&batch](int group, bool known) {
    return known ? batch.outputs.data() + batch.outputs_offset(group) : nullptr;
  };
  return {.batch = batch.layout,
          .noise = batch.noise.data(),
          .real = batch.real(),
          .fake = batch.fake(),
          .real_labels = batch.labels_of(0),
          .fake_labels = batch.labels_of(1),
          .d_real = outputs_of(0, batch.has_d_real),
          .d_fake = outputs_of(1, batch.has_d_fake),
          .d_fake_of_g = outputs_of(2, batch.has_d_fake_of_g)};
}

template <typename T>
AlignedBuffer<T> layer_activations(const Trainer<T>& trainer, Network which, std::size_t layer,
                                   int group) {
  const StepBatch<T>& batch = trainer.batch();
  if (batch.layout.group_size == 0) return {};
  const bool is_generator = which == Network::generator;
  const BatchLayout layout = is_generator ? batch.layout : batch.both();
  // The network that is copied takes batches of this size, so only memory can be missing.
  const std::unique_ptr<Sequential<T>> network =
      value_or_fail(trainer.network(which).copy(layout.blocks()));
  network->set_labels(is_generator ? batch.labels_of(1) : batch.labels_of_both());
  network->set_pass_number(
      static_cast<std::uint64_t>(is_generator ? batch.generator_pass : batch.discriminator_pass));
  const AlignedBuffer<T> d_input = is_generator ? AlignedBuffer<T>() : discriminator_input(trainer);
  AlignedBuffer<T> outputs(layout.storage(network->output_features()));
  network->forward(layout, is_generator ? batch.noise.data() : d_input.data(), outputs.data());

  const auto features = static_cast<int>(network->output_shapes()[layer].size());
  const std::size_t size = batch.layout.storage(features);
  AlignedBuffer<T> activations(size);
  std::copy_n(network->activations(layer) + static_cast<std::size_t>(group) * size, size,
              activations.data());
  return activations;
}

template StepFlow<float> flow_of(const Trainer<float>&);
template StepFlow<double> flow_of(const Trainer<double>&);
template AlignedBuffer<float> layer_activations(const Trainer<float>&, Network, std::size_t, int);
template AlignedBuffer<double> layer_activations(const Trainer<double>&, Network, std::size_t, int);

}  // namespace ganvas
