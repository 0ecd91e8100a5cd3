// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Checkpoints: resumed runs equal uninterrupted ones, and invalid files are rejected.
#include "io/checkpoint.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "gan/presets.h"
#include "inference/frozen_network.h"
#include "io/config_json.h"
#include "support/files.h"
#include "support/larger_error.h"
#include "support/samples.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

ThreadPool& pool() {
  static ThreadPool two_threads(2);
  return two_threads;
}

std::unique_ptr<Trainer<float>> trained(int steps, const GanConfig& config = small_config()) {
  auto trainer = make_trainer<float>(config, pool());
  REQUIRE(trainer->set_data(some_images(50, config.sample_size())).ok());
  for (int step = 0; step < steps; ++step) take_step(*trainer);
  return trainer;
}

std::unique_ptr<Trainer<float>> load(const Bytes& bytes) {
  auto trainer = load_checkpoint(bytes, pool());
  INFO((trainer.ok() ? "" : trainer.error().message));
  REQUIRE(trainer.ok());
  return std::move(trainer).value();
}

Error load_error(const Bytes& bytes) {
  const auto trainer = load_checkpoint(bytes, pool());
  REQUIRE_FALSE(trainer.ok());
  CHECK_FALSE(trainer.error().message.empty());
  return trainer.error();
}

/// Classes 0, 1, ... for conditional networks; empty otherwise.
std::vector<std::uint8_t> labels_of(const Trainer<float>& trainer, int count) {
  std::vector<std::uint8_t> labels;
  if (trainer.config().classes == 0) return labels;
  for (int i = 0; i < count; ++i) labels.push_back(static_cast<std::uint8_t>(i));
  return labels;
}

std::vector<float> samples(Trainer<float>& trainer) {
  return samples_of(trainer, latents_for(trainer, 3, 10), labels_of(trainer, 10));
}

std::vector<float> scores(Trainer<float>& trainer) {
  const std::vector<float> images(3 * std::size_t(trainer.config().sample_size()), 0.5F);
  const std::vector<std::uint8_t> labels = labels_of(trainer, 3);
  return FrozenNetwork<float>(trainer, Network::discriminator).scores(images, {.labels = labels});
}

/// Changes to the tensors and metadata of a file.
struct Edit {
  std::string drop{};     // tensor to omit
  std::string reshape{};  // tensor to flatten
  std::string poison{};   // tensor whose last value becomes NaN
  std::string step{};
  std::string config{};
};
Bytes edited(const Bytes& bytes, const Edit& edit) {
  const auto file = SafetensorsFile::parse(bytes);
  REQUIRE(file.ok());
  SafetensorsWriter writer;
  for (const auto& [name, tensor] : file.value().tensors()) {
    if (name == edit.drop) continue;
    std::vector<float> values(tensor.shape.size());
    file.value().read(name, values);
    if (name == edit.poison) values.back() = std::numeric_limits<float>::quiet_NaN();
    writer.add(name, name == edit.reshape ? Shape{int(values.size())} : tensor.shape, values);
  }
  for (const char* key : {"format", "ganvas.config", "ganvas.step"}) {
    writer.set_metadata(key, *file.value().metadata(key));
  }
  if (!edit.step.empty()) writer.set_metadata("ganvas.step", edit.step);
  if (!edit.config.empty()) writer.set_metadata("ganvas.config", edit.config);
  return writer.finish();
}

}  // namespace

TEST_CASE("A checkpoint contains PyTorch's tensor names, all moments and the config",
          "[checkpoint]") {
  const auto trainer = trained(3);
  const Bytes bytes = save_checkpoint(*trainer);
  const auto file = SafetensorsFile::parse(bytes);
  REQUIRE(file.ok());
  std::set<std::string> expected;
  for (const char* tensor : {"0.weight", "0.bias", "2.weight", "2.bias"}) {
    for (const std::string network : {"generator.", "discriminator."})
      expected.insert(network + tensor);
    for (const std::string optimizer : {"optimizer_g.", "optimizer_d."}) {
      for (const char* moment : {".exp_avg", ".exp_avg_sq"}) {
        expected.insert(optimizer + tensor + moment);
      }
    }
  }
  std::set<std::string> names;
  for (const auto& [name, tensor] : file.value().tensors()) names.insert(name);
  CHECK(names == expected);
  CHECK(file.value().tensors().at("generator.0.weight").shape == Shape{12, kSmallLatent});
  CHECK(file.value().tensors().at("optimizer_d.0.weight.exp_avg_sq").shape ==
        Shape{10, kSmallImage});
  CHECK(*file.value().metadata("format") == "pt");
  CHECK(*file.value().metadata("ganvas.step") == "3");
  CHECK(config_from_json(*file.value().metadata("ganvas.config")).value() == trainer->config());
  const auto weight = Parameters<float>::slice(trainer->generator().parameters().values(),
                                               trainer->generator().parameters().list()[0]);
  std::vector<float> stored(weight.size());
  file.value().read("generator.0.weight", stored);
  CHECK(std::ranges::equal(stored, weight));
}

TEST_CASE("Saving a loaded checkpoint gives the same bytes", "[checkpoint]") {
  for (const int steps : {0, 1, 20}) {
    const Bytes bytes = save_checkpoint(*trained(steps));
    CHECK(save_checkpoint(*load(bytes)) == bytes);
  }
}

TEST_CASE("A resumed run equals an uninterrupted one, bit for bit", "[checkpoint]") {
  for (const int interruption : {0, 1, 7, 20, 39}) {
    const auto resumed = load(save_checkpoint(*trained(interruption)));
    CHECK(resumed->steps() == interruption);
    CHECK(resumed->trainable());
    CHECK_FALSE(resumed->has_data());
    REQUIRE(resumed->set_data(some_images(50)).ok());
    const auto uninterrupted = trained(interruption);
    for (int step = interruption; step < 40; ++step) {
      const StepMetrics a = take_step(*resumed);
      const StepMetrics b = take_step(*uninterrupted);
      REQUIRE(a.loss_d == b.loss_d);
      REQUIRE(a.loss_g == b.loss_g);
      REQUIRE(a.d_real == b.d_real);
      REQUIRE(a.d_fake == b.d_fake);
      REQUIRE(a.images_seen == b.images_seen);
      REQUIRE(a.epoch == b.epoch);
    }
    CHECK(save_checkpoint(*resumed) == save_checkpoint(*uninterrupted));
  }
}

TEST_CASE("The seed preset can be resumed", "[checkpoint]") {
  const GanConfig config = find_preset("seed").value();
  const auto resumed = load(save_checkpoint(*trained(5, config)));
  REQUIRE(resumed->set_data(some_images(50, 784)).ok());
  for (int step = 0; step < 5; ++step) take_step(*resumed);
  CHECK(save_checkpoint(*resumed) == save_checkpoint(*trained(10, config)));
}

TEST_CASE("A loaded checkpoint reports images seen and epoch before it has data", "[checkpoint]") {
  const auto resumed = load(save_checkpoint(*trained(20)));
  CHECK(resumed->config().examples == 50);
  CHECK(resumed->images_seen() == trained(20)->images_seen());
  CHECK(resumed->epoch() == 2);
  const Status too_few = resumed->set_data(some_images(49));
  REQUIRE_FALSE(too_few.ok());
  CHECK(too_few.error().code == ErrorCode::shape_mismatch);
}

TEST_CASE("An exported generator draws the same samples and refuses to train", "[checkpoint]") {
  const auto trainer = trained(10);
  const Bytes bytes = save_generator(*trainer, Dtype::f32);
  CHECK(bytes.size() < save_checkpoint(*trainer).size());
  const auto generator = load(bytes);
  CHECK(samples(*generator) == samples(*trainer));
  CHECK(generator->steps() == 10);
  CHECK_FALSE(generator->trainable());
  REQUIRE(generator->set_data(some_images(50)).ok());
  const auto step = generator->step();
  REQUIRE_FALSE(step.ok());
  CHECK(step.error().code == ErrorCode::not_trainable);
  CHECK(generator->steps() == 10);
  CHECK(save_generator(*generator, Dtype::f32) == bytes);
}

TEST_CASE("A generator in half precision has half the size and draws nearly the same samples",
          "[checkpoint]") {
  const auto trainer = trained(10, find_preset("seed").value());
  const Bytes whole = save_generator(*trainer, Dtype::f32);
  const Bytes half = save_generator(*trainer, Dtype::f16);
  CHECK(half.size() < whole.size() / 2 + 1000);
  const auto a = samples(*trainer);
  const auto b = samples(*load(half));
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) worst = larger_error(worst, std::fabs(a[i] - b[i]));
  CHECK(worst > 0);
  CHECK(worst < 2e-3);
}

TEST_CASE("Exported networks sample and score the same and refuse to train", "[checkpoint]") {
  for (const char* preset : {"quick", "lsgan", "dcgan"}) {
    INFO(preset);
    GanConfig config = find_preset(preset).value();
    config.examples = 50;
    const auto trainer = trained(3, config);
    const Bytes bytes = save_networks(*trainer, Dtype::f32);
    const auto networks = load(bytes);
    CHECK(networks->holds() == Holds::networks);
    CHECK(samples(*networks) == samples(*trainer));
    CHECK(scores(*networks) == scores(*trainer));
    CHECK(networks->steps() == 3);
    REQUIRE(networks->set_data(some_images(50, 784)).ok());
    const auto step = networks->step();
    REQUIRE_FALSE(step.ok());
    CHECK(step.error().code == ErrorCode::not_trainable);
    CHECK(save_networks(*networks, Dtype::f32) == bytes);
    CHECK(save_generator(*networks, Dtype::f32) == save_generator(*trainer, Dtype::f32));
    CHECK(save_networks(*trainer, Dtype::f16).size() < bytes.size() / 2 + 3000);
  }
}

TEST_CASE("A checkpoint of a run with stateless optimisers is trainable", "[checkpoint]") {
  GanConfig config = small_config();
  config.generator.optimizer = SgdConfig{.momentum = 0};
  config.discriminator.optimizer = SgdConfig{.momentum = 0};
  CHECK(load(save_checkpoint(*trained(2, config)))->trainable());
}

TEST_CASE("A checkpoint can be resumed with any number of threads", "[checkpoint]") {
  const Bytes bytes = save_checkpoint(*trained(5));
  ThreadPool one(1);
  const auto resumed = load_checkpoint(bytes, one);
  REQUIRE(resumed.ok());
  REQUIRE(resumed.value()->set_data(some_images(50)).ok());
  for (int step = 0; step < 5; ++step) take_step(*resumed.value());
  CHECK(save_checkpoint(*resumed.value()) == save_checkpoint(*trained(10)));
}

TEST_CASE("Names the missing tensor", "[checkpoint]") {
  const auto trainer = trained(2);
  for (const Bytes& bytes : {save_checkpoint(*trainer), save_networks(*trainer, Dtype::f32)}) {
    const auto file = SafetensorsFile::parse(bytes);
    REQUIRE(file.ok());
    for (const auto& [name, tensor] : file.value().tensors()) {
      const Error error = load_error(edited(bytes, {.drop = name}));
      CHECK(error.code == ErrorCode::missing_tensor);
      CHECK(error.message == "tensor '" + name + "' is missing");
    }
  }
}

TEST_CASE("Rejects NaN and wrong shapes in any tensor", "[checkpoint]") {
  const Bytes bytes = save_checkpoint(*trained(2));
  const auto file = SafetensorsFile::parse(bytes);
  REQUIRE(file.ok());
  for (const auto& [name, tensor] : file.value().tensors()) {
    const Error poisoned = load_error(edited(bytes, {.poison = name}));
    CHECK(poisoned.code == ErrorCode::non_finite);
    CHECK(poisoned.message.find("'" + name + "'") != std::string::npos);
    if (tensor.shape.rank() == 1) continue;
    const Error reshaped = load_error(edited(bytes, {.reshape = name}));
    CHECK(reshaped.code == ErrorCode::shape_mismatch);
    CHECK(reshaped.message.find("'" + name + "'") != std::string::npos);
  }
}

TEST_CASE("Rejects a checkpoint truncated anywhere", "[checkpoint]") {
  const Bytes whole = save_checkpoint(*trained(2));
  for (std::size_t length = 0; length < whole.size(); length += 1 + length / 50) {
    load_error(Bytes(whole.begin(), whole.begin() + std::ptrdiff_t(length)));
  }
}

TEST_CASE("Reports safetensors of other programs as such", "[checkpoint]") {
  SafetensorsWriter writer;
  writer.set_metadata("format", "pt");
  writer.add("generator.0.weight", {2}, std::vector<float>{1, 2});
  const Error error = load_error(writer.finish());
  CHECK(error.code == ErrorCode::bad_magic);
  CHECK(error.message == "a safetensors file, but not a Ganvas model");
  CHECK(load_error({}).code == ErrorCode::bad_magic);
}

TEST_CASE("Rejects an invalid step count", "[checkpoint]") {
  const Bytes bytes = save_checkpoint(*trained(2));
  CHECK(load(edited(bytes, {.step = "0"}))->steps() == 0);
  CHECK(load(edited(bytes, {.step = "1099511627776"}))->images_seen() > 0);
  for (const char* step : {"-1", "1.5", "x", "2x", " 2", "1099511627777", "9007199254740993",
                           "99999999999999999999999"}) {
    INFO(step);
    CHECK(load_error(edited(bytes, {.step = step})).code == ErrorCode::malformed);
  }
}

TEST_CASE("Rejects a config that is invalid or does not match the tensors", "[checkpoint]") {
  const Bytes bytes = save_checkpoint(*trained(2));
  GanConfig other = small_config();
  other.generator.layers[0] = LinearSpec{13};
  CHECK(load_error(edited(bytes, {.config = config_to_json(other)})).code ==
        ErrorCode::shape_mismatch);
  other = small_config();
  other.latent_size = 0;
  CHECK(load_error(edited(bytes, {.config = config_to_json(other)})).code ==
        ErrorCode::invalid_config);
  CHECK(load_error(edited(bytes, {.config = "{}"})).code == ErrorCode::invalid_config);
  CHECK(load_error(edited(bytes, {.config = "no JSON"})).code == ErrorCode::invalid_config);
}
