// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a trainer refuses: configs, data that do not fit them, and numbers that are no longer
// finite.
#include "gan/trainer.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gan/presets.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

std::string creation_error(const GanConfig& config) {
  ThreadPool pool(1);
  const auto trainer = Trainer<float>::create(config, pool);
  REQUIRE_FALSE(trainer.ok());
  CHECK(trainer.error().code == ErrorCode::invalid_config);
  return trainer.error().message;
}

}  // namespace

TEST_CASE("Training without data is an error", "[trainer]") {
  ThreadPool pool(1);
  const auto trainer = make_trainer<float>(small_config(), pool);
  const auto step = trainer->step();
  REQUIRE_FALSE(step.ok());
  CHECK(step.error().code == ErrorCode::no_data);
  CHECK_FALSE(trainer->has_data());
  CHECK(trainer->steps() == 0);
}

TEST_CASE("Rejects images of another size or number, and accepts a valid dataset afterwards",
          "[trainer]") {
  ThreadPool pool(1);
  GanConfig config = small_config();
  config.examples = 30;
  const auto trainer = make_trainer<float>(config, pool);
  const Status wrong_size = trainer->set_data(some_images(30, 21));
  REQUIRE_FALSE(wrong_size.ok());
  CHECK(wrong_size.error().code == ErrorCode::shape_mismatch);
  const Status too_few = trainer->set_data(some_images(29));
  REQUIRE_FALSE(too_few.ok());
  CHECK(too_few.error().code == ErrorCode::shape_mismatch);
  CHECK(too_few.error().message == "the run trains on 30 examples, but the dataset has only 29");
  CHECK_FALSE(trainer->has_data());
  REQUIRE(trainer->set_data(some_images(31)).ok());
  CHECK(trainer->config().examples == 30);
  CHECK(take_step(*trainer).step == 1);
}

TEST_CASE("Labels are wanted only by networks that take them", "[trainer]") {
  ThreadPool pool(1);
  const auto images = [](std::vector<std::uint8_t> labels) {
    auto data = Dataset::of_images(std::vector<std::uint8_t>(3 * 784), 784, std::move(labels));
    return std::make_shared<const Dataset>(std::move(data).value());
  };
  const auto given = [&](GanConfig config, std::vector<std::uint8_t> labels) -> std::string {
    config.examples = 0;
    const auto trainer = make_trainer<float>(config, pool);
    const Status status = trainer->set_data(images(std::move(labels)));
    if (!status) return status.error().message;
    take_step(*trainer);
    return "";
  };
  for (const char* preset : {"seed", "dcgan"}) {
    GanConfig config = find_preset(preset).value();
    CHECK(given(config, {}) == "");
    CHECK(given(config, {1, 200, 255}) == "");
    config.classes = 3;  // known, but not used
    CHECK(given(config, {}) == "");
  }
  for (const char* preset : {"quick", "acgan"}) {
    const GanConfig config = find_preset(preset, {.classes = 3}).value();
    CHECK(given(config, {}) == "the networks need class labels, but the dataset has none");
    CHECK(given(config, {0, 1, 3}) == "example 2 has class 3, but the config has only 3 classes");
    CHECK(given(config, {0, 1, 2}) == "");
  }
}

TEST_CASE("A preset's number of examples is a ceiling, the user's a demand", "[trainer]") {
  ThreadPool pool(1);
  GanConfig config = find_preset("quick").value();
  const auto trainer = make_trainer<float>(config, pool);
  CHECK(trainer->set_data(some_images(40, 784)).ok());
  CHECK(trainer->config().examples == 40);
  // From here on it is the run's number.
  CHECK(trainer->set_data(some_images(39, 784)).error().code == ErrorCode::shape_mismatch);

  config.examples = 30;
  const auto fewer = make_trainer<float>(config, pool);
  CHECK(fewer->set_data(some_images(40, 784)).ok());
  CHECK(fewer->config().examples == 30);
}

TEST_CASE("A NaN or Inf in any weight stops training with an error", "[trainer]") {
  for (const float poison :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
        -std::numeric_limits<float>::infinity()}) {
    for (const bool in_generator : {true, false}) {
      for (std::size_t tensor = 0; tensor < 4; ++tensor) {
        ThreadPool pool(1);
        const auto trainer = make_trainer<float>(small_config(), pool);
        REQUIRE(trainer->set_data(some_images(50)).ok());
        take_step(*trainer);
        auto& parameters =
            (in_generator ? trainer->generator() : trainer->discriminator()).parameters();
        const NamedTensor& parameter = parameters.list()[tensor];
        parameters.values()[parameter.offset + parameter.shape.size() - 1] = poison;
        const auto step = trainer->step();
        INFO(poison << " in " << (in_generator ? "generator " : "discriminator ")
                    << parameter.name);
        REQUIRE_FALSE(step.ok());
        CHECK(step.error().code == ErrorCode::non_finite);
        CHECK(step.error().message.ends_with(" is no longer a finite number at step 2"));
      }
    }
  }
}

TEST_CASE("A running statistic that is no longer finite stops training with an error",
          "[trainer]") {
  for (const Network which : {Network::generator, Network::discriminator}) {
    GanConfig config = small_config();
    const bool in_generator = which == Network::generator;
    auto& layers = (in_generator ? config.generator : config.discriminator).layers;
    layers.insert(layers.begin() + 1, BatchNormSpec{});
    ThreadPool pool(1);
    const auto trainer = make_trainer<float>(config, pool);
    REQUIRE(trainer->set_data(some_images(50)).ok());
    take_step(*trainer);
    auto& statistics = (in_generator ? trainer->generator() : trainer->discriminator()).buffers();
    statistics.values()[0] = std::numeric_limits<float>::infinity();
    const auto step = trainer->step();
    REQUIRE_FALSE(step.ok());
    CHECK(step.error().message == "a value of the " +
                                      std::string(in_generator ? "generator" : "discriminator") +
                                      " or its optimiser is no longer a finite number at step 2");
  }
}

TEST_CASE("The error for an invalid config gives the reason", "[trainer]") {
  const GanConfig good = small_config();
  const auto error_after = [&](const auto& change) {
    GanConfig config = good;
    change(config);
    return creation_error(config);
  };
  CHECK(error_after([](auto& c) { c.batch_size = 0; }) == "batch_size is 0, must be 1 to 4096");
  CHECK(error_after([](auto& c) { c.batch_size = 4097; }).starts_with("batch_size"));
  CHECK(error_after([](auto& c) { c.latent_size = 0; }).starts_with("latent_size"));
  CHECK(error_after([](auto& c) { c.latent_size = -1; }).starts_with("latent_size"));
  CHECK(error_after([](auto& c) { c.sample_shape = {0}; }).starts_with("sample_shape's size is 0"));
  CHECK(error_after([](auto& c) { c.data = "ring"; }) == "sample_shape must be (2) for points");
  CHECK(error_after([](auto& c) { c.sample_shape = {19}; }) ==
        "generator outputs (20,) per sample, but must output (19,)");
  CHECK(error_after([](auto& c) { c.examples = -1; }).starts_with("examples"));
  CHECK(error_after([](auto& c) { c.seed = std::uint64_t{1} << 53; }) ==
        "seed is 9007199254740992, must be 0 to 9007199254740991");
  CHECK(error_after([](auto& c) { c.discriminator.layers.pop_back(); }) ==
        "discriminator.layers must end in sigmoid for this objective");
  CHECK(error_after([](auto& c) { c.discriminator.layers = {}; }) ==
        "discriminator.layers must contain a layer that computes something");
  CHECK(error_after([](auto& c) { c.discriminator.layers = {SigmoidSpec{}}; }) ==
        "discriminator.layers must contain a layer that computes something");
  CHECK(error_after([](auto& c) { c.discriminator.layers = {LinearSpec{2}, SigmoidSpec{}}; }) ==
        "discriminator outputs (2,) per sample, but must output (1,)");
  CHECK(error_after([](auto& c) {
          c.generator.layers[2] = LinearSpec{0};
        }).starts_with("generator.layers[2]"));

  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInf = std::numeric_limits<double>::infinity();
  for (const AdamConfig adam :
       {AdamConfig{.lr = -1e-3}, AdamConfig{.lr = kNan}, AdamConfig{.lr = kInf},
        AdamConfig{.beta1 = 1}, AdamConfig{.beta1 = -0.1}, AdamConfig{.beta1 = kNan},
        AdamConfig{.beta2 = 1}, AdamConfig{.beta2 = -0.1}, AdamConfig{.eps = 0},
        AdamConfig{.eps = -1}, AdamConfig{.eps = 1e-60}, AdamConfig{.eps = kInf}}) {
    CHECK(error_after([&](auto& c) {
            c.generator.optimizer = adam;
          }).starts_with("generator.optimizer."));
    CHECK(error_after([&](auto& c) {
            c.discriminator.optimizer = adam;
          }).starts_with("discriminator.optimizer."));
  }
}
