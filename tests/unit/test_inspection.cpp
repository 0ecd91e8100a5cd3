// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Inspection of a step against naive networks and norms.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "gan/trainer.h"
#include "inference/inspection.h"
#include "io/checkpoint.h"
#include "io/json.h"
#include "io/networks_json.h"
#include "support/naive_network.h"
#include "support/one_thread.h"
#include "support/recorded_inputs.h"
#include "support/samples.h"
#include "support/small_presets.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

bool near(const Rows& a, const Rows& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!(std::fabs(a[i] - b[i]) < 1e-12)) return false;
  }
  return true;
}

/// A trainer in double after one step on a partial block, with naive networks from before the step.
struct InspectedStep {
  GanConfig config = small_config(19);
  BatchLayout batch = BatchLayout::of(19);
  std::unique_ptr<Trainer<double>> trainer = make_trainer<double>(config, pool());
  NaiveNetwork g{config.generator.layers, trainer->generator()};
  NaiveNetwork d{logit_layers(config), trainer->discriminator()};
  Rows real, noise;

  InspectedStep() {
    Random random(5);
    real = random_values<double>(19 * std::size_t(kSmallImage), random);
    noise = random_values<double>(19 * std::size_t(kSmallLatent), random, -2, 2);
    REQUIRE(step_on(*trainer, real, noise).ok());
  }
  Rows rows(const double* packed, int features) const {
    return unpack<double>(packed, batch, features);
  }
};

const Json* tensor_in(const JsonDocument& networks, const char* network, const std::string& name) {
  for (const Json& tensor : networks[network]["tensors"].GetArray()) {
    if (as_string_view(tensor["name"]) == name) return &tensor;
  }
  return nullptr;
}

double naive_norm(const Rows& values) {
  double squares = 0;
  for (const double value : values) squares += value * value;
  return std::sqrt(squares);
}

}  // namespace

TEST_CASE("flow_of has the batch, the fakes and D's outputs for both", "[inspection]") {
  InspectedStep inspected;
  const StepFlow<double> flow = flow_of(*inspected.trainer);
  REQUIRE(flow.batch.group_size == 19);
  CHECK(inspected.rows(flow.noise, kSmallLatent) == inspected.noise);
  CHECK(inspected.rows(flow.real, kSmallImage) == inspected.real);
  const Rows fake = inspected.g.forward(inspected.noise);
  CHECK(near(inspected.rows(flow.fake, kSmallImage), fake));
  CHECK(near(inspected.rows(flow.d_real, 1), inspected.d.forward(inspected.real)));
  CHECK(near(inspected.rows(flow.d_fake, 1), inspected.d.forward(fake)));
  NaiveNetwork updated(logit_layers(inspected.config), inspected.trainer->discriminator());
  CHECK(near(inspected.rows(flow.d_fake_of_g, 1), updated.forward(fake)));
}

TEST_CASE("Sampling and inspection do not change the flow", "[inspection]") {
  InspectedStep inspected;
  const auto everything = [&] {
    const StepFlow<double> flow = flow_of(*inspected.trainer);
    Rows all = inspected.rows(flow.noise, kSmallLatent);
    for (const Rows& rows : {inspected.rows(flow.real, kSmallImage),
                             inspected.rows(flow.fake, kSmallImage), inspected.rows(flow.d_real, 1),
                             inspected.rows(flow.d_fake, 1), inspected.rows(flow.d_fake_of_g, 1)}) {
      all.insert(all.end(), rows.begin(), rows.end());
    }
    return all;
  };
  const Rows before = everything();
  samples_of(*inspected.trainer, latents_for(*inspected.trainer, 1, 7));
  for (std::size_t layer = 0; layer < 4; ++layer)
    layer_activations(*inspected.trainer, Network::generator, layer);
  for (std::size_t layer = 0; layer < 3; ++layer)
    layer_activations(*inspected.trainer, Network::discriminator, layer);
  CHECK(everything() == before);
}

TEST_CASE("flow_of has D's outputs only for the current samples", "[inspection]") {
  const auto known = [](const Trainer<float>& trainer) {
    const StepFlow<float> flow = flow_of(trainer);
    return std::vector<bool>{flow.d_real != nullptr, flow.d_fake != nullptr,
                             flow.d_fake_of_g != nullptr};
  };
  using Known = std::vector<bool>;
  for (const int updates : {1, 2}) {
    for (const Network first : {Network::discriminator, Network::generator}) {
      GanConfig config = small_config();
      config.first_update = first;
      config.generator.updates = config.discriminator.updates = updates;
      const auto trainer = make_trainer<float>(config, pool());
      REQUIRE(trainer->set_data(some_images(50)).ok());
      CHECK(flow_of(*trainer).batch.group_size == 0);
      const bool d_first = first == Network::discriminator;
      const bool fresh_fakes = updates > 1;  // the second half then ends with new fakes
      for (int step = 0; step < 2; ++step) {
        REQUIRE(trainer->advance_half().ok());
        CHECK(known(*trainer) == (d_first ? Known{true, true, false} : Known{false, false, true}));
        REQUIRE(trainer->advance_half().ok());
        CHECK(known(*trainer) ==
              (d_first ? Known{true, !fresh_fakes, true} : Known{true, true, !fresh_fakes}));
      }
    }
  }
}

TEST_CASE("Activations are the layers' outputs on the step's samples with the current weights",
          "[inspection]") {
  InspectedStep inspected;
  Trainer<double>& trainer = *inspected.trainer;
  NaiveNetwork g(inspected.config.generator.layers, trainer.generator());
  NaiveNetwork d(logit_layers(inspected.config), trainer.discriminator());
  const Rows fake = inspected.rows(flow_of(trainer).fake, kSmallImage);
  g.forward(inspected.noise);
  for (std::size_t layer = 0; layer < g.layers().size(); ++layer) {
    const auto features = int(g.layers()[layer].out);
    const auto shown = layer_activations(trainer, Network::generator, layer);
    CHECK(near(inspected.rows(shown.data(), features), g.activation(layer + 1)));
  }
  for (const int group : {0, 1}) {
    d.forward(group == 0 ? inspected.real : fake);
    for (std::size_t layer = 0; layer < d.layers().size(); ++layer) {
      const auto features = int(d.layers()[layer].out);
      const auto shown = layer_activations(trainer, Network::discriminator, layer, group);
      CHECK(near(inspected.rows(shown.data(), features), d.activation(layer + 1)));
    }
  }
}

TEST_CASE(
    "Activations of reshaping layers are their inputs, and batch norm statistics stay unchanged",
    "[inspection]") {
  const GanConfig config = scaled_down(find_preset("dcgan").value());
  const auto trainer = make_trainer<float>(config, pool());
  REQUIRE(trainer->set_data(data_for(config)).ok());
  CHECK(layer_activations(*trainer, Network::generator, 0).size() == 0);
  CHECK(layer_activations(*trainer, Network::discriminator, 0).size() == 0);
  take_step(*trainer);
  const auto before = save_checkpoint(*trainer);
  const LayerSpecs& layers = config.generator.layers;
  for (std::size_t i = 1; i < layers.size(); ++i) {
    if (!std::holds_alternative<ReshapeSpec>(layers[i])) continue;
    const auto shown = layer_activations(*trainer, Network::generator, i);
    const auto got = layer_activations(*trainer, Network::generator, i - 1);
    CHECK(std::ranges::equal(shown.span(), got.span()));
  }
  CHECK(save_checkpoint(*trainer) == before);
}

TEST_CASE("Activations repeat the step's augmentation, instance noise and dropout masks",
          "[inspection]") {
  GanConfig config = scaled_down(find_preset("quick").value());
  config.generator.optimizer = config.discriminator.optimizer = AdamConfig{.lr = 0};
  config.generator.layers.insert(config.generator.layers.begin() + 1, DropoutSpec{0.3});
  config.discriminator.layers.insert(config.discriminator.layers.begin() + 1, DropoutSpec{0.3});
  config.instance_noise = 0.5;
  config.augment_color = config.augment_translation = config.augment_cutout = 0.5;
  const auto trainer = make_trainer<float>(config, pool());
  REQUIRE(trainer->set_data(data_for(config)).ok());
  take_step(*trainer);
  take_step(*trainer);
  const StepFlow<float> flow = flow_of(*trainer);
  const auto last_of = [&](Network network, int group) {
    return layer_activations(*trainer, network,
                             trainer->network(network).output_shapes().size() - 1, group);
  };
  const auto fakes = last_of(Network::generator, 0);
  CHECK(std::ranges::equal(fakes.span(), std::span(flow.fake, fakes.size())));
  const auto on_real = last_of(Network::discriminator, 0);
  CHECK(std::ranges::equal(on_real.span(), std::span(flow.d_real, on_real.size())));
  const auto on_fake = last_of(Network::discriminator, 1);
  CHECK(std::ranges::equal(on_fake.span(), std::span(flow.d_fake, on_fake.size())));
}

TEST_CASE("Networks as JSON have each layer's shape and each parameter's norms", "[inspection]") {
  const GanConfig config = small_config();
  const auto trainer = make_trainer<float>(config, pool());
  REQUIRE(trainer->set_data(some_images(50)).ok());
  take_step(*trainer);
  const auto networks = parse_json(networks_to_json(*trainer));
  REQUIRE(networks.has_value());
  std::vector<int> widths;
  for (const Json& shape : (*networks)["generator"]["shapes"].GetArray())
    widths.push_back(shape[0].GetInt());
  CHECK(widths == std::vector<int>{12, 12, kSmallImage, kSmallImage});
  CHECK((*networks)["discriminator"]["shapes"].Size() ==
        3);  // without the Sigmoid, which the loss computes

  const auto check = [&](const char* name, const Sequential<float>& network) {
    const auto& parameters = network.parameters();
    for (const NamedTensor& tensor : parameters.list()) {
      const Json* found = tensor_in(*networks, name, std::string(name) + "." + tensor.name);
      REQUIRE(found != nullptr);
      const Json& entry = *found;
      const auto values = parameters.slice(parameters.values(), tensor);
      const auto gradients = parameters.slice(parameters.gradients(), tensor);
      CHECK(std::fabs(entry["norm"].GetDouble() - naive_norm({values.begin(), values.end()})) <
            1e-12);
      CHECK(entry["gradient_norm"].GetDouble() > 0);
      CHECK(std::fabs(entry["gradient_norm"].GetDouble() -
                      naive_norm({gradients.begin(), gradients.end()})) < 1e-12);
    }
  };
  check("generator", trainer->generator());
  check("discriminator", trainer->discriminator());
}

TEST_CASE("An adjusted run continues like one created with the same config", "[adjust]") {
  for (const OptimizerConfig& optimizer :
       {OptimizerConfig(AdamConfig{}), OptimizerConfig(SgdConfig{.lr_decay_steps = 50}),
        OptimizerConfig(RmsPropConfig{})}) {
    GanConfig config = small_config();
    config.generator.optimizer = config.discriminator.optimizer = optimizer;
    GanConfig changed = config;
    std::visit([](auto& o) { o.lr = 0.02; }, changed.generator.optimizer);
    std::visit([](auto& o) { o.lr = 0.01; }, changed.discriminator.optimizer);
    changed.label_smoothing = 0.1;
    changed.instance_noise = 0.2;
    const auto run = [&](const GanConfig& from) {
      auto trainer = make_trainer<float>(from, pool());
      REQUIRE(trainer->set_data(some_images(50)).ok());
      return trainer;
    };
    const auto built = run(changed);
    const auto adjusted = run(config);
    REQUIRE(adjusted
                ->adjust({.generator_lr = 0.02,
                          .discriminator_lr = 0.01,
                          .label_smoothing = 0.1,
                          .instance_noise = 0.2})
                .ok());
    CHECK(adjusted->config() == built->config());
    for (int step = 0; step < 3; ++step) {
      take_step(*built);
      take_step(*adjusted);
    }
    CHECK(save_checkpoint(*adjusted) == save_checkpoint(*built));
    const auto loaded = load_checkpoint(save_checkpoint(*adjusted), pool());
    REQUIRE(loaded.ok());
    CHECK(loaded.value()->config() == built->config());
  }
}

TEST_CASE("Rejects an adjustment out of range by name and changes nothing", "[adjust]") {
  const auto trainer = make_trainer<float>(small_config(), pool());
  const GanConfig before = trainer->config();
  const auto error_of = [&](const Adjustment& adjustment) {
    const Status status = trainer->adjust(adjustment);
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == ErrorCode::invalid_config);
    CHECK(trainer->config() == before);
    return status.error().message;
  };
  const double nan = std::nan("");
  CHECK(error_of({-1, 0.1, 0.1, 0.1}).starts_with("generator.optimizer.lr"));
  CHECK(error_of({0.1, nan, 0.1, 0.1}).starts_with("discriminator.optimizer.lr"));
  CHECK(error_of({0.1, 0.1, 1.5, 0.1}).starts_with("label_smoothing"));
  CHECK(error_of({0.1, 0.1, 0.1, 101}).starts_with("instance_noise"));
}
