// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Gradients of the tutorial's layers, its loss and random networks of them, for 200 random shapes
// each, against central differences in double; and float gradients against double gradients.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <memory>
#include <span>
#include <vector>

#include "gradcheck/central_difference.h"
#include "nn/losses.h"
#include "nn/sequential.h"
#include "support/naive_network.h"
#include "support/one_thread.h"
#include "support/report.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr int kShapes = 200;
constexpr double kWeightScale = 3;

/// A network with a random batch and a random output gradient dy, so that loss = sum dy y.
struct Probe {
  LayerSpecs specs;
  BatchLayout layout;
  int features;
  std::unique_ptr<Sequential<double>> network;
  AlignedBuffer<double> x, y, dx, dy;

  Probe(LayerSpecs layer_specs, Random& random) : specs(std::move(layer_specs)) {
    layout = {uniform_int(random, 1, 2), random_size(random)};
    features = random_size(random);
    network = make_network<double>(specs, Shape{features}, layout.blocks(), pool());
    const auto samples = std::size_t(layout.groups * layout.group_size);
    const int outputs = network->output_features();
    Rows rows;
    // LeakyReLU has no derivative at 0: redraws until no input of one is so near 0 that the
    // difference step crosses it.
    do {
      network->parameters().initialise(InitScheme::pytorch, random() >> 11, 0);
      // With PyTorch's initialisation, gradients shrink from layer to layer towards rounding error.
      double* values = network->parameters().values();
      for (std::size_t i = 0; i < network->parameters().flat_size(); ++i) values[i] *= kWeightScale;
      rows = random_values<double>(samples * std::size_t(features), random, -2, 2);
      naive = std::make_unique<NaiveNetwork>(specs, *network);
      naive->forward(rows);
    } while (naive->distance_to_kink() < 100 * kDifferenceStep);
    x = pack<double>(rows, layout, features);
    dy = pack<double>(random_values<double>(samples * std::size_t(outputs), random), layout,
                      outputs);
    y = AlignedBuffer<double>(dy.size());
    dx = AlignedBuffer<double>(x.size());
  }

  std::unique_ptr<NaiveNetwork> naive;

  void forward() { network->forward(layout, x.data(), y.data()); }

  /// The largest relative error of d loss / d x and of all parameter gradients. Call after
  /// backward().
  template <typename Loss>
  double worst_error(const Loss& loss, Random& random) {
    // Padding lanes do not influence the loss, so both of their derivatives are zero.
    double worst = gradient_error(x.span(), dx.span(), loss, random);
    Parameters<double>& parameters = network->parameters();
    for (const NamedTensor& parameter : parameters.list()) {
      worst = std::fmax(
          worst, gradient_error(Parameters<double>::slice(parameters.values(), parameter),
                                Parameters<double>::slice(parameters.gradients(), parameter), loss,
                                random));
    }
    return worst;
  }
};

/// The largest error over kShapes networks, for loss = sum dy y.
template <typename DrawSpecs>
double worst_over_shapes(const DrawSpecs& draw_specs) {
  Random random(17);
  double worst = 0;
  for (int shape = 0; shape < kShapes; ++shape) {
    Probe probe(draw_specs(random), random);
    const auto loss = [&] {
      probe.forward();
      double sum = 0;
      for (std::size_t i = 0; i < probe.y.size(); ++i) sum += probe.dy[i] * probe.y[i];
      return sum;
    };
    probe.forward();
    probe.network->backward(probe.dy.data(), probe.dx.data(), Gradients::overwrite);
    worst = std::fmax(worst, probe.worst_error(loss, random));
  }
  return worst;
}

LayerSpec random_activation(Random& random) {
  switch (random() % 4) {
    case 0:
      return LeakyReluSpec{0.01};
    case 1:
      return LeakyReluSpec{0.2};
    case 2:
      return TanhSpec{};
    default:
      return SigmoidSpec{};
  }
}

LayerSpecs random_layers(Random& random, int outputs) {
  LayerSpecs specs;
  for (int hidden = uniform_int(random, 0, 2); hidden > 0; --hidden) {
    specs.push_back(LinearSpec{random_size(random)});
    specs.push_back(random_activation(random));
  }
  specs.push_back(LinearSpec{outputs});
  return specs;
}

}  // namespace

TEST_CASE("Gradients of Linear match central differences", "[gradcheck]") {
  const double worst =
      worst_over_shapes([](Random& random) { return LayerSpecs{LinearSpec{random_size(random)}}; });
  report("gradcheck of Linear, worst relative error:", worst);
  CHECK(worst <= kGradcheckBound);
}

TEST_CASE("Gradients of LeakyReLU match central differences", "[gradcheck]") {
  const double worst = worst_over_shapes(
      [](Random& random) { return LayerSpecs{LeakyReluSpec{uniform(random, 0, 1)}}; });
  report("gradcheck of LeakyReLU, worst relative error:", worst);
  CHECK(worst <= kGradcheckBound);
}

TEST_CASE("Gradients of Tanh match central differences", "[gradcheck]") {
  const double worst = worst_over_shapes([](Random&) { return LayerSpecs{TanhSpec{}}; });
  report("gradcheck of Tanh, worst relative error:", worst);
  CHECK(worst <= kGradcheckBound);
}

TEST_CASE("Gradients of Sigmoid match central differences", "[gradcheck]") {
  const double worst = worst_over_shapes([](Random&) { return LayerSpecs{SigmoidSpec{}}; });
  report("gradcheck of Sigmoid, worst relative error:", worst);
  CHECK(worst <= kGradcheckBound);
}

TEST_CASE("Gradients of BCE from logits match central differences", "[gradcheck]") {
  Random random(23);
  double worst = 0;
  for (int shape = 0; shape < kShapes; ++shape) {
    const int samples = random_size(random);
    const auto layout = BatchLayout::of(samples);
    const double target = shape % 3 == 0 ? 0 : shape % 3 == 1 ? 1 : 0.9;
    // The weight keeps gradients well above the rounding error of the loss.
    const double weight = samples;
    auto logits =
        pack<double>(random_values<double>(std::size_t(samples), random, -5, 5), layout, 1);
    AlignedBuffer<double> gradients(logits.size());
    AlignedBuffer<double> unused(logits.size());
    output_loss<double>(OutputLoss::bce, {layout, 1, logits.data(), gradients.data()}, target,
                        weight);
    const auto loss = [&] {
      return weight * output_loss<double>(OutputLoss::bce,
                                          {layout, 1, logits.data(), unused.data()}, target, weight)
                          .loss;
    };
    worst = std::fmax(worst, gradient_error(logits.span(), gradients.span(), loss, random));
  }
  report("gradcheck of BCE from logits, worst relative error:", worst);
  CHECK(worst <= kGradcheckBound);
}

TEST_CASE("Gradients of random networks match central differences", "[gradcheck]") {
  const double worst =
      worst_over_shapes([](Random& random) { return random_layers(random, random_size(random)); });
  report("gradcheck of random networks, worst relative error:", worst);
  CHECK(worst <= kGradcheckBound);
}

TEST_CASE("Gradients of random discriminators under BCE match central differences", "[gradcheck]") {
  Random random(29);
  double worst = 0;
  for (int shape = 0; shape < kShapes; ++shape) {
    Probe probe(random_layers(random, 1), random);
    const BatchLayout group = BatchLayout::of(probe.layout.group_size);
    const auto target_of = [](int index) { return index == 0 ? 1.0 : 0.0; };
    const auto loss = [&] {
      probe.forward();
      double sum = 0;
      for (int g = 0; g < probe.layout.groups; ++g) {
        const std::size_t start = std::size_t(g) * group.storage(1);
        sum += output_loss<double>(OutputLoss::bce,
                                   {group, 1, probe.y.data() + start, probe.dy.data() + start},
                                   target_of(g), 1.0)
                   .loss;
      }
      return sum;
    };
    loss();
    probe.network->backward(probe.dy.data(), probe.dx.data(), Gradients::overwrite);
    worst = std::fmax(worst, probe.worst_error(loss, random));
  }
  report("gradcheck of random discriminators under BCE, worst relative error:", worst);
  CHECK(worst <= kGradcheckBound);
}

TEST_CASE("Float gradients match double gradients to a few roundings", "[gradcheck]") {
  Random random(31);
  double worst = 0;
  for (int shape = 0; shape < kShapes; ++shape) {
    Probe probe(random_layers(random, random_size(random)), random);
    const auto network =
        make_network<float>(probe.specs, Shape{probe.features}, probe.layout.blocks(), pool());
    Sequential<float>& in_float = *network;
    const auto narrowed = [](std::span<const double> values) {
      AlignedBuffer<float> narrow(values.size());
      for (std::size_t i = 0; i < values.size(); ++i) narrow[i] = float(values[i]);
      return narrow;
    };
    Parameters<double>& parameters = probe.network->parameters();
    for (std::size_t i = 0; i < parameters.flat_size(); ++i) {
      in_float.parameters().values()[i] = float(parameters.values()[i]);
    }
    const auto x = narrowed(probe.x.span());
    const auto dy = narrowed(probe.dy.span());
    AlignedBuffer<float> y(dy.size());
    AlignedBuffer<float> dx(x.size());
    in_float.forward(probe.layout, x.data(), y.data());
    in_float.backward(dy.data(), dx.data(), Gradients::overwrite);
    probe.forward();
    probe.network->backward(probe.dy.data(), probe.dx.data(), Gradients::overwrite);

    GradientError error;
    for (std::size_t i = 0; i < x.size(); ++i) error.add(double(dx[i]), probe.dx[i]);
    worst = std::fmax(worst, error.relative());
    for (const NamedTensor& parameter : parameters.list()) {
      GradientError of_parameter;
      for (std::size_t i = parameter.offset; i < parameter.offset + parameter.shape.size(); ++i) {
        of_parameter.add(double(in_float.parameters().gradients()[i]), parameters.gradients()[i]);
      }
      worst = std::fmax(worst, of_parameter.relative());
    }
  }
  report("gradients in float against double, worst relative error:", worst);
  CHECK(worst <= 1e-4);
}
