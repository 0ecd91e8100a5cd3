// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A tiny GAN with the tutorial's architecture that trains in microseconds, and images for it.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "data/dataset.h"
#include "gan/trainer.h"
#include "nn/adam.h"
#include "support/packed.h"

namespace ganvas::test {

inline constexpr int kSmallImage = 20;
inline constexpr int kSmallLatent = 8;

inline GanConfig small_config(int batch_size = 6) {
  return {
      .preset = "small",
      .seed = 1,
      .batch_size = batch_size,
      .latent_size = kSmallLatent,
      .sample_shape = Shape{kSmallImage},
      .examples = 0,
      .generator = {.layers = {LinearSpec{12}, LeakyReluSpec{0.01}, LinearSpec{kSmallImage},
                               TanhSpec{}},
                    .optimizer = AdamConfig{}},
      .discriminator = {.layers = {LinearSpec{10}, LeakyReluSpec{0.01}, LinearSpec{1},
                                   SigmoidSpec{}},
                        .optimizer = AdamConfig{}},
  };
}

/// `count` images of `features` bytes: bumps at random positions, so that there is structure to
/// learn.
inline std::shared_ptr<const Dataset> some_images(int count, int features = kSmallImage) {
  Random random(99);
  std::vector<std::uint8_t> images;
  std::vector<std::uint8_t> labels;
  for (int i = 0; i < count; ++i) {
    const double centre = uniform(random, 0, features);
    for (int f = 0; f < features; ++f) {
      const double distance = (f - centre) / 3;
      images.push_back(std::uint8_t(255 / (1 + distance * distance)));
    }
    labels.push_back(std::uint8_t(i % 10));
  }
  auto dataset = Dataset::of_images(std::move(images), features, std::move(labels));
  REQUIRE(dataset.ok());
  return std::make_shared<const Dataset>(std::move(dataset).value());
}

template <typename T>
std::unique_ptr<Trainer<T>> make_trainer(const GanConfig& config, ThreadPool& pool) {
  auto trainer = Trainer<T>::create(config, pool);
  REQUIRE(trainer.ok());
  return std::move(trainer).value();
}

template <typename T>
StepMetrics take_step(Trainer<T>& trainer) {
  const Result<StepMetrics> metrics = trainer.step();
  REQUIRE(metrics.ok());
  return metrics.value();
}

/// A copy of all parameter values, including padding.
template <typename T>
std::vector<T> values_of(const Sequential<T>& network) {
  const T* values = network.parameters().values();
  return {values, values + network.parameters().flat_size()};
}

template <typename T>
void set_values(Sequential<T>& network, const std::vector<T>& values) {
  REQUIRE(values.size() == network.parameters().flat_size());
  for (std::size_t i = 0; i < values.size(); ++i) network.parameters().values()[i] = values[i];
}

/// A network without a trainer, with initialised parameters.
template <typename T>
std::unique_ptr<Sequential<T>> make_network(const NetworkOptions& options, const LayerSpecs& layers,
                                            const Shape& input, ThreadPool& pool) {
  auto network = Sequential<T>::create(options, layers, input, pool);
  INFO((network.ok() ? "" : network.error().message));
  REQUIRE(network.ok());
  return std::move(network).value();
}

template <typename T>
std::unique_ptr<Sequential<T>> make_network(const LayerSpecs& layers, const Shape& input,
                                            int max_blocks, ThreadPool& pool,
                                            std::uint64_t seed = 0, std::uint32_t network = 0) {
  return make_network<T>(
      {.name = "network", .network = network, .seed = seed, .max_blocks = max_blocks}, layers,
      input, pool);
}

/// The optimiser config of a network that uses Adam.
inline AdamConfig& adam_of(NetworkConfig& network) {
  return std::get<AdamConfig>(network.optimizer);
}

/// A discriminator's layers up to its logits: all but the Sigmoid.
inline LayerSpecs logit_layers(const GanConfig& config) {
  LayerSpecs layers = config.discriminator.layers;
  layers.pop_back();
  return layers;
}

}  // namespace ganvas::test
