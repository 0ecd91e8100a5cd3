// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// ganvas_time_to_digits [STARTS [MAX_IMAGES [FIRST]]] CONFIG...: the training needed until a GAN's
// samples are readable. A CONFIG is a preset name or JSON as for `ganvas train --config`. With each
// of STARTS seeds, from FIRST on, it trains on the bundled digits with one thread until 90 % of
// 1,000 samples are classified with a confidence above 0.9 and each of the ten classes has a share
// above 3 %. It prints the images, GFLOP and seconds needed for 50, 80 and 90 % (median and slowest
// start), then the images of each start. The time for evaluation is not counted.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "cli/files.h"
#include "cli/mnist_files.h"
#include "gan/flops.h"
#include "gan/trainer.h"
#include "inference/frozen_network.h"
#include "inference/latents.h"
#include "io/config_json.h"
#include "judge/judge_file.h"
#include "judge/quality.h"

using namespace ganvas;

namespace {

constexpr int kSamples = 1000;
constexpr double kLeastShare = 0.03;  // minimum share of every class
constexpr std::array<double, 3> kGoals{0.5, 0.8, 0.9};
constexpr int kImagesBetweenChecks = 320;

struct Reached {
  double images = 0;
  double gflop = 0;
  double seconds = 0;
};
/// The training needed for each goal; shorter than kGoals if not all were reached.
using Run = std::vector<Reached>;

template <typename Value>
Value or_exit(Result<Value> result) {
  if (result) return std::move(result).value();
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(2);
}

double confident_share(const Trainer<float>& trainer, DigitClassifier& classifier) {
  const GanConfig& config = trainer.config();
  std::vector<std::uint8_t> labels;
  for (int i = 0; config.classes > 0 && i < kSamples; ++i)
    labels.push_back(static_cast<std::uint8_t>(i % config.classes));
  const auto latents = draw_latents<float>(
      config.seed, std::size_t{kSamples} * static_cast<std::size_t>(config.latent_size));
  const auto images =
      FrozenNetwork<float>(trainer, Network::generator).outputs(latents, {.labels = labels});
  const Coverage coverage = coverage_of(classify(classifier, images));
  const double least = *std::min_element(coverage.shares.begin(), coverage.shares.end());
  return least > kLeastShare ? coverage.confident : 0;
}

Run run(GanConfig config, const std::shared_ptr<const Dataset>& digits, DigitClassifier& classifier,
        std::int64_t max_images, ThreadPool& pool) {
  using Clock = std::chrono::steady_clock;
  const auto trainer = or_exit(Trainer<float>::create(std::move(config), pool));
  if (const Status status = trainer->set_data(digits); !status) {
    std::fprintf(stderr, "%s\n", status.error().message.c_str());
    std::exit(2);
  }
  const int between = std::max(1, kImagesBetweenChecks / trainer->config().batch_size);
  const double gflop = flops_per_step(*trainer) / 1e9;
  Run run;
  double seconds = 0;
  while (run.size() < kGoals.size() && trainer->images_seen() < max_images) {
    const auto start = Clock::now();
    for (int i = 0; i < between; ++i) {
      if (!trainer->step()) return run;  // diverged
    }
    seconds += std::chrono::duration<double>(Clock::now() - start).count();
    const double share = confident_share(*trainer, classifier);
    while (run.size() < kGoals.size() && share >= kGoals[run.size()]) {
      run.push_back({static_cast<double>(trainer->images_seen()),
                     gflop * static_cast<double>(trainer->steps()), seconds});
    }
  }
  return run;
}

void print(const std::string& name, std::int64_t first, const std::vector<Run>& runs) {
  std::printf("%s\n", name.c_str());
  for (std::size_t goal = 0; goal < kGoals.size(); ++goal) {
    std::vector<Reached> reached;
    for (const Run& run : runs) {
      if (run.size() > goal) reached.push_back(run[goal]);
    }
    std::printf("  %2.0f %%: %2zu of %zu starts", 100 * kGoals[goal], reached.size(), runs.size());
    if (!reached.empty()) {
      std::sort(reached.begin(), reached.end(),
                [](const Reached& a, const Reached& b) { return a.images < b.images; });
      const Reached& median = reached[reached.size() / 2];
      const Reached& last = reached.back();
      std::printf("  median %7.0f images %7.1f GFLOP %6.2f s  slowest %7.0f images %7.1f GFLOP",
                  median.images, median.gflop, median.seconds, last.images, last.gflop);
    }
    std::puts("");
  }
  for (std::size_t start = 0; start < runs.size(); ++start) {
    std::printf("  seed %lld:", static_cast<long long>(first) + static_cast<long long>(start));
    for (const Reached& reached : runs[start]) std::printf(" %.0f", reached.images);
    std::puts("");
  }
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::int64_t> numbers;
  int next = 1;
  while (next < argc && std::atoll(argv[next]) > 0) numbers.push_back(std::atoll(argv[next++]));
  const std::int64_t starts = numbers.empty() ? 5 : numbers[0];
  const std::int64_t max_images = numbers.size() > 1 ? numbers[1] : 60'000;
  const std::int64_t first = numbers.size() > 2 ? numbers[2] : 1;
  ThreadPool pool(1);
  const auto file = or_exit(cli::read_file("assets/models/judge.safetensors", 16 << 20));
  const Judge judge = or_exit(load_judge(file, pool));
  const auto digits = or_exit(cli::load_digits("assets/mnist", Split::train)).samples;
  for (; next < argc; ++next) {
    const std::string name = argv[next];
    const bool is_json = name.starts_with('{');
    GanConfig config = or_exit(config_from_json(is_json ? name : "{\"preset\": \"" + name + "\"}"));
    std::vector<Run> runs;
    for (std::int64_t seed = first; seed < first + starts; ++seed) {
      config.seed = static_cast<std::uint64_t>(seed);
      runs.push_back(run(config, digits, *judge.classifier, max_images, pool));
    }
    print(name, first, runs);
  }
}
