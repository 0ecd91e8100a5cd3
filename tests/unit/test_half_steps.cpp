// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Steps taken in two halves equal whole steps, bit for bit, whatever happens between the halves.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "gan/trainer.h"
#include "inference/inspection.h"
#include "io/checkpoint.h"
#include "support/one_thread.h"
#include "support/samples.h"
#include "support/small_presets.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr int kSteps = 5;

struct Case {
  std::string name;
  GanConfig config;
};

/// Every preset scaled down, plus configs with dropout in G and several updates per network in
/// either order, which no preset has.
std::vector<Case> cases() {
  std::vector<Case> cases;
  for (const Preset& preset : presets()) {
    cases.push_back({std::string(preset.name), scaled_down(preset.config())});
  }
  for (const Network first : {Network::discriminator, Network::generator}) {
    GanConfig config = scaled_down(find_preset("dcgan").value());
    config.first_update = first;
    config.generator.updates = 2;
    config.discriminator.updates = 3;
    config.instance_noise = 0.1;
    config.ema_decay = 0.9;
    config.generator.layers.insert(config.generator.layers.begin() + 1, DropoutSpec{0.3});
    cases.push_back(
        {first == Network::generator ? "3 and 2 updates, G first" : "3 and 2 updates", config});
  }
  return cases;
}

std::unique_ptr<Trainer<float>> start(const GanConfig& config) {
  auto trainer = make_trainer<float>(config, pool());
  REQUIRE(trainer->set_data(data_for(trainer->config())).ok());
  return trainer;
}

StepMetrics take_half(Trainer<float>& trainer) {
  const Result<StepMetrics> metrics = trainer.advance_half();
  REQUIRE(metrics.ok());
  return metrics.value();
}

std::vector<double> numbers_of(const StepMetrics& m) {
  return {double(m.step), double(m.epoch), double(m.images_seen), m.loss_d, m.loss_g, m.d_real,
          m.d_fake,       m.penalty};
}

void sample(const Trainer<float>& trainer) {
  samples_of(trainer, latents_for(trainer, 1, 9), std::vector<std::uint8_t>(9, 1));
}

void inspect(const Trainer<float>& trainer) {
  for (const Network network : {Network::generator, Network::discriminator}) {
    for (std::size_t i = 0; i < trainer.network(network).output_shapes().size(); ++i)
      REQUIRE(layer_activations(trainer, network, i).size() > 0);
  }
}

}  // namespace

TEST_CASE("A run in halves equals a run in whole steps, bit for bit", "[halves]") {
  for (const auto& [name, config] : cases()) {
    INFO(name);
    const auto whole = start(config);
    const auto halves = start(config);
    for (int step = 0; step < kSteps; ++step) {
      const StepMetrics expected = take_step(*whole);
      take_half(*halves);
      CHECK(numbers_of(take_half(*halves)) == numbers_of(expected));
    }
    CHECK(save_checkpoint(*halves) == save_checkpoint(*whole));
  }
}

TEST_CASE("Sampling and inspection between halves do not change a run", "[halves]") {
  for (const auto& [name, config] : cases()) {
    INFO(name);
    const auto whole = start(config);
    const auto watched = start(config);
    for (int step = 0; step < kSteps; ++step) {
      take_step(*whole);
      take_half(*watched);
      if (step % 2 == 0) sample(*watched);
      inspect(*watched);
      if (step % 3 == 0) sample(*watched);
      take_half(*watched);
      inspect(*watched);
      sample(*watched);
    }
    CHECK(save_checkpoint(*watched) == save_checkpoint(*whole));
  }
}

TEST_CASE("In the middle of a step, step() completes it", "[halves]") {
  const auto whole = start(small_config());
  const auto mixed = start(small_config());
  for (int step = 0; step < kSteps; ++step) {
    if (step % 2 == 0) take_half(*mixed);
    CHECK(numbers_of(take_step(*mixed)) == numbers_of(take_step(*whole)));
    CHECK_FALSE(mixed->in_step());
  }
  CHECK(save_checkpoint(*mixed) == save_checkpoint(*whole));
}

TEST_CASE("Halves alternate, start with first_update, and report only their own metrics",
          "[halves]") {
  for (const Network first : {Network::discriminator, Network::generator}) {
    GanConfig config = small_config();
    config.first_update = first;
    const auto trainer = start(config);
    const bool d_first = first == Network::discriminator;
    CHECK(trainer->next_half() == first);
    const StepMetrics half = take_half(*trainer);
    CHECK(trainer->next_half() != first);
    CHECK(trainer->in_step());
    CHECK(trainer->steps() == 0);
    CHECK(half.step == 1);
    CHECK(half.images_seen == 0);
    CHECK(std::isfinite(half.loss_d) == d_first);
    CHECK(std::isfinite(half.d_real) == d_first);
    CHECK(std::isfinite(half.d_fake) == d_first);
    CHECK(std::isfinite(half.loss_g) != d_first);
    const StepMetrics step = take_half(*trainer);
    CHECK(trainer->next_half() == first);
    CHECK(trainer->steps() == 1);
    CHECK(std::isfinite(step.loss_d));
    CHECK(std::isfinite(step.loss_g));
  }
}

TEST_CASE("Each half changes only its network", "[halves]") {
  const auto trainer = start(small_config());
  const auto g = values_of(trainer->generator());
  const auto d = values_of(trainer->discriminator());
  take_half(*trainer);
  CHECK(values_of(trainer->generator()) == g);
  const auto d_after = values_of(trainer->discriminator());
  CHECK(d_after != d);
  take_half(*trainer);
  CHECK(values_of(trainer->discriminator()) == d_after);
  CHECK(values_of(trainer->generator()) != g);
}

TEST_CASE("A half step requires data", "[halves]") {
  const auto trainer = make_trainer<float>(small_config(), pool());
  const auto metrics = trainer->advance_half();
  REQUIRE_FALSE(metrics.ok());
  CHECK(metrics.error().code == ErrorCode::no_data);
  CHECK_FALSE(trainer->in_step());
}
