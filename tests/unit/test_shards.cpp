// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Batches in shards: what they sum to, how they are cut, and that nothing depends on who adds them.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

#include "gan/presets.h"
#include "gan/shard_exchange.h"
#include "support/recorded_inputs.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

struct Step {
  StepMetrics metrics;
  std::vector<double> generator;
  std::vector<double> discriminator;
};

std::vector<double> part_of(const std::vector<double>& rows, int width, int begin, int end) {
  return {rows.begin() + begin * width, rows.begin() + end * width};
}

/// One step on the same samples and noise, in shards.
Step step_in_shards(GanConfig config, int shards, int samples) {
  ThreadPool pool(1);
  config.shards = shards;
  const auto trainer = make_trainer<double>(config, pool);
  Random random(5);
  const auto draw = [&](int count) {
    std::vector<double> values(static_cast<std::size_t>(count));
    for (double& value : values) value = uniform(random, -1, 1);
    return values;
  };
  const auto real = draw(samples * kSmallImage);
  const auto noise = draw(samples * kSmallLatent);
  const auto epsilon = draw(samples);
  RecordedInputs<double> inputs(config);
  for (int shard = 0; shard < shards; ++shard) {
    const int begin = samples * shard / shards;
    const int end = samples * (shard + 1) / shards;
    inputs.batches.push_back({part_of(real, kSmallImage, begin, end)});
    if (end == begin) continue;
    inputs.noises.push_back({part_of(noise, kSmallLatent, begin, end)});
    if (config.gradient_penalty > 0) inputs.epsilons.push_back(part_of(epsilon, 1, begin, end));
  }
  const auto metrics = trainer->step_with(inputs);
  REQUIRE(metrics.ok());
  REQUIRE(inputs.used_up());
  const auto gradients = [](Sequential<double>& network) {
    const double* flat = network.parameters().gradients();
    return std::vector<double>(flat, flat + network.parameters().flat_size());
  };
  return {metrics.value(), gradients(trainer->generator()), gradients(trainer->discriminator())};
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::fabs(a[i] - b[i]));
  return largest;
}

#if !defined(__EMSCRIPTEN__)  // a page is the only rank

/// A rank of several whose others are not there.
struct LonelyRank : ShardExchange<float> {
  using ShardExchange::ShardExchange;
  void reserve(int, std::size_t) override {}
  void sum_early(std::span<float* const>, std::size_t, std::size_t, ThreadPool&) override {}
  void sum(std::span<float* const>, std::size_t, ThreadPool&) override {}
  void share(std::span<double>) override {}
};

/// Remembers what it was told to be final, and looks whether it was when all is.
struct SuspiciousExchange final : LonelyRank {
  SuspiciousExchange() : LonelyRank(0, 2) {}
  void reserve(int own_shards, std::size_t size) override {
    final_values.assign(std::size_t(own_shards), std::vector<float>(size));
  }
  void sum_early(std::span<float* const> own, std::size_t size, std::size_t begin,
                 ThreadPool&) override {
    const std::size_t end = std::min(first_final, size);
    REQUIRE(begin <= end);
    first_final = begin;
    for (std::size_t i = 0; i < own.size(); ++i)
      std::copy(own[i] + begin, own[i] + end, final_values[i].begin() + std::ptrdiff_t(begin));
  }
  void sum(std::span<float* const> own, std::size_t size, ThreadPool& pool) override {
    if (first_final < size) ++early_sums;
    for (std::size_t i = 0; i < own.size(); ++i) {
      for (std::size_t k = first_final; k < size; ++k)
        changed += std::size_t(own[i][k] != final_values[i][k]);
    }
    first_final = kNothing;
    LocalExchange<float>::instance().sum(own, size, pool);
  }

  static constexpr std::size_t kNothing = std::size_t(-1);
  std::vector<std::vector<float>> final_values;
  std::size_t first_final = kNothing;
  std::size_t changed = 0;
  int early_sums = 0;
};

#endif

}  // namespace

TEST_CASE("Without batch norm, shards of any sizes have the gradients of the whole batch",
          "[shards]") {
  GanConfig penalised = small_config(40);
  penalised.objective = Objective::wgan;
  penalised.discriminator.layers.pop_back();
  penalised.gradient_penalty = 10;
  GanConfig attached = small_config(40);
  attached.detach = false;
  for (const GanConfig& config : {small_config(40), penalised, attached}) {
    for (const int samples : {40, 37, 5}) {
      const Step whole = step_in_shards(config, 1, samples);
      // Of five samples, eight shards leave three without any.
      for (const int shards : {2, 3, 4, 8}) {
        INFO(samples << " samples in " << shards << " shards");
        const Step sum = step_in_shards(config, shards, samples);
        CHECK(largest_difference(sum.generator, whole.generator) < 1e-13);
        CHECK(largest_difference(sum.discriminator, whole.discriminator) < 1e-12);
        CHECK(std::fabs(sum.metrics.loss_d - whole.metrics.loss_d) < 1e-12);
        // Of a D that Adam has updated, which divides by gradients near zero.
        CHECK(std::fabs(sum.metrics.loss_g - whole.metrics.loss_g) < 1e-10);
        CHECK(std::fabs(sum.metrics.d_real - whole.metrics.d_real) < 1e-12);
        CHECK(std::fabs(sum.metrics.d_fake - whole.metrics.d_fake) < 1e-12);
        CHECK(std::fabs(sum.metrics.penalty - whole.metrics.penalty) < 1e-12);
      }
    }
  }
}

TEST_CASE("Shards cut each batch into parts that differ by at most one sample", "[shards]") {
  GanConfig config = small_config(10);
  config.examples = 23;  // batches of 10, 10 and 3
  RandomInputs<float> whole(config, some_images(23));
  config.shards = 4;
  RandomInputs<float> cut(config, some_images(23));
  const BatchLayout layout = BatchLayout::of(10);
  std::vector<float> packed(layout.storage(kSmallImage));
  std::vector<std::uint8_t> labels(layout.storage(1));
  for (int update = 0; update < 5; ++update) {
    INFO("update " << update);
    const BatchPart batch = whole.real_batch(update, packed.data(), labels);
    CHECK(batch.samples == batch.batch);
    const std::vector<std::uint8_t> expected(labels.begin(), labels.begin() + batch.samples);
    std::vector<std::uint8_t> joined;
    std::set<int> sizes;
    for (int shard = 0; shard < 4; ++shard) {
      const BatchPart part = cut.real_batch(update * 4 + shard, packed.data(), labels);
      CHECK(part.batch == batch.batch);
      sizes.insert(part.samples);
      joined.insert(joined.end(), labels.begin(), labels.begin() + part.samples);
    }
    CHECK(joined == expected);
    CHECK(*sizes.rbegin() - *sizes.begin() <= 1);
  }
}

TEST_CASE("The tree's sum has the same bits whichever ranks hold the shards", "[shards]") {
  Random random(3);
  for (int shards = 1; shards <= 24; ++shards) {
    std::vector<float> numbers(std::size_t(shards), 0.0f);
    for (float& number : numbers) number = float(uniform(random, -1, 1));
    std::vector<float> plain = numbers;
    for_each_pair(shards, [&](int i, int j, int end) {
      CHECK(j < end);
      plain[std::size_t(i)] += plain[std::size_t(j)];
    });
    const double exact = std::accumulate(numbers.begin(), numbers.end(), 0.0);
    CHECK(std::fabs(double(plain[0]) - exact) < 1e-5);
    for (int ranks = 1; ranks <= shards; ++ranks) {
      if (shards % ranks != 0) continue;
      INFO(shards << " shards on " << ranks << " ranks");
      // First what each rank adds by itself, the last rank first; then the rest.
      const int own = shards / ranks;
      std::vector<float> sums = numbers;
      for (int rank = ranks; rank-- > 0;) {
        for_each_pair(shards, [&](int i, int j, int end) {
          if (i / own == rank && (end - 1) / own == rank)
            sums[std::size_t(i)] += sums[std::size_t(j)];
        });
      }
      for_each_pair(shards, [&](int i, int j, int end) {
        if (i / own != (end - 1) / own) sums[std::size_t(i)] += sums[std::size_t(j)];
      });
      CHECK(sums[0] == plain[0]);
    }
  }
}

TEST_CASE("A run in shards has the same bits on any number of threads, and others than one without",
          "[shards]") {
  const auto values_after_steps = [](int shards, int threads) {
    ThreadPool pool(threads);
    GanConfig config = find_preset("dcgan").value();
    config.batch_size = 20;
    config.shards = shards;
    const auto trainer = make_trainer<float>(config, pool);
    REQUIRE(trainer->set_data(some_images(50, config.sample_size())).ok());
    for (int step = 0; step < 3; ++step) take_step(*trainer);
    std::vector<float> values = values_of(trainer->generator());
    const auto& statistics = trainer->generator().buffers();
    values.insert(values.end(), statistics.values(), statistics.values() + statistics.flat_size());
    return values;
  };
  const auto three = values_after_steps(3, 1);
  CHECK(values_after_steps(3, 4) == three);
  CHECK(values_after_steps(1, 1) != three);
}

#if !defined(__EMSCRIPTEN__)

TEST_CASE("Gradients that are told to be final while others are computed do not change any more",
          "[shards]") {
  ThreadPool pool(1);
  for (const auto& [preset, detach] : {std::pair{"mlp", true},
                                       {"dcgan", true},
                                       {"dcgan", false},
                                       {"quick", true},
                                       {"quick", false},
                                       {"fine", true},
                                       {"fine", false},
                                       {"acgan", true},
                                       {"wgan-gp", true},
                                       {"hinge", true}}) {
    INFO(preset << ", detach " << detach);
    GanConfig config = find_preset(preset).value();
    config.batch_size = 12;
    config.shards = 4;
    config.detach = detach;
    SuspiciousExchange exchange;
    const auto trainer = Trainer<float>::create(config, pool, exchange);
    REQUIRE(trainer.ok());
    REQUIRE(trainer.value()->set_data(some_images(16, config.sample_size())).ok());
    REQUIRE(trainer.value()->step().ok());
    CHECK(exchange.changed == 0);
    // Without detach, and with a penalty, terms are added at the end.
    const bool penalised = config.gradient_penalty > 0 || config.r1 > 0;
    CHECK(exchange.early_sums ==
          (penalised ? 0 : config.discriminator.updates) + (detach ? config.generator.updates : 0));
  }
}

#endif

TEST_CASE("A loss that is no number is told with the shard that it comes from, and its rank",
          "[shards]") {
  ThreadPool pool(1);
  GanConfig config = small_config(6);
  config.shards = 3;
  const auto message_of = [&](Trainer<float>& trainer, int first, int end, int broken) {
    RecordedInputs<float> inputs(config);
    for (int shard = first; shard < end; ++shard) {
      const float value = shard == broken ? std::nanf("") : 0.5f;
      inputs.batches.push_back({std::vector<float>(2 * kSmallImage, value)});
      inputs.noises.push_back({std::vector<float>(2 * kSmallLatent, 0.5f)});
    }
    for (int shard = end - first; shard < 3; ++shard) inputs.batches.push_back({{}});
    const auto metrics = trainer.step_with(inputs);
    REQUIRE_FALSE(metrics.ok());
    CHECK(metrics.error().code == ErrorCode::non_finite);
    return metrics.error().message;
  };
  const auto alone = make_trainer<float>(config, pool);
  CHECK(message_of(*alone, 0, 3, 1) == "lossD of shard 1 is no longer a finite number at step 1");

#if !defined(__EMSCRIPTEN__)
  /// The second of three ranks, which hears of a NaN from the third.
  struct SecondRank final : LonelyRank {
    SecondRank() : LonelyRank(1, 3) {}
    void share(std::span<double> numbers) override {
      std::fill_n(numbers.begin(), 5, 0.0);
      std::fill_n(numbers.begin() + 10, 5, std::nan(""));
    }
  } second;
  const auto one_of_three = Trainer<float>::create(config, pool, second);
  REQUIRE(one_of_three.ok());
  CHECK(message_of(*one_of_three.value(), 1, 2, -1) ==
        "lossD of shard 2 on rank 2 is no longer a finite number at step 1");
#endif
}

TEST_CASE("There can be no more shards than samples in a batch, nor more than ranks divide",
          "[shards]") {
  ThreadPool pool(1);
  GanConfig config = small_config(6);
  config.shards = 7;
  const auto too_many = Trainer<float>::create(config, pool);
  REQUIRE_FALSE(too_many.ok());
  CHECK(too_many.error().code == ErrorCode::invalid_config);
  CHECK(too_many.error().message.find("shards") != std::string::npos);

#if !defined(__EMSCRIPTEN__)
  LonelyRank first_of_four(0, 4);
  config.shards = 6;
  const auto undivided = Trainer<float>::create(config, pool, first_of_four);
  REQUIRE_FALSE(undivided.ok());
  CHECK(undivided.error().code == ErrorCode::invalid_argument);
  CHECK(undivided.error().message.find("6 shards") != std::string::npos);
#endif
}
