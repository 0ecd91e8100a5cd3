// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Inversion: recovers samples with known latents, obeys its prior, uses the averaged generator in
// evaluation mode, and stops after its number of steps.
#include "inference/inversion.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "inference/frozen_network.h"
#include "support/samples.h"
#include "support/small_presets.h"
#include "support/tensors.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

ThreadPool& pool() {
  static ThreadPool two_threads(2);
  return two_threads;
}

std::unique_ptr<Trainer<float>> trained(const char* preset, int steps = 30) {
  const GanConfig config = scaled_down(find_preset(preset).value());
  auto trainer = make_trainer<float>(config, pool());
  REQUIRE(trainer->set_data(data_for(config)).ok());
  for (int step = 0; step < steps; ++step) take_step(*trainer);
  return trainer;
}

std::vector<float> sample_of(const Trainer<float>& trainer, const std::vector<float>& latent,
                             std::uint8_t label) {
  return FrozenNetwork<float>(trainer, Network::generator).outputs(latent, {.labels = {&label, 1}});
}

std::unique_ptr<Inversion<float>> started(const Trainer<float>& trainer,
                                          const std::vector<float>& target,
                                          const InversionOptions<float>& options) {
  auto inversion = Inversion<float>::create(trainer, target, options);
  INFO((inversion.ok() ? "" : inversion.error().message));
  REQUIRE(inversion.ok());
  return std::move(inversion).value();
}

double mean_square(const std::vector<float>& values) {
  double sum = 0;
  for (const float value : values) sum += double(value) * double(value);
  return sum / double(values.size());
}

double mean_squared_difference(std::vector<float> a, const std::vector<float>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return mean_square(a);
}

}  // namespace

TEST_CASE("Inversion recovers a sample of the generator", "[inversion]") {
  for (const char* preset : {"quick", "cgan", "seed", "dcgan"}) {
    const auto trainer = trained(preset);
    const std::uint8_t label = 3;
    const std::vector<float> latent = latents_for(*trainer, 77, 1);
    const std::vector<float> target = sample_of(*trainer, latent, label);
    const auto inversion = started(*trainer, target, {.seed = 1, .steps = 300, .prior = 0});
    const double before = inversion->best().error;
    inversion->run(300);
    const auto found = inversion->best();
    INFO(preset << ": " << before << " became " << found.error);
    CHECK(found.error < 0.02 * before);
    CHECK(found.sample == sample_of(*trainer, found.latent, std::uint8_t(found.label)));
    CHECK(std::fabs(mean_squared_difference(found.sample, target) - found.error) < 1e-6);
    CHECK(found.latent.size() == latent.size());
  }
}

TEST_CASE("The prior keeps the latent small", "[inversion]") {
  const auto trainer = trained("quick");
  // An all-white image is far from every sample of this generator.
  const std::vector<float> white(std::size_t(trainer->config().sample_size()), 1.0f);
  const auto size_with = [&](double prior) {
    const auto inversion = started(*trainer, white, {.label = 1, .steps = 200, .prior = prior});
    inversion->run(200);
    return mean_square(inversion->best().latent);
  };
  CHECK(size_with(1) < 0.5 * size_with(0));
  CHECK(size_with(100) < 0.02);
}

TEST_CASE("Inversion in slices equals inversion in one go, and stops after its steps",
          "[inversion]") {
  const auto trainer = trained("quick");
  const std::vector<float> target(std::size_t(trainer->config().sample_size()), -0.5f);
  const InversionOptions<float> options{.steps = 40};
  const auto in_one_go = started(*trainer, target, options);
  in_one_go->run(40);
  CHECK(in_one_go->done());
  const auto in_slices = started(*trainer, target, options);
  for (int slice = 0; slice < 9; ++slice) {
    CHECK(in_slices->steps() == slice * 5);
    take_step(*trainer);  // must not affect the inversion, which has its own copy
    in_slices->run(5);
  }
  CHECK(in_slices->steps() == 40);
  CHECK(in_slices->done());
  CHECK(in_slices->best().latent == in_one_go->best().latent);
  in_slices->run(10);
  CHECK(in_slices->steps() == 40);
}

TEST_CASE("Inversion uses the moving average, not the generator in training", "[inversion]") {
  const auto trainer = trained("quick");
  REQUIRE(trainer->generator_average() != nullptr);
  const std::vector<float> latent = latents_for(*trainer, 5, 1);
  const std::uint8_t label = 2;
  const std::vector<float> averaged = samples_of(*trainer, latent, {label});
  const auto inversion = started(*trainer, averaged, {.label = label, .starts = 1, .from = latent});
  CHECK(inversion->best().error == 0);
  CHECK(inversion->best().sample == averaged);
}

TEST_CASE("A given class is kept; without one, all classes are tried", "[inversion]") {
  const auto trainer = trained("quick");
  const std::vector<float> target(std::size_t(trainer->config().sample_size()), 0.0f);
  const auto only = started(*trainer, target, {.label = 7});
  CHECK(only->error_gradients().size() == 16 * std::size_t(trainer->config().latent_size));
  CHECK(only->best().label == 7);
  const auto all = started(*trainer, target, {});
  CHECK(all->error_gradients().size() == 10 * std::size_t(trainer->config().latent_size));
  const auto thrice = started(*trainer, target, {.starts = 3});
  CHECK(thrice->error_gradients().size() == 30 * std::size_t(trainer->config().latent_size));
  // More starts never increase the initial error.
  CHECK(thrice->best().error <= all->best().error);
}

TEST_CASE("Inversion rejects invalid options", "[inversion]") {
  const auto trainer = trained("quick", 0);
  const std::vector<float> target(std::size_t(trainer->config().sample_size()));
  const auto refused = [&](const InversionOptions<float>& options) {
    const auto inversion = Inversion<float>::create(*trainer, target, options);
    return !inversion.ok() && inversion.error().code == ErrorCode::invalid_argument;
  };
  CHECK_FALSE(refused({}));
  CHECK_FALSE(refused({.label = 9, .starts = 256, .steps = 100000}));
  CHECK(refused({.label = 10}));
  CHECK(refused({.label = -2}));
  CHECK(refused({.starts = -1}));
  CHECK(refused({.starts = 257}));
  CHECK(refused({.steps = 0}));
  CHECK(refused({.steps = 100001}));
  CHECK(refused({.lr = NAN}));
  CHECK(refused({.prior = -1}));
  const auto plain = trained("seed", 0);
  const std::vector<float> image(784);
  const auto labelled = Inversion<float>::create(*plain, image, {.label = 0});
  REQUIRE_FALSE(labelled.ok());
  CHECK(labelled.error().code == ErrorCode::invalid_argument);
}
