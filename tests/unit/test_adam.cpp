// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Adam against PyTorch's formula for a single value in long double, and resuming it.
#include "nn/adam.h"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "support/larger_error.h"
#include "support/packed.h"
#include "support/report.h"

using namespace ganvas;
using ganvas::test::Random;

namespace {

using Wide = long double;

/// torch.optim.Adam (single tensor) under LambdaLR, for one value.
struct ScalarAdam {
  AdamConfig config;
  Wide value, m = 0, v = 0;

  void step(Wide g, int t) {
    g += Wide(config.weight_decay) * value;
    m += (g - m) * (1 - Wide(config.beta1));
    v = v * Wide(config.beta2) + (1 - Wide(config.beta2)) * g * g;
    const Wide correction1 = 1 - std::pow(Wide(config.beta1), Wide(t));
    const Wide correction2 = 1 - std::pow(Wide(config.beta2), Wide(t));
    const Wide denominator = std::sqrt(v) / std::sqrt(correction2) + Wide(config.eps);
    const Wide decay = config.lr_decay_steps == 0
                           ? Wide(1)
                           : std::fmax(Wide(0), 1 - Wide(t - 1) / Wide(config.lr_decay_steps));
    value -= Wide(config.lr) * decay / correction1 * (m / denominator);
  }
};

template <typename T>
void draw_gradients(Parameters<T>& parameters, Random& random) {
  for (const NamedTensor& parameter : parameters.list()) {
    for (T& g : Parameters<T>::slice(parameters.gradients(), parameter)) {
      g = T(test::uniform(random) * std::pow(10.0, test::uniform_int(random, -6, 1)));
    }
  }
}

template <typename T>
Parameters<T> test_parameters() {
  Parameters<T> parameters;
  parameters.declare("weight", {7, 5}, InitRule::linear_weight, 4);
  parameters.declare("bias", {3}, InitRule::bias, 4);
  parameters.allocate();
  parameters.initialise(InitScheme::pytorch, 1, 0);
  return parameters;
}

}  // namespace

TEMPLATE_TEST_CASE("Adam's updates match PyTorch's formula", "[adam]", float, double) {
  using T = TestType;
  ThreadPool pool(2);
  constexpr int kSteps = 200;
  double worst = 0;
  for (const AdamConfig config :
       {AdamConfig{}, AdamConfig{2e-4, 0.5, 0.999, 1e-8}, AdamConfig{3e-3, 0.5, 0.99, 1e-8},
        AdamConfig{0.1, 0, 0, 1e-3}, AdamConfig{0.01, 0.9, 0.999, 1e-2},
        AdamConfig{1e-3, 0.9, 0.99, 1e-3, 0.1}, AdamConfig{0.01, 0.5, 0.99, 1e-8, 0, 150}}) {
    Parameters<T> parameters = test_parameters<T>();
    Adam<T> adam(config, parameters, pool);
    std::vector<ScalarAdam> scalars;
    for (std::size_t i = 0; i < parameters.flat_size(); ++i) {
      scalars.push_back({config, Wide(parameters.values()[i])});
    }
    Random random(9);
    double largest_gradient = 0;
    for (int t = 1; t <= kSteps; ++t) {
      draw_gradients(parameters, random);
      adam.step();
      for (std::size_t i = 0; i < scalars.size(); ++i) {
        largest_gradient =
            std::fmax(largest_gradient, std::fabs(double(parameters.gradients()[i])));
        scalars[i].step(Wide(parameters.gradients()[i]), t);
      }
      REQUIRE(adam.steps() == t);
    }
    const auto moments = adam.state();
    for (std::size_t i = 0; i < scalars.size(); ++i) {
      const auto add = [&](T ours, Wide truth, double scale) {
        if (Wide(ours) == truth) return;  // 0 / 0 in the padding between parameters
        scale = std::fmax(std::fabs(double(truth)), scale);
        worst = test::larger_error(worst, std::fabs(double(Wide(ours) - truth)) / scale);
      };
      add(parameters.values()[i], scalars[i].value,
          kSteps * config.lr);  // upper bound of its total change
      add(moments[0].values[i], scalars[i].m, largest_gradient);
      add(moments[1].values[i], scalars[i].v, 0);
    }
  }
  test::report("Adam after 200 steps against the scalar formula, relative:", worst);
  CHECK(worst < 32 * double(std::numeric_limits<T>::epsilon()));
}

TEST_CASE("The padding between parameters stays zero under Adam", "[adam]") {
  ThreadPool pool(1);
  Parameters<float> parameters = test_parameters<float>();
  Adam<float> adam(AdamConfig{}, parameters, pool);
  Random random(2);
  for (int t = 0; t < 10; ++t) {
    draw_gradients(parameters, random);
    adam.step();
  }
  std::vector<bool> used(parameters.flat_size());
  for (const NamedTensor& parameter : parameters.list()) {
    for (std::size_t i = 0; i < parameter.shape.size(); ++i) used[parameter.offset + i] = true;
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) REQUIRE(parameters.values()[i] == 0);
  }
}

TEST_CASE("Adam's first step moves every parameter by the learning rate against its gradient",
          "[adam]") {
  ThreadPool pool(1);
  Parameters<double> parameters = test_parameters<double>();
  const std::vector<double> before(parameters.values(),
                                   parameters.values() + parameters.flat_size());
  Adam<double> adam(AdamConfig{.lr = 0.25}, parameters, pool);
  Random random(3);
  draw_gradients(parameters, random);
  adam.step();
  for (const NamedTensor& parameter : parameters.list()) {
    for (std::size_t i = parameter.offset; i < parameter.offset + parameter.shape.size(); ++i) {
      const double g = parameters.gradients()[i];
      CHECK(std::fabs(parameters.values()[i] - (before[i] - 0.25 * g / (std::fabs(g) + 1e-8))) <
            1e-12);
    }
  }
}

TEST_CASE("Adam resumed from its moments and step count continues identically", "[adam]") {
  ThreadPool pool(1);
  Parameters<float> uninterrupted = test_parameters<float>();
  Parameters<float> resumed = test_parameters<float>();
  Adam<float> adam(AdamConfig{}, uninterrupted, pool);
  Random random(4);
  Random same_random(4);
  for (int t = 0; t < 40; ++t) {
    draw_gradients(uninterrupted, random);
    adam.step();
  }

  std::vector<std::vector<float>> saved;
  {
    Adam<float> first(AdamConfig{}, resumed, pool);
    for (int t = 0; t < 17; ++t) {
      draw_gradients(resumed, same_random);
      first.step();
    }
    for (const auto& moment : first.state())
      saved.emplace_back(moment.values, moment.values + resumed.flat_size());
  }
  Adam<float> second(AdamConfig{}, resumed, pool);
  const auto moments = second.state();
  for (std::size_t k = 0; k < moments.size(); ++k)
    std::copy(saved[k].begin(), saved[k].end(), moments[k].values);
  second.set_steps(17);
  for (int t = 17; t < 40; ++t) {
    draw_gradients(resumed, same_random);
    second.step();
  }
  CHECK(second.steps() == adam.steps());
  for (std::size_t i = 0; i < uninterrupted.flat_size(); ++i) {
    REQUIRE(resumed.values()[i] == uninterrupted.values()[i]);
    for (std::size_t k = 0; k < moments.size(); ++k)
      REQUIRE(moments[k].values[i] == adam.state()[k].values[i]);
  }
}

TEST_CASE("Adam's bias corrections are exact up to a million steps", "[adam]") {
  ThreadPool pool(1);
  for (const std::int64_t steps : {9, 99, 12'345, 999'999}) {
    Parameters<double> parameters = test_parameters<double>();
    Adam<double> adam(AdamConfig{}, parameters, pool);
    Random random(5);
    draw_gradients(parameters, random);
    const double before = parameters.values()[0];
    const double g = parameters.gradients()[0];
    adam.set_steps(steps);
    adam.step();
    const double t = double(steps) + 1;
    const double m = 0.1 * g / (1 - std::pow(0.9, t));
    const double v = 0.001 * g * g / (1 - std::pow(0.999, t));
    const double expected = before - 3e-4 * m / (std::sqrt(v) + 1e-8);
    INFO(steps << " steps before");
    CHECK(std::fabs(parameters.values()[0] - expected) < 1e-12 * std::fabs(3e-4));
  }
}
