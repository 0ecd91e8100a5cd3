// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The trainer: a step against its two halves written out, and runs as a function of their config.
// tests/golden compares with PyTorch.
#include "data/epoch_order.h"
#include "gan/trainer.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include "gan/presets.h"
#include "kernels/random.h"
#include "nn/losses.h"
#include "support/recorded_inputs.h"
#include "support/samples.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

struct Run {
  std::vector<double> metrics;
  std::vector<float> generator, discriminator;
  friend bool operator==(const Run&, const Run&) = default;
};

Run run(const GanConfig& config, int steps, int threads = 1) {
  ThreadPool pool(threads);
  const auto trainer = make_trainer<float>(config, pool);
  REQUIRE(trainer->set_data(some_images(50, config.sample_size())).ok());
  Run result;
  for (int step = 0; step < steps; ++step) {
    const StepMetrics m = take_step(*trainer);
    for (const double value : {m.loss_d, m.loss_g, m.d_real, m.d_fake})
      result.metrics.push_back(value);
  }
  result.generator = values_of(trainer->generator());
  result.discriminator = values_of(trainer->discriminator());
  return result;
}

GanConfig with_seed(GanConfig config, std::uint64_t seed) {
  config.seed = seed;
  return config;
}

/// One normalised example.
std::vector<float> row_of(const Dataset& data, std::uint32_t index) {
  AlignedBuffer<float> packed(BatchLayout::of(1).storage(data.features()));
  data.load_batch(std::span(&index, 1), packed.data());
  return unpack<float>(packed.data(), BatchLayout::of(1), data.features());
}

}  // namespace

TEST_CASE("The same seed trains the same networks", "[trainer]") {
  CHECK(run(small_config(), 30) == run(small_config(), 30));
}

TEST_CASE("Another seed trains other networks", "[trainer]") {
  const Run one = run(with_seed(small_config(), 1), 3);
  const Run other = run(with_seed(small_config(), 2), 3);
  CHECK(one.metrics != other.metrics);
  CHECK(one.generator != other.generator);
  CHECK(one.discriminator != other.discriminator);
}

TEST_CASE("Training gives the same bits on any number of threads", "[trainer]") {
  // Layers wide enough that element-wise loops are also split across threads.
  GanConfig config = find_preset("seed").value();
  config.batch_size = 40;
  const Run one = run(config, 5, 1);
  for (const int threads : {2, 3, 4}) CHECK(run(config, 5, threads) == one);
}

TEST_CASE("A step equals the tutorial's two halves", "[trainer]") {
  for (const int batch_size : {6, 16, 33}) {
    ThreadPool pool(1);
    const GanConfig config = small_config(batch_size);
    const auto trainer = make_trainer<double>(config, pool);
    Random random(8);
    const auto n = std::size_t(batch_size);
    const auto batch = BatchLayout::of(batch_size);
    const auto rows = random_values<double>(n * kSmallImage, random);
    const auto noise_rows = random_values<double>(n * kSmallLatent, random, -2, 2);
    const auto real = pack<double>(rows, batch, kSmallImage);
    const auto noise = pack<double>(noise_rows, batch, kSmallLatent);

    // The reference: two passes of D, on real and fake samples, whose gradients are added.
    const auto build = [&](const LayerSpecs& layers, int features, const Sequential<double>& like) {
      auto network = make_network<double>(layers, Shape{features}, batch.blocks(), pool);
      set_values(*network, values_of(like));
      return network;
    };
    const auto g = build(config.generator.layers, kSmallLatent, trainer->generator());
    const auto d = build(logit_layers(config), kSmallImage, trainer->discriminator());
    Adam<double> adam_g(AdamConfig{}, g->parameters(), pool);
    Adam<double> adam_d(AdamConfig{}, d->parameters(), pool);
    AlignedBuffer<double> fake(real.size()), d_fake(real.size());
    AlignedBuffer<double> logits(batch.storage(1)), d_logits(batch.storage(1));
    const LossOutputs<double> on_logits{batch, 1, logits.data(), d_logits.data()};
    const auto d_half = [&](const double* images, double target) {
      d->forward(batch, images, logits.data());
      const LossTerm term = output_loss(OutputLoss::bce, on_logits, target, 0.5);
      d->backward(d_logits.data(), nullptr, Gradients::overwrite);
      return term;
    };

    g->forward(batch, noise.data(), fake.data());
    const LossTerm on_real = d_half(real.data(), 1);
    std::vector<double> sum(d->parameters().gradients(),
                            d->parameters().gradients() + d->parameters().flat_size());
    const LossTerm on_fake = d_half(fake.data(), 0);
    for (std::size_t i = 0; i < sum.size(); ++i) d->parameters().gradients()[i] += sum[i];
    adam_d.step();
    const std::vector<double> d_after_its_update = values_of(*d);

    d->forward(batch, fake.data(), logits.data());
    const LossTerm on_g = output_loss(OutputLoss::bce, on_logits, 1.0, 1.0);
    d->backward(d_logits.data(), d_fake.data(), Gradients::skip);
    g->backward(d_fake.data(), nullptr, Gradients::overwrite);
    adam_g.step();

    const auto metrics = step_on(*trainer, rows, noise_rows);
    REQUIRE(metrics.ok());
    const auto close = [](double a, double b) { return std::fabs(a - b) < 1e-13; };
    CHECK(close(metrics.value().loss_d, (on_real.loss + on_fake.loss) / 2));
    CHECK(close(metrics.value().loss_g, on_g.loss));
    CHECK(close(metrics.value().d_real, on_real.mean_output));
    CHECK(close(metrics.value().d_fake, on_fake.mean_output));
    // G's half does not change D.
    CHECK(std::ranges::equal(values_of(trainer->discriminator()), d_after_its_update, close));
    CHECK(std::ranges::equal(values_of(trainer->generator()), values_of(*g), close));
  }
}

TEST_CASE("step() uses the next batch of the epoch and the next noise of the stream", "[trainer]") {
  ThreadPool pool(1);
  const GanConfig config = small_config(7);
  const auto images = some_images(17);
  const auto trainer = make_trainer<float>(config, pool);
  const auto reference = make_trainer<float>(config, pool);
  REQUIRE(trainer->set_data(images).ok());
  EpochOrder order(config.seed, 17, 7);
  for (std::int64_t step = 0; step < 8; ++step) {
    std::vector<float> rows;
    for (const std::uint32_t index : order.batch(step)) {
      const std::vector<float> row = row_of(*images, index);
      rows.insert(rows.end(), row.begin(), row.end());
    }
    std::vector<float> noise(order.batch(step).size() * kSmallLatent);
    RandomStream(config.seed, StreamPurpose::noise, std::uint64_t(step)).fill_normal(noise);
    const auto expected = step_on(*reference, rows, noise);
    REQUIRE(expected.ok());
    const StepMetrics metrics = take_step(*trainer);
    CHECK(metrics.loss_d == expected.value().loss_d);
    CHECK(metrics.loss_g == expected.value().loss_g);
  }
  CHECK(values_of(trainer->generator()) == values_of(reference->generator()));
}

TEST_CASE("Steps, epochs and images are counted correctly with a smaller last batch", "[trainer]") {
  ThreadPool pool(1);
  const auto trainer = make_trainer<float>(small_config(16), pool);
  CHECK(trainer->images_seen() == 0);
  CHECK(trainer->epoch() == 0);
  REQUIRE(trainer->set_data(some_images(37)).ok());
  CHECK(trainer->config().examples == 37);
  const std::int64_t images[] = {16, 32, 37, 53, 69, 74, 90};
  for (std::int64_t step = 1; step <= 7; ++step) {
    const StepMetrics metrics = take_step(*trainer);
    CHECK(metrics.step == step);
    CHECK(metrics.epoch == (step - 1) / 3);
    CHECK(metrics.images_seen == images[step - 1]);
    CHECK(trainer->steps() == step);
    CHECK(trainer->images_seen() == images[step - 1]);
    CHECK(trainer->epoch() == step / 3);
  }
}

TEST_CASE("With an untrained discriminator both losses are near ln 2", "[trainer]") {
  ThreadPool pool(1);
  const auto trainer = make_trainer<float>(find_preset("seed").value(), pool);
  REQUIRE(trainer->set_data(some_images(100, 784)).ok());
  const StepMetrics metrics = take_step(*trainer);
  CHECK(std::fabs(metrics.loss_d - std::numbers::ln2) < 0.1);
  CHECK(std::fabs(metrics.loss_g - std::numbers::ln2) < 0.1);
  CHECK(std::fabs(metrics.d_real - 0.5) < 0.1);
  CHECK(std::fabs(metrics.d_fake - 0.5) < 0.1);
}

TEST_CASE("A discriminator learns to separate noise from images", "[trainer]") {
  GanConfig config = small_config(16);
  adam_of(config.generator).lr = 0;  // a fixed generator
  adam_of(config.discriminator).lr = 1e-2;
  ThreadPool pool(1);
  const auto trainer = make_trainer<float>(config, pool);
  REQUIRE(trainer->set_data(some_images(64)).ok());
  const std::vector<float> generator = values_of(trainer->generator());
  StepMetrics metrics;
  for (int step = 0; step < 300; ++step) metrics = take_step(*trainer);
  CHECK(metrics.d_real > 0.95);
  CHECK(metrics.d_fake < 0.05);
  CHECK(metrics.loss_d < 0.05);
  CHECK(values_of(trainer->generator()) == generator);
}

TEST_CASE("A generator learns to fool a fixed discriminator", "[trainer]") {
  GanConfig config = small_config(16);
  adam_of(config.discriminator).lr = 0;
  adam_of(config.generator).lr = 1e-2;
  ThreadPool pool(1);
  const auto trainer = make_trainer<float>(config, pool);
  REQUIRE(trainer->set_data(some_images(64)).ok());
  const double before = take_step(*trainer).d_fake;
  StepMetrics metrics;
  for (int step = 0; step < 300; ++step) metrics = take_step(*trainer);
  CHECK(metrics.d_fake > before + 0.05);
}

TEST_CASE("More samples of a seed extend fewer, for any batch size", "[trainer]") {
  ThreadPool pool(1);
  const auto trainer = make_trainer<float>(small_config(16), pool);
  const auto sample = [&](std::size_t count, std::uint64_t seed) {
    return samples_of(*trainer, latents_for(*trainer, seed, count));
  };
  const auto most = sample(50, 7);
  CHECK(std::ranges::all_of(most, [](float v) { return v >= -1 && v <= 1; }));
  for (const std::size_t count : {0, 1, 15, 16, 17, 49}) {
    const auto fewer = sample(count, 7);
    CHECK(std::equal(fewer.begin(), fewer.end(), most.begin()));
  }
  CHECK(sample(50, 8) != most);
  CHECK(sample(50, 7) == most);
  // The samples differ from one another.
  CHECK_FALSE(std::equal(most.begin(), most.begin() + kSmallImage, most.begin() + kSmallImage));
}

TEST_CASE("Sampling between steps does not change training", "[trainer]") {
  ThreadPool pool(1);
  const auto trainer = make_trainer<float>(small_config(), pool);
  REQUIRE(trainer->set_data(some_images(50)).ok());
  for (int step = 0; step < 20; ++step) {
    samples_of(*trainer, latents_for(*trainer, 1, 20));
    take_step(*trainer);
  }
  CHECK(values_of(trainer->generator()) == run(small_config(), 20).generator);
}

TEST_CASE("Every preset is found by name and can be created", "[trainer]") {
  ThreadPool pool(1);
  REQUIRE_FALSE(presets().empty());
  for (const Preset& preset : presets()) {
    const auto config = find_preset(preset.name);
    REQUIRE(config.ok());
    CHECK(config.value().preset == preset.name);
    CHECK_FALSE(preset.summary.empty());
    CHECK(Trainer<float>::create(config.value(), pool).ok());
  }
  const auto unknown = find_preset("sead");
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().kind == ProblemKind::unknown_preset);
  CHECK(unknown.error().name == "sead");
  CHECK(unknown.error().known.find("seed") != std::string::npos);
}

TEST_CASE("The seed preset has the tutorial's values", "[trainer]") {
  const GanConfig config = find_preset("seed").value();
  CHECK(config.batch_size == 32);
  CHECK(config.latent_size == 64);
  CHECK(config.sample_shape == Shape{784});
  CHECK(config.generator.layers ==
        LayerSpecs{LinearSpec{256}, LeakyReluSpec{0.01}, LinearSpec{784}, TanhSpec{}});
  CHECK(config.discriminator.layers ==
        LayerSpecs{LinearSpec{128}, LeakyReluSpec{0.01}, LinearSpec{1}, SigmoidSpec{}});
  for (const OptimizerConfig& adam : {config.generator.optimizer, config.discriminator.optimizer}) {
    CHECK(std::get<AdamConfig>(adam) ==
          AdamConfig{.lr = 3e-4, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8});
  }
}
