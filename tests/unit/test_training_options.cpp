// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Options of a training step: several updates, moving average, weight clipping, instance noise,
// label smoothing, classes, penalties; and invalid combinations.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numbers>
#include <set>
#include <string>
#include <vector>

#include "gan/trainer.h"
#include "support/recorded_inputs.h"
#include "support/samples.h"
#include "support/small_presets.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

/// Forwards to RandomInputs and records the indices of all requests.
class RecordingInputs final : public StepInputs<float> {
 public:
  RecordingInputs(const GanConfig& config, std::shared_ptr<const Dataset> data)
      : inputs_(config, std::move(data)) {}

  std::vector<std::int64_t> batches, draws, interpolations, passes;

  BatchPart real_batch(std::int64_t update, float* packed,
                       std::span<std::uint8_t> labels) override {
    batches.push_back(update);
    return inputs_.real_batch(update, packed, labels);
  }
  void noise(std::int64_t draw, BatchLayout batch, float* packed,
             std::span<std::uint8_t> labels) override {
    draws.push_back(draw);
    inputs_.noise(draw, batch, packed, labels);
  }
  void instance_noise(std::int64_t pass, std::span<float> values) override {
    passes.push_back(pass);
    inputs_.instance_noise(pass, values);
  }
  void interpolation(std::int64_t update, std::span<float> lanes) override {
    interpolations.push_back(update);
    inputs_.interpolation(update, lanes);
  }

 private:
  RandomInputs<float> inputs_;
};

std::vector<std::int64_t> first_numbers(std::int64_t count) {
  std::vector<std::int64_t> numbers;
  for (std::int64_t i = 0; i < count; ++i) numbers.push_back(i);
  return numbers;
}

std::string creation_error(const GanConfig& config) {
  ThreadPool pool(1);
  const auto trainer = Trainer<float>::create(config, pool);
  REQUIRE_FALSE(trainer.ok());
  CHECK(trainer.error().code == ErrorCode::invalid_config);
  return trainer.error().message;
}

GanConfig small_critic() {
  GanConfig config = small_config();
  config.objective = Objective::wgan;
  config.discriminator.layers.pop_back();
  return config;
}

}  // namespace

TEST_CASE("A step has k_D updates of D on new batches and k_G updates of G", "[trainer]") {
  constexpr int kSteps = 4;
  for (const Network first : {Network::discriminator, Network::generator}) {
    for (const auto& [k_d, k_g] : {std::pair{1, 1}, {5, 1}, {1, 3}, {2, 2}}) {
      INFO("k_D " << k_d << ", k_G " << k_g);
      ThreadPool pool(1);
      GanConfig config = small_critic();
      config.first_update = first;
      config.gradient_penalty = 10;
      config.instance_noise = 0.1;
      config.discriminator.updates = k_d;
      config.generator.updates = k_g;
      const auto data = some_images(23);
      const auto trainer = make_trainer<float>(config, pool);
      REQUIRE(trainer->set_data(data).ok());
      const auto twin = make_trainer<float>(trainer->config(), pool);
      RecordingInputs inputs(trainer->config(), data);
      std::int64_t images = 0;
      EpochOrder order(config.seed, 23, config.batch_size);
      for (int step = 0; step < kSteps; ++step) {
        CHECK(trainer->epoch() == order.epoch_of(std::int64_t{step} * k_d));
        const StepMetrics ours = take_step(*trainer);
        for (int k = 0; k < k_d; ++k)
          images += std::int64_t(order.batch(std::int64_t{step} * k_d + k).size());
        CHECK(ours.images_seen == images);
        CHECK(trainer->images_seen() == images);
        const auto recorded = twin->step_with(inputs);
        REQUIRE(recorded.ok());
        CHECK(recorded.value().loss_d == ours.loss_d);
        CHECK(recorded.value().loss_g == ours.loss_g);
      }
      CHECK(trainer->optimizer_d().steps() == kSteps * k_d);
      CHECK(trainer->optimizer_g().steps() == kSteps * k_g);
      CHECK(inputs.batches == first_numbers(kSteps * k_d));
      CHECK(inputs.interpolations == first_numbers(kSteps * k_d));
      // Each update draws new fakes, except that the first updates of both networks share them.
      CHECK(inputs.draws == first_numbers(kSteps * (k_d + k_g - 1)));
      CHECK(inputs.passes.size() == std::size_t(kSteps * (k_d + k_g)));
      CHECK(std::set(inputs.passes.begin(), inputs.passes.end()).size() == inputs.passes.size());
      CHECK(values_of(twin->generator()) == values_of(trainer->generator()));
    }
  }
}

TEST_CASE("The moving average follows its formula and is used for samples", "[trainer]") {
  ThreadPool pool(1);
  GanConfig config = small_config();
  config.ema_decay = 0.3;
  adam_of(config.generator).lr = 0.05;
  const auto trainer = make_trainer<double>(config, pool);
  REQUIRE(trainer->set_data(some_images(30)).ok());
  std::vector<double> average = values_of(trainer->generator());
  for (int t = 1; t <= 8; ++t) {
    take_step(*trainer);
    const double decay = std::fmin(0.3, t / (t + 10.0));
    const auto values = values_of(trainer->generator());
    for (std::size_t i = 0; i < average.size(); ++i) {
      average[i] = decay * average[i] + (1 - decay) * values[i];
      REQUIRE(std::fabs(trainer->generator_average()[i] - average[i]) < 1e-14);
    }
  }
  const auto latents = latents_for(*trainer, 1, 5);
  const auto before = values_of(trainer->generator());
  const auto samples = samples_of(*trainer, latents);
  CHECK(values_of(trainer->generator()) == before);
  const auto reference =
      make_network<double>(config.generator.layers, Shape{kSmallLatent}, 1, pool);
  set_values(*reference, average);
  const auto batch = BatchLayout::of(5);
  const auto x = pack<double>(latents, batch, kSmallLatent);
  AlignedBuffer<double> y(batch.storage(kSmallImage));
  reference->forward(batch, x.data(), y.data());
  const auto expected = unpack<double>(y.data(), batch, kSmallImage);
  for (std::size_t i = 0; i < samples.size(); ++i)
    REQUIRE(std::fabs(samples[i] - expected[i]) < 1e-13);
  CHECK(average != before);
}

TEST_CASE("Clips the weights of D after every update, but not those of G", "[trainer]") {
  ThreadPool pool(1);
  GanConfig config = small_critic();
  config.weight_clip = 0.02;
  config.discriminator.updates = 2;
  const auto trainer = make_trainer<float>(config, pool);
  REQUIRE(trainer->set_data(some_images(30)).ok());
  for (int step = 0; step < 5; ++step) {
    take_step(*trainer);
    const auto d = values_of(trainer->discriminator());
    const auto g = values_of(trainer->generator());
    CHECK(std::ranges::all_of(d, [](float w) { return std::fabs(w) <= 0.02f; }));
    CHECK(std::ranges::count(d, 0.02f) > 0);
    CHECK(std::ranges::count(d, -0.02f) > 0);
    CHECK(std::ranges::any_of(g, [](float w) { return std::fabs(w) > 0.1f; }));
  }
}

TEST_CASE("Clipping hides no NaN", "[trainer]") {
  ThreadPool pool(1);
  GanConfig config = small_critic();
  config.weight_clip = 0.02;
  const auto trainer = make_trainer<float>(config, pool);
  REQUIRE(trainer->set_data(some_images(30)).ok());
  float& weight = trainer->discriminator().parameters().values()[0];
  weight = std::numeric_limits<float>::quiet_NaN();
  CHECK(trainer->step().error().code == ErrorCode::non_finite);
  CHECK(std::isnan(weight));
}

TEST_CASE("Instance noise is added to D's inputs only", "[trainer]") {
  ThreadPool pool(1);
  Random random(3);
  const auto real = random_values<double>(6 * kSmallImage, random);
  const auto noise = random_values<double>(6 * kSmallLatent, random);
  const auto step = [&](double deviation, bool shifted) {
    GanConfig config = small_config();
    config.instance_noise = deviation;
    const auto trainer = make_trainer<double>(config, pool);
    RecordedInputs<double> inputs(config);
    auto samples = real;
    // Instance noise of 1 times the deviation 0.5 equals shifting the real samples by 0.5.
    if (shifted) std::ranges::transform(samples, samples.begin(), [](double x) { return x + 0.5; });
    inputs.batches = {{samples}};
    inputs.noises = {{noise}};
    if (deviation > 0) {
      std::vector<double> ones(2 * 16 * kSmallImage);
      std::fill_n(ones.begin(), ones.size() / 2, 1.0);
      inputs.instance_noises = {ones, std::vector<double>(16 * kSmallImage)};
    }
    const auto metrics = trainer->step_with(inputs);
    REQUIRE(metrics.ok());
    CHECK(inputs.used_up());
    return std::pair{metrics.value().loss_d, values_of(trainer->generator())};
  };
  const auto plain = step(0, false);
  const auto noisy = step(0.5, false);
  const auto shifted_data = step(0, true);
  CHECK(std::fabs(noisy.first - shifted_data.first) < 1e-14);
  CHECK(noisy.first != plain.first);
  for (std::size_t i = 0; i < shifted_data.second.size(); ++i) {
    REQUIRE(std::fabs(noisy.second[i] - shifted_data.second[i]) < 1e-12);
  }
}

TEST_CASE("Label smoothing changes only the real target", "[trainer]") {
  ThreadPool pool(1);
  for (const Objective objective : {Objective::bce, Objective::minimax, Objective::lsgan}) {
    GanConfig config = small_config();
    config.objective = objective;
    if (objective == Objective::lsgan) config.discriminator.layers.pop_back();
    const auto loss_with = [&](double smoothing) {
      config.label_smoothing = smoothing;
      const auto trainer = make_trainer<double>(config, pool);
      REQUIRE(trainer->set_data(some_images(6)).ok());
      set_values(trainer->discriminator(),
                 std::vector<double>(trainer->discriminator().parameters().flat_size(), 0.0));
      return take_step(*trainer);
    };
    // D with zero weights outputs 0: BCE is ln 2 for any target, the squared error is target^2.
    const StepMetrics plain = loss_with(0);
    const StepMetrics smooth = loss_with(0.1);
    const bool squared = objective == Objective::lsgan;
    CHECK(std::fabs(plain.loss_d - (squared ? 0.5 : std::numbers::ln2)) < 1e-14);
    CHECK(std::fabs(smooth.loss_d - (squared ? 0.5 * 0.81 : std::numbers::ln2)) < 1e-14);
    CHECK(plain.d_real == (squared ? 0 : 0.5));
  }
}

TEST_CASE("Samples depend on their own requested class only", "[trainer]") {
  ThreadPool pool(1);
  for (const char* name : {"quick", "cgan", "acgan"}) {
    const GanConfig config = scaled_down(find_preset(name).value());
    const auto trainer = make_trainer<float>(config, pool);
    REQUIRE(trainer->set_data(data_for(config)).ok());
    take_step(*trainer);
    const auto sample = [&](const std::vector<std::uint8_t>& labels) {
      return samples_of(*trainer, latents_for(*trainer, 1, labels.size()), labels);
    };
    const auto size = std::ptrdiff_t(config.sample_size());
    const auto threes = sample(std::vector<std::uint8_t>(20, 3));
    auto mixed_labels = std::vector<std::uint8_t>(20, 3);
    mixed_labels[17] = 8;
    const auto mixed = sample(mixed_labels);
    for (std::ptrdiff_t i = 0; i < 20; ++i) {
      const bool same = std::equal(threes.begin() + i * size, threes.begin() + (i + 1) * size,
                                   mixed.begin() + i * size);
      CHECK(same == (i != 17));
    }
  }
}

TEST_CASE("Rejects data with unknown classes or without labels", "[trainer]") {
  ThreadPool pool(1);
  GanConfig config = scaled_down(find_preset("quick").value());
  config.classes = 4;
  const auto trainer = make_trainer<float>(config, pool);
  const Status beyond = trainer->set_data(data_for(config));  // labels 0, 1, 2, ...
  REQUIRE_FALSE(beyond.ok());
  CHECK(beyond.error().code == ErrorCode::shape_mismatch);
  CHECK(beyond.error().message == "example 4 has class 4, but the config has only 4 classes");
  CHECK_FALSE(trainer->has_data());
  auto points = Dataset::of_points(std::vector<float>(784 * 5), 784);
  const Status without =
      trainer->set_data(std::make_shared<const Dataset>(std::move(points).value()));
  REQUIRE_FALSE(without.ok());
  CHECK(without.error().message == "the networks need class labels, but the dataset has none");
  config.examples = 4;  // of the classes 0 to 3
  const auto fits = make_trainer<float>(config, pool);
  REQUIRE(fits->set_data(data_for(config)).ok());
  take_step(*fits);
}

TEST_CASE("Rejects incompatible options", "[trainer]") {
  GanConfig config = small_config();
  config.objective = Objective::lsgan;
  CHECK(Trainer<float>::create(config, *std::make_unique<ThreadPool>(1))
            .ok());  // a sigmoid is allowed there
  for (const Objective objective : {Objective::bce, Objective::minimax}) {
    config = small_critic();
    config.objective = objective;
    CHECK(creation_error(config) == "discriminator.layers must end in sigmoid for this objective");
  }
  config = small_config();
  config.auxiliary_classifier = true;
  CHECK(creation_error(config) ==
        "auxiliary_classifier needs class labels, but the config has classes 0");
  config.classes = 10;
  CHECK(creation_error(config) == "discriminator outputs (1,) per sample, but must output (11,)");
  for (double GanConfig::* penalty : {&GanConfig::gradient_penalty, &GanConfig::r1}) {
    for (const LayerSpec& layer :
         {LayerSpec(TanhSpec{}), LayerSpec(BatchNormSpec{}), LayerSpec(SigmoidSpec{})}) {
      config = small_critic();
      config.*penalty = 1;
      config.discriminator.layers[1] = layer;
      CHECK(creation_error(config) ==
            "discriminator.layers[1] (" + std::string(type_name(layer)) +
                ") does not support a gradient penalty; layers that do: linear, conv2d, "
                "conv_transpose2d, leaky_relu, relu, dropout, dropout2d, upsample2x, flatten, "
                "reshape, class_concat, class_projection");
    }
  }
}

TEST_CASE("R1 is added in each of r1_interval updates of D, with as many times its weight",
          "[trainer]") {
  ThreadPool pool(1);
  GanConfig config = small_critic();
  config.r1 = 4;
  config.discriminator.updates = 2;
  const auto penalties_of = [&](int interval) {
    config.r1_interval = interval;
    const auto trainer = make_trainer<double>(config, pool);
    REQUIRE(trainer->set_data(some_images(30)).ok());
    std::vector<double> penalties;
    for (int step = 0; step < 4; ++step) penalties.push_back(take_step(*trainer).penalty);
    return penalties;
  };
  // A step reports its second update, so these are the updates 1, 3, 5 and 7, counted from 0.
  const std::vector<double> each = penalties_of(1);
  const std::vector<double> third = penalties_of(3);
  CHECK(each[0] > 0);
  CHECK(third[0] == 0);
  CHECK(third[1] > 2 * each[1]);
  CHECK(third[1] < 4 * each[1]);
  CHECK(third[2] == 0);
  CHECK(third[3] == 0);
}

TEST_CASE("Each penalty is added to lossD and reported", "[trainer]") {
  ThreadPool pool(1);
  for (const auto& [penalty, weight] :
       {std::pair{&GanConfig::gradient_penalty, 10.0}, {&GanConfig::r1, 4.0}}) {
    GanConfig config = small_critic();
    const auto metrics_of = [&] {
      const auto trainer = make_trainer<double>(config, pool);
      REQUIRE(trainer->set_data(some_images(30)).ok());
      return take_step(*trainer);
    };
    const StepMetrics without = metrics_of();
    config.*penalty = weight;
    const StepMetrics with = metrics_of();
    CHECK(without.penalty == 0);
    CHECK(with.penalty > 0);
    CHECK(std::fabs(with.loss_d - without.loss_d - with.penalty) < 1e-14);
  }
}
