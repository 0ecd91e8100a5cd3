// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Input gradients in evaluation mode against central differences, for every preset scaled down: D's
// output with respect to pixels, and an inversion's error with respect to the latent.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "gradcheck/central_difference.h"
#include "inference/frozen_network.h"
#include "inference/inversion.h"
#include "support/report.h"
#include "support/small_presets.h"
#include "support/tensors.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

// Scales the initial weights so that gradients are well above the rounding error of differences.
constexpr double kWeightScale = 2;

/// A trainer with random running statistics in its batch norms.
std::unique_ptr<Trainer<double>> trainer_of(const GanConfig& config, ThreadPool& pool,
                                            Random& random) {
  auto trainer = make_trainer<double>(config, pool);
  for (NamedTensors<double>* buffers :
       {&trainer->generator().buffers(), &trainer->discriminator().buffers()}) {
    for (const NamedTensor& tensor : buffers->list()) {
      const bool variance = tensor.rule == InitRule::ones;
      fill_random(NamedTensors<double>::slice(buffers->values(), tensor), random,
                  variance ? 0.5 : -0.2, variance ? 2 : 0.2);
    }
  }
  auto scaled = values_of(trainer->generator());
  for (double& value : scaled) value *= kWeightScale;
  set_values(trainer->generator(), scaled);
  return trainer;
}

}  // namespace

TEST_CASE("D's input gradient is the derivative of its output", "[gradcheck][exploration]") {
  ThreadPool pool(1);
  SmoothElements elements;
  for (const Preset& preset : presets()) {
    const GanConfig config = scaled_down(preset.config(), 5);
    Random random(71);
    const auto trainer = trainer_of(config, pool, random);
    FrozenNetwork<double> frozen(*trainer, Network::discriminator);
    const int outputs = trainer->discriminator().output_features();
    const std::vector<std::uint8_t> labels{1, 9, 4};
    auto images = random_values<double>(3 * std::size_t(config.sample_size()), random);
    const auto analytic = frozen.input_gradients(images, {.labels = labels});
    const auto sum = [&] {
      const auto all = frozen.outputs(images, {.labels = labels});
      double first = 0;
      for (std::size_t i = 0; i < all.size(); i += std::size_t(outputs)) first += all[i];
      return first;
    };
    const double error = smooth_gradient_error(images, analytic, sum, random, 40, elements);
    INFO(config.preset);
    CHECK(error <= kGradcheckBound);
    report(("gradcheck of D's pixels in " + config.preset + ", relative error:").c_str(), error);
  }
  CHECK(elements.skipped * 20 < elements.checked);
}

TEST_CASE("An inversion descends along the derivative of its error", "[gradcheck][inversion]") {
  ThreadPool pool(1);
  SmoothElements elements;
  for (const Preset& preset : presets()) {
    const GanConfig config = scaled_down(preset.config(), 5);
    Random random(72);
    const auto trainer = trainer_of(config, pool, random);
    const auto target = random_values<double>(std::size_t(config.sample_size()), random);
    auto latent = random_values<double>(std::size_t(config.latent_size), random, -2, 2);
    InversionOptions<double> options{.starts = 1, .from = latent};
    if (config.classes > 0) options.label = 6;
    const auto begin = [&] {
      auto inversion = Inversion<double>::create(*trainer, target, options);
      REQUIRE(inversion.ok());
      return std::move(inversion).value();
    };
    const auto analytic = begin()->error_gradients();
    const auto error = smooth_gradient_error(
        latent, analytic, [&] { return begin()->best().error; }, random, 20, elements);
    INFO(config.preset);
    CHECK(error <= kGradcheckBound);
    report(("gradcheck of an inversion of " + config.preset + ", relative error:").c_str(), error);
  }
  CHECK(elements.skipped * 20 < elements.checked);
}
