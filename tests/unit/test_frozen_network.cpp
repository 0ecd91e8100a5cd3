// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Frozen networks: same outputs as the trainer's, independence of samples in a batch, and no effect
// on a training run, bit for bit. tests/golden compares their results with PyTorch.
#include "inference/frozen_network.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "inference/inversion.h"
#include "nn/check_layers.h"
#include "support/small_presets.h"
#include "support/tensors.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

ThreadPool& pool() {
  static ThreadPool two_threads(2);
  return two_threads;
}

std::unique_ptr<Trainer<float>> trained(const GanConfig& config, int steps) {
  auto trainer = make_trainer<float>(config, pool());
  REQUIRE(trainer->set_data(data_for(config)).ok());
  for (int step = 0; step < steps; ++step) take_step(*trainer);
  return trainer;
}

/// Inputs of all kinds; more than a batch, and not a multiple of 16.
struct Samples {
  static constexpr std::size_t kCount = 21;
  std::vector<float> latents, images, shares;
  std::vector<std::uint8_t> labels, others;

  explicit Samples(const GanConfig& config) : shares(kCount), labels(kCount), others(kCount) {
    Random random(3);
    latents = random_values<float>(kCount * std::size_t(config.latent_size), random, -2, 2);
    images = random_values<float>(kCount * std::size_t(config.sample_size()), random);
    for (std::size_t i = 0; i < kCount; ++i) {
      shares[i] = float(uniform(random, 0, 1));
      labels[i] = std::uint8_t(i % 10);
      others[i] = std::uint8_t(i * 7 % 10);
    }
  }
};

/// Samples of the trainer's own generator, one at a time, in evaluation mode and with the moving
/// average if it has one.
std::vector<float> evaluated(Trainer<float>& trainer, const Samples& samples) {
  const GanConfig& config = trainer.config();
  Sequential<float>& g = trainer.generator();
  const std::vector<float> kept(g.parameters().values(),
                                g.parameters().values() + g.parameters().flat_size());
  if (const float* average = trainer.generator_average())
    std::copy_n(average, kept.size(), g.parameters().values());
  g.set_training(false);
  const auto one = BatchLayout::of(1);
  AlignedBuffer<float> latent(one.storage(config.latent_size));
  AlignedBuffer<float> sample(one.storage(config.sample_size()));
  std::vector<float> all;
  for (std::size_t i = 0; i < Samples::kCount; ++i) {
    pack_samples(&samples.latents[i * std::size_t(config.latent_size)], one, config.latent_size,
                 latent.data());
    const std::vector<std::uint8_t> labels(kLanes, samples.labels[i]);
    g.set_labels(labels);
    g.forward(one, latent.data(), sample.data());
    for (int feature = 0; feature < config.sample_size(); ++feature)
      all.push_back(sample[std::size_t(feature) * kLanes]);
  }
  g.set_training(true);
  std::copy(kept.begin(), kept.end(), g.parameters().values());
  return all;
}

/// Runs every kind of query.
void query_everything(const Trainer<float>& trainer) {
  const GanConfig& config = trainer.config();
  const Samples samples(config);
  FrozenNetwork<float> g(trainer, Network::generator);
  FrozenNetwork<float> d(trainer, Network::discriminator);
  g.outputs(samples.latents, {samples.labels, samples.others, samples.shares});
  d.input_gradients(samples.images, {.labels = samples.labels});
  d.scores(samples.images, {.labels = samples.labels});
  const auto target = std::span(samples.images).first(std::size_t(config.sample_size()));
  const auto inversion = Inversion<float>::create(trainer, target, {.steps = 3});
  REQUIRE(inversion.ok());
  inversion.value()->run(3);
}

}  // namespace

TEST_CASE("Queries between half steps do not change a single bit of a run", "[exploration]") {
  for (const Preset& preset : presets()) {
    const GanConfig config = scaled_down(preset.config());
    const auto plain = trained(config, 4);
    const auto queried = trained(config, 0);
    for (int step = 0; step < 4; ++step) {
      for (int half = 0; half < 2; ++half) {
        query_everything(*queried);
        REQUIRE(queried->advance_half().ok());
      }
    }
    INFO(config.preset);
    CHECK(values_of(queried->generator()) == values_of(plain->generator()));
    CHECK(values_of(queried->discriminator()) == values_of(plain->discriminator()));
    for (const bool of_generator : {true, false}) {
      const auto& ours = (of_generator ? queried->generator() : queried->discriminator()).buffers();
      const auto& theirs = (of_generator ? plain->generator() : plain->discriminator()).buffers();
      CHECK(std::equal(ours.values(), ours.values() + ours.flat_size(), theirs.values()));
    }
    if (const float* average = queried->generator_average()) {
      CHECK(std::equal(average, average + queried->generator().parameters().flat_size(),
                       plain->generator_average()));
    }
  }
}

TEST_CASE("A frozen generator draws the samples of the trainer's generator in evaluation mode",
          "[exploration]") {
  for (const Preset& preset : presets()) {
    const GanConfig config = scaled_down(preset.config());
    const auto trainer = trained(config, 5);
    const Samples samples(config);
    const std::vector<float> expected = evaluated(*trainer, samples);
    FrozenNetwork<float> frozen(*trainer, Network::generator);
    INFO(config.preset);
    CHECK(frozen.outputs(samples.latents, {.labels = samples.labels}) == expected);
    // Training further does not change it before an update.
    take_step(*trainer);
    const std::vector<float> later = evaluated(*trainer, samples);
    CHECK(later != expected);
    CHECK(frozen.outputs(samples.latents, {.labels = samples.labels}) == expected);
    frozen.update(*trainer);
    CHECK(frozen.outputs(samples.latents, {.labels = samples.labels}) == later);
  }
}

TEST_CASE("A mix of classes equals the classes at its ends and neither in between",
          "[exploration]") {
  for (const char* name : {"quick", "cgan", "acgan"}) {
    const GanConfig config = scaled_down(find_preset(name).value());
    const auto trainer = trained(config, 5);
    Samples samples(config);
    FrozenNetwork<float> frozen(*trainer, Network::generator);
    const auto mixed = [&](float share) {
      std::ranges::fill(samples.shares, share);
      return frozen.outputs(samples.latents, {samples.labels, samples.others, samples.shares});
    };
    const auto first = frozen.outputs(samples.latents, {.labels = samples.labels});
    const auto second = frozen.outputs(samples.latents, {.labels = samples.others});
    INFO(name);
    CHECK(mixed(0) == first);
    CHECK(mixed(1) == second);
    const auto middle = mixed(0.5f);
    CHECK(absolute_error(middle, first) > 1e-5);
    CHECK(absolute_error(middle, second) > 1e-5);
    // The next pass with plain labels does not use the mix.
    CHECK(frozen.outputs(samples.latents, {.labels = samples.labels}) == first);
  }
}

TEST_CASE("D's score of a sample does not depend on the rest of its batch", "[exploration]") {
  for (const Preset& preset : presets()) {
    const GanConfig config = scaled_down(preset.config());
    const auto trainer = trained(config, 5);
    const Samples samples(config);
    FrozenNetwork<float> frozen(*trainer, Network::discriminator);
    const auto together = frozen.scores(samples.images, {.labels = samples.labels});
    const auto gradients = frozen.input_gradients(samples.images, {.labels = samples.labels});
    const auto width = std::size_t(config.sample_size());
    INFO(config.preset);
    REQUIRE(together.size() == Samples::kCount);
    for (std::size_t i = 0; i < Samples::kCount; ++i) {
      const auto image = std::span(samples.images).subspan(i * width, width);
      const auto label = std::span(samples.labels).subspan(i, 1);
      CHECK(frozen.scores(image, {.labels = label}) == std::vector{together[i]});
      const auto single = frozen.input_gradients(image, {.labels = label});
      CHECK(
          std::equal(single.begin(), single.end(), gradients.begin() + std::ptrdiff_t(i * width)));
      if (config.objective == Objective::bce) {
        CHECK(together[i] > 0);
        CHECK(together[i] < 1);
      }
    }
  }
}

TEST_CASE("layer_output returns every layer's output, the last being the sample", "[exploration]") {
  const GanConfig config = scaled_down(find_preset("quick").value());
  const auto trainer = trained(config, 5);
  const Samples samples(config);
  const auto latent = std::span(samples.latents).first(std::size_t(config.latent_size));
  FrozenNetwork<float> frozen(*trainer, Network::generator);
  const auto sample = frozen.outputs(latent, {.labels = samples.labels});
  REQUIRE(frozen.layer_shapes().size() == config.generator.layers.size());
  std::vector<std::vector<float>> layers;
  for (std::size_t i = 0; i < frozen.layer_shapes().size(); ++i) {
    CHECK(frozen.layer_shapes()[i] == trainer->generator().output_shapes()[i]);
    layers.push_back(frozen.layer_output(i));
    CHECK(layers[i].size() == frozen.layer_shapes()[i].size());
  }
  std::vector<float> with_class(latent.begin(), latent.end());
  for (int label = 0; label < 10; ++label) with_class.push_back(label == samples.labels[0]);
  CHECK(layers[0] == with_class);
  CHECK(layers[2] == layers[1]);  // reshape does not move values
  for (std::size_t i = 0; i < layers[3].size(); ++i) {
    CHECK(layers[4][i] == std::max(layers[3][i], 0.0f));  // relu
  }
  CHECK(layers.back() == sample);
}

TEST_CASE("take_classes is derived from the layers", "[exploration]") {
  CHECK(take_classes(find_preset("quick").value().discriminator.layers));
  CHECK(take_classes(find_preset("cgan").value().discriminator.layers));
  CHECK_FALSE(take_classes(find_preset("acgan").value().discriminator.layers));
  CHECK_FALSE(take_classes(find_preset("seed").value().generator.layers));
}
