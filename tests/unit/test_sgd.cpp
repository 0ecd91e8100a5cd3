// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// SGD and RMSprop against PyTorch's formulas for a single value, and behaviour common to all
// optimisers.
#include "nn/sgd.h"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "nn/optimizer_config.h"
#include "support/larger_error.h"
#include "support/packed.h"
#include "support/report.h"

using namespace ganvas;
using ganvas::test::Random;

namespace {

using Wide = long double;

template <typename T>
void draw_gradients(Parameters<T>& parameters, Random& random) {
  for (const NamedTensor& parameter : parameters.list()) {
    for (T& g : Parameters<T>::slice(parameters.gradients(), parameter)) {
      g = T(test::uniform(random) * std::pow(10.0, test::uniform_int(random, -4, 0)));
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

/// The learning rate of torch.optim.lr_scheduler.LambdaLR in update t = 1, 2, ...
template <typename Config>
Wide rate_of(const Config& config, int t) {
  if (config.lr_decay_steps == 0) return Wide(config.lr);
  return Wide(config.lr) * std::fmax(Wide(0), 1 - Wide(t - 1) / Wide(config.lr_decay_steps));
}

/// torch.optim.SGD without dampening and Nesterov momentum.
void scalar_step(const SgdConfig& config, int t, Wide g, Wide& p, Wide& state) {
  g += Wide(config.weight_decay) * p;
  state = Wide(config.momentum) * state + g;
  p -= rate_of(config, t) * state;
}

/// torch.optim.RMSprop, not centred and without momentum.
void scalar_step(const RmsPropConfig& config, int t, Wide g, Wide& p, Wide& state) {
  g += Wide(config.weight_decay) * p;
  state = Wide(config.alpha) * state + (1 - Wide(config.alpha)) * g * g;
  p -= rate_of(config, t) * g / (std::sqrt(state) + Wide(config.eps));
}

/// The largest error of parameters and state after 100 steps, in eps.
template <typename T, typename Config>
double worst_error(const Config& config, const std::string& state_name) {
  ThreadPool pool(2);
  Parameters<T> parameters = test_parameters<T>();
  const auto optimizer = make_optimizer<T>(config, parameters, pool);
  REQUIRE(optimizer->state().size() == 1);
  CHECK(optimizer->state()[0].name == state_name);
  const T* state = optimizer->state()[0].values;
  std::vector<Wide> p(parameters.values(), parameters.values() + parameters.flat_size());
  std::vector<Wide> s(p.size(), 0);
  Random random(3);
  double largest = 1;
  for (int t = 1; t <= 100; ++t) {
    draw_gradients(parameters, random);
    for (std::size_t i = 0; i < p.size(); ++i) {
      scalar_step(config, t, Wide(parameters.gradients()[i]), p[i], s[i]);
      largest = std::fmax(largest, std::fabs(double(p[i])));
    }
    REQUIRE(optimizer->step());
    REQUIRE(optimizer->steps() == t);
  }
  double worst = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    worst =
        test::larger_error(worst, double(std::fabs(Wide(parameters.values()[i]) - p[i])) / largest);
    worst = test::larger_error(worst, double(std::fabs(Wide(state[i]) - s[i])) / 10);
  }
  return worst / double(std::numeric_limits<T>::epsilon());
}

}  // namespace

TEMPLATE_TEST_CASE("SGD's updates match PyTorch's formula", "[optimizer]", float, double) {
  double worst = 0;
  for (const SgdConfig& config : {SgdConfig{}, SgdConfig{.lr = 0.1, .momentum = 0.9},
                                  SgdConfig{.lr = 0.05, .momentum = 0.5, .weight_decay = 0.1},
                                  SgdConfig{.lr = 0}, SgdConfig{.lr = 0.1, .lr_decay_steps = 80}}) {
    worst = test::larger_error(worst, worst_error<TestType>(config, "momentum_buffer"));
  }
  test::report("SGD after 100 steps against the scalar formula, error in eps:", worst);
  CHECK(worst < 32);
}

TEMPLATE_TEST_CASE("RMSprop's updates match PyTorch's formula", "[optimizer]", float, double) {
  double worst = 0;
  for (const RmsPropConfig& config : {RmsPropConfig{}, RmsPropConfig{.lr = 5e-5},
                                      RmsPropConfig{.lr = 1e-2, .alpha = 0.9, .eps = 1e-3},
                                      RmsPropConfig{.lr = 1e-3, .alpha = 0, .weight_decay = 0.1},
                                      RmsPropConfig{.lr = 1e-2, .lr_decay_steps = 130}}) {
    worst = test::larger_error(worst, worst_error<TestType>(config, "square_avg"));
  }
  test::report("RMSprop after 100 steps against the scalar formula, error in eps:", worst);
  CHECK(worst < 64);
}

TEST_CASE("Every optimiser reports a parameter that is no longer finite", "[optimizer]") {
  ThreadPool pool(2);
  for (const OptimizerConfig& config : {OptimizerConfig(AdamConfig{}), OptimizerConfig(SgdConfig{}),
                                        OptimizerConfig(RmsPropConfig{})}) {
    for (const float poison :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
      Parameters<float> parameters = test_parameters<float>();
      const auto optimizer = make_optimizer<float>(config, parameters, pool);
      CHECK(optimizer->step());
      parameters.gradients()[parameters.list()[1].offset + 2] = poison;
      CHECK_FALSE(optimizer->step());
    }
  }
}

TEST_CASE("A second moment that overflows is reported while the parameters are finite",
          "[optimizer]") {
  ThreadPool pool(2);
  for (const OptimizerConfig& config :
       {OptimizerConfig(AdamConfig{}), OptimizerConfig(RmsPropConfig{})}) {
    Parameters<float> parameters = test_parameters<float>();
    const auto optimizer = make_optimizer<float>(config, parameters, pool);
    const std::size_t place = parameters.list()[1].offset + 2;
    parameters.gradients()[place] = 1e30f;
    CHECK_FALSE(optimizer->step());
    CHECK(std::isfinite(parameters.values()[place]));
  }
}

TEST_CASE("The padding between parameters stays zero under every optimiser", "[optimizer]") {
  ThreadPool pool(1);
  for (const OptimizerConfig& config :
       {OptimizerConfig(AdamConfig{.weight_decay = 0.1}),
        OptimizerConfig(SgdConfig{.momentum = 0.9}), OptimizerConfig(RmsPropConfig{})}) {
    Parameters<float> parameters = test_parameters<float>();
    const auto optimizer = make_optimizer<float>(config, parameters, pool);
    Random random(2);
    for (int t = 0; t < 10; ++t) {
      draw_gradients(parameters, random);
      optimizer->step();
    }
    std::vector<bool> used(parameters.flat_size());
    for (const NamedTensor& parameter : parameters.list()) {
      for (std::size_t i = 0; i < parameter.shape.size(); ++i) used[parameter.offset + i] = true;
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
      if (!used[i]) REQUIRE(parameters.values()[i] == 0);
    }
  }
}
