// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Second-order gradients: parameter gradients of the WGAN-GP and R1 penalties against central
// differences of the penalty, and the penalty against a gradient norm from central differences.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "gan/gradient_penalty.h"
#include "gradcheck/central_difference.h"
#include "support/larger_error.h"
#include "support/one_thread.h"
#include "support/report.h"
#include "support/small_gan.h"
#include "support/tensors.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr int kShapes = 200;
constexpr int kClasses = 4;
constexpr double kWeightScale = 2;  // with PyTorch's initialisation, gradients are small

/// A random piecewise linear discriminator.
LayerSpecs random_critic(Random& random, Shape& input) {
  LayerSpecs layers;
  const auto activation = [&] {
    layers.push_back(LeakyReluSpec{random() % 4 == 0 ? 0.0 : uniform(random, 0.01, 0.9)});
    if (random() % 4 == 0) layers.push_back(DropoutSpec{0.3});
  };
  if (random() % 2 == 0) {
    input = {random_size(random)};
  } else {
    input = {uniform_int(random, 1, 3), uniform_int(random, 3, 5), uniform_int(random, 3, 5)};
    layers.push_back(Conv2dSpec{uniform_int(random, 1, 7), uniform_int(random, 1, 3),
                                uniform_int(random, 1, 2), uniform_int(random, 0, 1)});
    activation();
    if (random() % 3 == 0) layers.push_back(Upsample2xSpec{});
    if (random() % 3 == 0) layers.push_back(Dropout2dSpec{0.25});
    if (random() % 3 == 0) {
      layers.push_back(
          ConvTranspose2dSpec{uniform_int(random, 1, 3), uniform_int(random, 1, 3), 2, 0, 1});
      activation();
    }
    layers.push_back(FlattenSpec{});
  }
  if (random() % 3 == 0) layers.push_back(ClassConcatSpec{uniform_int(random, 0, 3)});
  for (int hidden = uniform_int(random, 0, 2); hidden > 0; --hidden) {
    layers.push_back(LinearSpec{random_size(random)});
    activation();
  }
  if (random() % 3 == 0) {
    layers.push_back(ClassProjectionSpec{});
  } else {
    layers.push_back(LinearSpec{random() % 3 == 0 ? 1 + kClasses : 1});
  }
  return layers;
}

struct WorstErrors {
  double value = 0;     // error of the penalty
  double gradient = 0;  // error of its derivative
  SmoothElements elements;
};

void check_one(PenaltyKind kind, Random& random, WorstErrors& worst) {
  Shape input;
  const LayerSpecs layers = random_critic(random, input);
  const auto layout = BatchLayout::of(random_size(random));
  const auto critic = make_network<double>({.name = "critic",
                                            .seed = random() >> 11,
                                            .classes = kClasses,
                                            .max_blocks = layout.blocks(),
                                            .tangents = true},
                                           layers, input, pool());
  Parameters<double>& parameters = critic->parameters();
  for (std::size_t i = 0; i < parameters.flat_size(); ++i) parameters.values()[i] *= kWeightScale;
  std::vector<std::uint8_t> labels(std::size_t(layout.blocks() * kLanes));
  for (std::uint8_t& label : labels) label = std::uint8_t(uniform_int(random, 0, kClasses - 1));
  critic->set_labels(labels);
  critic->set_pass_number(random() >> 40);
  const auto n = std::size_t(layout.group_size);
  const int features = critic->input_features();
  auto rows = random_values<double>(n * std::size_t(features), random, -2, 2);
  const auto x = pack<double>(rows, layout, features, /*padding=*/3.0);
  GradientPenalty<double> penalty(*critic, layout.blocks());
  constexpr double kWeight = 1.5;
  const auto value = [&] {
    return penalty.add(kind, kWeight, layout, x.data(), layout.group_size);
  };

  // add() accumulates into existing gradients.
  std::fill_n(parameters.gradients(), parameters.flat_size(), 0.0);
  const double ours = value();
  std::vector<double> analytic(parameters.gradients(),
                               parameters.gradients() + parameters.flat_size());
  value();
  for (std::size_t i = 0; i < analytic.size(); ++i) {
    REQUIRE(std::fabs(parameters.gradients()[i] - 2 * analytic[i]) <=
            1e-12 * (1 + std::fabs(analytic[i])));
  }
  for (const NamedTensor& tensor : parameters.list()) {
    const auto error =
        smooth_gradient_error(Parameters<double>::slice(parameters.values(), tensor),
                              std::span(analytic).subspan(tensor.offset, tensor.shape.size()),
                              value, random, 8, worst.elements);
    worst.gradient = std::fmax(worst.gradient, error);
  }

  // The definition of the penalty, for inputs with few features.
  if (features > 20) return;
  AlignedBuffer<double> y(layout.storage(critic->output_features()));
  double sum = 0;
  for (std::size_t s = 0; s < n; ++s) {
    double squares = 0;
    for (int f = 0; f < features; ++f) {
      const auto output_at = [&](double step) {
        auto moved = rows;
        moved[s * std::size_t(features) + std::size_t(f)] += step;
        const auto packed = pack<double>(moved, layout, features);
        critic->forward(layout, packed.data(), y.data());
        return y[element_index(layout, critic->output_features(), 0, int(s), 0)];
      };
      // D is linear between kinks, so a small step has no truncation error and rarely crosses one.
      const double step = 1e-7;
      squares += std::pow((output_at(step) - output_at(-step)) / (2 * step), 2);
    }
    sum += kind == PenaltyKind::zero_centred ? squares : std::pow(std::sqrt(squares) - 1, 2);
  }
  worst.value = larger_error(
      worst.value, std::fabs(ours - kWeight * sum / double(n)) / std::fmax(1, std::fabs(ours)));
}

void check_kind(PenaltyKind kind, const std::string& name) {
  Random random(51);
  WorstErrors worst;
  for (int shape = 0; shape < kShapes; ++shape) check_one(kind, random, worst);
  report(("gradcheck of the penalty of " + name + ", second order, worst relative error:").c_str(),
         worst.gradient);
  report(("the penalty of " + name + " against differences of D, worst relative error:").c_str(),
         worst.value);
  CHECK(worst.gradient <= kGradcheckBound);
  CHECK(worst.value <= 1e-6);
  CHECK(worst.elements.skipped * 200 < worst.elements.checked);
}

}  // namespace

TEST_CASE("Gradients of the WGAN-GP penalty match central differences", "[gradcheck]") {
  check_kind(PenaltyKind::one_centred, "WGAN-GP");
}

TEST_CASE("Gradients of the R1 penalty match central differences", "[gradcheck]") {
  check_kind(PenaltyKind::zero_centred, "R1");
}

TEST_CASE("The penalty of a critic with zero weights has zero gradient", "[gradcheck]") {
  const auto critic =
      make_network<double>({.name = "critic", .tangents = true}, {LinearSpec{1}}, Shape{3}, pool());
  std::fill_n(critic->parameters().values(), critic->parameters().flat_size(), 0.0);
  GradientPenalty<double> penalty(*critic, 1);
  const auto layout = BatchLayout::of(2);
  const auto x = pack<double>(std::vector<double>{1, 2, 3, 4, 5, 6}, layout, 3);
  CHECK(penalty.add(PenaltyKind::one_centred, 10, layout, x.data(), layout.group_size) == 10);
  CHECK(penalty.add(PenaltyKind::zero_centred, 10, layout, x.data(), layout.group_size) == 0);
  for (const double g : gradient_of(*critic, "0.weight")) CHECK(g == 0);
}
