// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Gradients of Trainer::step_with() against central differences of the tutorial's two losses, which
// are reimplemented here: lossD at D's weights before the step, lossG with the updated D. Random
// architectures and batch sizes.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <memory>
#include <span>
#include <vector>

#include "gradcheck/central_difference.h"
#include "nn/losses.h"
#include "support/naive_network.h"
#include "support/one_thread.h"
#include "support/recorded_inputs.h"
#include "support/report.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr int kShapes = 200;
// Scale relative to PyTorch's initialisation: smaller weights shrink G's gradient towards rounding
// error, larger ones saturate tanh.
constexpr double kWeightScale = 2;

LayerSpec random_activation(Random& random) {
  switch (random() % 3) {
    case 0:
      return LeakyReluSpec{0.01};
    case 1:
      return LeakyReluSpec{0.2};
    default:
      return TanhSpec{};
  }
}

GanConfig random_config(Random& random) {
  GanConfig config;
  config.seed = random() >> 11;
  config.batch_size = random_size(random);
  config.latent_size = random_size(random);
  config.sample_shape = Shape{random_size(random)};
  config.generator.layers = {LinearSpec{random_size(random)}, random_activation(random),
                             LinearSpec{config.sample_size()}, TanhSpec{}};
  config.discriminator.layers = {LinearSpec{random_size(random)}, random_activation(random),
                                 LinearSpec{1}, SigmoidSpec{}};
  adam_of(config.generator).lr = 1e-2;
  adam_of(config.discriminator).lr = 1e-2;
  return config;
}

std::unique_ptr<Sequential<double>> rebuild(const LayerSpecs& layers, int features, int batch_size,
                                            const std::vector<double>& values) {
  auto network =
      make_network<double>(layers, Shape{features}, BatchLayout::of(batch_size).blocks(), pool());
  set_values(*network, values);
  return network;
}

double mean_bce(Sequential<double>& discriminator, BatchLayout batch, const double* images,
                double target) {
  AlignedBuffer<double> logits(batch.storage(1));
  AlignedBuffer<double> unused(batch.storage(1));
  discriminator.forward(batch, images, logits.data());
  return output_loss<double>(OutputLoss::bce, {batch, 1, logits.data(), unused.data()}, target, 1.0)
      .loss;
}

double worst_of_parameters(Sequential<double>& network, std::span<const double> analytic,
                           const auto& loss, Random& random) {
  double worst = 0;
  for (const NamedTensor& parameter : network.parameters().list()) {
    const auto values = Parameters<double>::slice(network.parameters().values(), parameter);
    worst = std::fmax(
        worst,
        gradient_error(values, analytic.subspan(parameter.offset, values.size()), loss, random));
  }
  return worst;
}

struct Errors {
  double d, g;
  bool near_kink;  // the difference step can cross a kink; discard the comparison
};

Errors check_one_step(Random& random) {
  const GanConfig config = random_config(random);
  const auto trainer = make_trainer<double>(config, pool());
  const auto scale_weights = [](Sequential<double>& network) {
    std::vector<double> values = values_of(network);
    for (double& value : values) value *= kWeightScale;
    set_values(network, values);
    return values;
  };
  const std::vector<double> g_before = scale_weights(trainer->generator());
  const std::vector<double> d_before = scale_weights(trainer->discriminator());
  const auto n = std::size_t(config.batch_size);
  const Rows images = random_values<double>(n * std::size_t(config.sample_size()), random);
  const Rows noise = random_values<double>(n * std::size_t(config.latent_size), random, -2, 2);
  REQUIRE(step_on(*trainer, images, noise).ok());
  const std::vector<double> d_after = values_of(trainer->discriminator());

  const auto generator =
      rebuild(config.generator.layers, config.latent_size, config.batch_size, g_before);
  const auto old_d =
      rebuild(logit_layers(config), config.sample_size(), config.batch_size, d_before);
  const auto new_d =
      rebuild(logit_layers(config), config.sample_size(), config.batch_size, d_after);
  const auto batch = BatchLayout::of(config.batch_size);
  const auto real = pack<double>(images, batch, config.sample_size());
  const auto z = pack<double>(noise, batch, config.latent_size);
  AlignedBuffer<double> fake(real.size());
  generator->forward(batch, z.data(), fake.data());

  const auto loss_d = [&] {
    return (mean_bce(*old_d, batch, real.data(), 1) + mean_bce(*old_d, batch, fake.data(), 0)) / 2;
  };
  const auto loss_g = [&] {
    generator->forward(batch, z.data(), fake.data());
    return mean_bce(*new_d, batch, fake.data(), 1);
  };
  const auto gradients = [](const Sequential<double>& network) {
    return std::span(network.parameters().gradients(), network.parameters().flat_size());
  };
  Errors errors{};
  errors.d = worst_of_parameters(*old_d, gradients(trainer->discriminator()), loss_d, random);
  errors.g = worst_of_parameters(*generator, gradients(trainer->generator()), loss_g, random);

  NaiveNetwork naive_g(config.generator.layers, *generator);
  NaiveNetwork naive_old(logit_layers(config), *old_d);
  NaiveNetwork naive_new(logit_layers(config), *new_d);
  const Rows fakes = naive_g.forward(noise);
  double distance = naive_g.distance_to_kink();
  for (const auto& [network, rows] :
       {std::pair{&naive_old, &images}, {&naive_old, &fakes}, {&naive_new, &fakes}}) {
    network->forward(*rows);
    distance = std::fmin(distance, network->distance_to_kink());
  }
  errors.near_kink = distance < 100 * kDifferenceStep;
  return errors;
}

}  // namespace

TEST_CASE("A training step's gradients are the derivatives of lossD and lossG", "[gradcheck]") {
  Random random(41);
  double worst_d = 0;
  double worst_g = 0;
  for (int shape = 0; shape < kShapes;) {
    const Errors errors = check_one_step(random);
    if (errors.near_kink) continue;
    ++shape;
    worst_d = std::fmax(worst_d, errors.d);
    worst_g = std::fmax(worst_g, errors.g);
  }
  report("gradcheck of lossD through the trainer, worst relative error:", worst_d);
  report("gradcheck of lossG through G and D, worst relative error:", worst_g);
  CHECK(worst_d <= kGradcheckBound);
  CHECK(worst_g <= kGradcheckBound);
}
