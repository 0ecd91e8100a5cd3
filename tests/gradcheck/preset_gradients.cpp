// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Gradients of a training step for every preset, scaled down, against central differences of the
// reported losses; and float gradients against double gradients.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gradcheck/central_difference.h"
#include "support/report.h"
#include "support/small_presets.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

/// Sets learning rates to zero, so that a step computes gradients only, with one update per
/// network.
GanConfig without_updates(GanConfig config) {
  for (NetworkConfig* network : {&config.generator, &config.discriminator}) {
    std::visit([](auto& optimizer) { optimizer.lr = 0; }, network->optimizer);
    network->updates = 1;
  }
  return config;
}

std::vector<GanConfig> configs() {
  std::vector<GanConfig> all;
  for (const Preset& preset : presets())
    all.push_back(without_updates(scaled_down(preset.config(), 5)));
  GanConfig options = all.front();
  options.preset = "minimax with smoothed labels and instance noise";
  options.objective = Objective::minimax;
  options.label_smoothing = 0.1;
  options.instance_noise = 0.3;
  all.push_back(options);
  GanConfig both = all.front();
  both.preset = "wgan with both penalties and instance noise";
  both.objective = Objective::wgan;
  both.discriminator.layers.pop_back();
  both.gradient_penalty = 10;
  both.r1 = 1;
  both.instance_noise = 0.3;
  all.push_back(both);
  GanConfig augmented =
      without_updates(scaled_down(find_preset("hinge", {.channels = 3, .side = 16}).value(), 5));
  augmented.preset = "hinge with augmentation, R1 and instance noise";
  augmented.augment_color = 1;
  augmented.augment_translation = 0.125;
  augmented.augment_cutout = 0.5;
  augmented.instance_noise = 0.3;
  all.push_back(augmented);
  return all;
}

template <typename T>
std::unique_ptr<Trainer<T>> trainer_of(const GanConfig& config, ThreadPool& pool) {
  auto trainer = make_trainer<T>(config, pool);
  REQUIRE(trainer->set_data(data_for(config, config.batch_size)).ok());
  return trainer;
}

/// Repeats the first step with the same samples, noise and dropout masks.
template <typename T>
StepMetrics first_step(Trainer<T>& trainer) {
  trainer.resume({});
  return take_step(trainer);
}

template <typename T>
std::vector<double> gradients_of(const Sequential<T>& network) {
  const T* gradients = network.parameters().gradients();
  return {gradients, gradients + network.parameters().flat_size()};
}

}  // namespace

TEST_CASE("Gradients of every preset match central differences of its losses", "[gradcheck]") {
  ThreadPool pool(1);
  SmoothElements elements;
  for (const GanConfig& config : configs()) {
    Random random(61);
    const auto trainer = trainer_of<double>(config, pool);
    first_step(*trainer);
    const auto d_gradients = gradients_of(trainer->discriminator());
    const auto g_gradients = gradients_of(trainer->generator());
    const auto worst_of = [&](Sequential<double>& network, const std::vector<double>& analytic,
                              auto loss) {
      double worst = 0;
      for (const NamedTensor& tensor : network.parameters().list()) {
        worst =
            std::fmax(worst, smooth_gradient_error(
                                 NamedTensors<double>::slice(network.parameters().values(), tensor),
                                 std::span(analytic).subspan(tensor.offset, tensor.shape.size()),
                                 loss, random, 4, elements));
      }
      return worst;
    };
    const double d = worst_of(trainer->discriminator(), d_gradients,
                              [&] { return first_step(*trainer).loss_d; });
    const double g =
        worst_of(trainer->generator(), g_gradients, [&] { return first_step(*trainer).loss_g; });
    INFO(config.preset);
    CHECK(d <= kGradcheckBound);
    CHECK(g <= kGradcheckBound);
    report(("gradcheck of " + config.preset + ", lossD, worst relative error:").c_str(), d);
    report(("gradcheck of " + config.preset + ", lossG through G and D, worst relative error:")
               .c_str(),
           g);
  }
  CHECK(elements.skipped * 20 < elements.checked);
}

TEST_CASE("Float gradients of every preset match double gradients to a few roundings",
          "[gradcheck]") {
  ThreadPool pool(1);
  double worst = 0;
  for (const GanConfig& config : configs()) {
    const auto wide = trainer_of<double>(config, pool);
    const auto narrow = trainer_of<float>(config, pool);
    first_step(*wide);
    first_step(*narrow);
    double error_of_preset = 0;
    const auto compare = [&](const Sequential<double>& truth, const Sequential<float>& ours) {
      const auto expected = gradients_of(truth);
      const auto actual = gradients_of(ours);
      // Of each layer as a whole: the gradient of a bias below batch norm is zero, and in float
      // what is left of a sum that cancels, so it has no magnitude of its own.
      std::map<std::string, GradientError> layers;
      for (const NamedTensor& tensor : truth.parameters().list()) {
        GradientError& error = layers[tensor.name.substr(0, tensor.name.find('.'))];
        for (std::size_t i = tensor.offset; i < tensor.offset + tensor.shape.size(); ++i)
          error.add(actual[i], expected[i]);
      }
      for (const auto& [layer, error] : layers)
        error_of_preset = std::fmax(error_of_preset, error.relative());
    };
    compare(wide->discriminator(), narrow->discriminator());
    compare(wide->generator(), narrow->generator());
    INFO(config.preset);
    CHECK(error_of_preset <= 2e-5);
    worst = std::fmax(worst, error_of_preset);
  }
  report("presets' gradients in float against double, worst relative error:", worst);
}
