// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Ranges of all config values; errors name the value that is out of range.
#include "gan/check_config.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <string>
#include <vector>

#include "gan/presets.h"
#include "gan/trainer.h"
#include "io/config_report.h"
#include "io/json.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

template <typename Change>
std::string message_after(const Change& change) {
  GanConfig config = small_config();
  change(config);
  const auto problem = find_problem(config, /*memory=*/kInf);
  if (!problem) return "";
  CHECK(error_of(*problem).code == ErrorCode::invalid_config);
  return describe(*problem);
}

/// Both ends of the range are valid; every value in `outside` is rejected by name.
template <typename Number>
void check_range(const std::string& name, Number GanConfig::* field, Number low, Number high,
                 std::vector<Number> outside) {
  for (const Number inside : {low, high}) {
    CHECK(message_after([&](GanConfig& c) { c.*field = inside; }).empty());
  }
  for (const Number value : outside) {
    INFO(name << " " << value);
    CHECK(message_after([&](GanConfig& c) { c.*field = value; }).starts_with(name + " is "));
  }
}

}  // namespace

TEST_CASE("Rejects config values out of range", "[config]") {
  check_range<int>("batch_size", &GanConfig::batch_size, 1, 4096, {0, -1, 4097});
  check_range<int>("shards", &GanConfig::shards, 1, 6, {0, -1, 7});  // a batch has 6 samples
  check_range<int>("latent_size", &GanConfig::latent_size, 1, 4096, {0, -1, 4097});
  check_range<int>("classes", &GanConfig::classes, 0, 100, {-1, 101});
  check_range<int>("examples", &GanConfig::examples, 0, 1 << 30, {-1, (1 << 30) + 1});
  check_range<std::uint64_t>("seed", &GanConfig::seed, 0, (std::uint64_t{1} << 53) - 1,
                             {std::uint64_t{1} << 53});
  check_range<double>("label_smoothing", &GanConfig::label_smoothing, 0, 1,
                      {-0.1, 1.1, kNan, kInf});
  check_range<double>("instance_noise", &GanConfig::instance_noise, 0, 100,
                      {-0.1, 101, kNan, kInf});
  check_range<double>("weight_clip", &GanConfig::weight_clip, 0, 1000, {-0.1, 1001, kNan, kInf});
  check_range<double>("gradient_penalty", &GanConfig::gradient_penalty, 0, 1e6,
                      {-1, 2e6, kNan, kInf});
  check_range<double>("r1", &GanConfig::r1, 0, 1e6, {-1, 2e6, kNan, kInf});
  check_range<double>("ema_decay", &GanConfig::ema_decay, 0, 1, {-0.1, 1.1, kNan, kInf});
}

TEST_CASE("Disabling detach requires the tutorial's order of updates", "[config]") {
  const std::string line =
      "detach can only be false with first_update discriminator and one update per network";
  CHECK(message_after([](auto& c) { c.detach = false; }).empty());
  CHECK(message_after([](auto& c) {
          c.detach = false;
          c.first_update = Network::generator;
        }) == line);
  CHECK(message_after([](auto& c) {
          c.detach = false;
          c.generator.updates = 2;
        }) == line);
  CHECK(message_after([](auto& c) {
          c.detach = false;
          c.discriminator.updates = 2;
        }) == line);
}

TEST_CASE("Rejects sample shapes with a size out of range", "[config]") {
  CHECK(message_after([](auto& c) { c.sample_shape = {0}; }) ==
        "sample_shape's size is 0, must be 1 to 131072");
  CHECK(message_after([](auto& c) {
          c.sample_shape = {1, 0, 28};
        }).starts_with("sample_shape's size"));
  CHECK(
      message_after([](auto& c) { c.sample_shape = {131073}; }).starts_with("sample_shape's size"));
  // Sizes whose product overflows.
  CHECK(message_after([](auto& c) {
          c.sample_shape = {65537, 65536};
        }).starts_with("sample_shape's size"));
  CHECK(message_after([](auto& c) {
          c.sample_shape = {65536, 65536, 65536, 65536};
        }).starts_with("sample_shape's size"));
}

TEST_CASE("Rejects update counts and optimiser values out of range for each network", "[config]") {
  const auto both = [](const std::string& field, const auto& change) {
    CHECK(message_after([&](GanConfig& c) {
            change(c.generator);
          }).starts_with("generator." + field));
    CHECK(message_after([&](GanConfig& c) {
            change(c.discriminator);
          }).starts_with("discriminator." + field));
  };
  for (const int updates : {0, -1, 101}) {
    both("updates is ", [&](NetworkConfig& n) { n.updates = updates; });
  }
  const auto optimizer = [&](const std::string& field, const OptimizerConfig& config) {
    both("optimizer." + field + " is ", [&](NetworkConfig& n) { n.optimizer = config; });
  };
  for (const double bad : {-1e-3, 101.0, kNan, kInf}) {
    optimizer("lr", AdamConfig{.lr = bad});
    optimizer("lr", SgdConfig{.lr = bad});
    optimizer("lr", RmsPropConfig{.lr = bad});
  }
  for (const double bad : {-0.1, 1.0, kNan}) {
    optimizer("beta1", AdamConfig{.beta1 = bad});
    optimizer("beta2", AdamConfig{.beta2 = bad});
    optimizer("momentum", SgdConfig{.momentum = bad});
    optimizer("alpha", RmsPropConfig{.alpha = bad});
  }
  for (const double bad : {0.0, -1e-8, 2.0, kNan}) {
    optimizer("eps", AdamConfig{.eps = bad});
    optimizer("eps", RmsPropConfig{.eps = bad});
  }
  for (const double bad : {-0.1, 1.1, kNan}) {
    optimizer("weight_decay", AdamConfig{.weight_decay = bad});
    optimizer("weight_decay", SgdConfig{.weight_decay = bad});
    optimizer("weight_decay", RmsPropConfig{.weight_decay = bad});
  }
  for (const int bad : {-1, (1 << 30) + 1}) {
    optimizer("lr_decay_steps", AdamConfig{.lr_decay_steps = bad});
    optimizer("lr_decay_steps", SgdConfig{.lr_decay_steps = bad});
    optimizer("lr_decay_steps", RmsPropConfig{.lr_decay_steps = bad});
  }
}

TEST_CASE("Every preset passes the checks", "[config]") {
  for (const Preset& preset : presets()) CHECK_FALSE(find_problem(preset.config()));
}

TEST_CASE("A report has the shapes and parameters of the networks that would be built",
          "[config]") {
  ThreadPool pool(1);
  for (const Preset& preset : presets()) {
    INFO(preset.name);
    const GanConfig config = preset.config();
    const ConfigReport report = check_config(config);
    const auto trainer = make_trainer<float>(config, pool);
    const auto compare = [](const NetworkReport& found, const Sequential<float>& built) {
      CHECK(found.parameters == static_cast<std::int64_t>(built.parameters().count()));
      REQUIRE(found.layers.size() >= built.output_shapes().size());
      for (std::size_t i = 0; i < built.output_shapes().size(); ++i) {
        CHECK(found.layers[i].output == built.output_shapes()[i]);
      }
    };
    compare(*report.generator, trainer->generator());
    compare(*report.discriminator, trainer->discriminator());
    // The losses apply the last sigmoid, which a reader of the config still sees.
    CHECK(report.discriminator->layers.size() == config.discriminator.layers.size());
    CHECK(report.discriminator->layers.back().output == trainer->discriminator().output_shape());
  }
}

TEST_CASE("A report as JSON says what does not fit, where, and how far the layers do", "[config]") {
  const auto report = parse_json(check_config_json(R"({"preset": "seed", "generator": {"layers":
      [{"type": "linear", "out_features": 9}, {"type": "conv2d", "out_channels": 1}]}})"));
  REQUIRE(report);
  const Json& generator = (*report)["generator"];
  CHECK(generator["layers"].Size() == 1);
  CHECK(generator["layers"][0]["shape"][0] == 9);
  CHECK(generator["layers"][0]["parameters"] == 9 * 65);
  CHECK(generator["parameters"] == 9 * 65);
  const Json& problem = generator["problem"];
  CHECK(problem["kind"] == "range");
  CHECK(problem["path"] == "generator.layers[1].kernel_size");
  CHECK(problem["name"] == "conv2d");
  CHECK(problem["value"] == 0);
  CHECK(problem["range"]["least"] == 1);
  CHECK(problem["range"]["most"] == 31);
  CHECK((*report)["discriminator"]["problem"].IsNull());
  CHECK((*report)["problem"].IsNull());
}

TEST_CASE("Networks of a config with a number out of range are not reported on", "[config]") {
  for (const char* config : {R"({"preset": "seed", "batch_size": 0})", R"({"preset": "none"})"}) {
    const auto report = parse_json(check_config_json(config));
    REQUIRE(report);
    CHECK((*report)["generator"].IsNull());
    CHECK((*report)["discriminator"].IsNull());
    CHECK((*report)["problem"].IsObject());
  }
}
