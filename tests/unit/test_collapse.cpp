// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The verdict on variety: by real digits of which some are left out, and by runs that collapse and
// runs that do not.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <vector>

#include "gan/trainer.h"
#include "io/config_json.h"
#include "judge/judge_file.h"
#include "judge/quality.h"
#include "support/digits.h"
#include "support/files.h"
#include "support/report.h"
#include "support/samples.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr int kCount = 500;

struct Bench {
  ThreadPool pool{2};
  Judge judge = load_judge(read_file("assets/models/judge.safetensors"), pool).value();
  std::shared_ptr<const Dataset> digits = first_digits(10000);
  // Those that the runs below do not train on.
  Opinions real = opinions_on(*judge.classifier, images_of(*digits, 9000, kCount));

  Variety variety(const std::vector<float>& images) {
    const Opinions samples = opinions_on(*judge.classifier, images);
    return quality_of(samples, real, judge.reference, {}).variety;
  }
};

/// Rows (n, kImageSize) of some of them.
std::vector<float> chosen(const std::vector<float>& images, const std::vector<std::size_t>& rows) {
  std::vector<float> some;
  for (const std::size_t row : rows) {
    const auto* first = images.data() + row * DigitClassifier::kImageSize;
    some.insert(some.end(), first, first + DigitClassifier::kImageSize);
  }
  return some;
}

/// What a run of the JSON's config has come to.
Variety after_training(Bench& bench, const std::string& config, int steps) {
  auto trainer =
      std::move(Trainer<float>::create(config_from_json(config).value(), bench.pool)).value();
  REQUIRE(trainer->set_data(bench.digits).ok());
  for (int step = 0; step < steps; ++step) REQUIRE(trainer->step().ok());
  std::vector<std::uint8_t> labels;
  for (int i = 0; i < kCount; ++i) labels.push_back(std::uint8_t(i % 10));
  return bench.variety(samples_of(*trainer, latents_for(*trainer, 7, kCount), labels));
}

std::string run_of(const std::string& differences) {
  return R"({"preset": "quick", "examples": 9000, )" + differences + R"("seed": 1})";
}

}  // namespace

TEST_CASE("Real digits are healthy, some of them narrowing, and few collapsed", "[judge]") {
  Bench bench;
  const std::vector<float> images = images_of(*bench.digits, 0, kCount);
  CHECK(bench.variety(images).state == CollapseState::healthy);

  const Opinions opinions = opinions_on(*bench.judge.classifier, images);
  const auto only = [&](std::uint8_t classes) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < opinions.classes.size(); ++i)
      if (opinions.classes[i] < classes) rows.push_back(i);
    return bench.variety(chosen(images, rows));
  };
  // However different from each other: of two digits of ten, most is missing.
  const Variety two = only(2);
  CHECK(two.diversity > 0.8);
  CHECK(two.state == CollapseState::collapsed);
  CHECK(only(4).state == CollapseState::narrowing);

  // One picture of each digit, as a conditional generator makes that ignores its noise.
  std::vector<std::size_t> rows;
  for (int i = 0; i < kCount; ++i) {
    const auto first = std::find(opinions.classes.begin(), opinions.classes.end(), i % 10);
    rows.push_back(std::size_t(first - opinions.classes.begin()));
  }
  const Variety ten = bench.variety(chosen(images, rows));
  CHECK(ten.classes > 9.9);
  CHECK(ten.diversity < 1e-6);
  CHECK(ten.state == CollapseState::collapsed);
}

TEST_CASE("What is no digit yet is not called collapsed", "[judge]") {
  Bench bench;
  // An untrained generator's samples, the mean of all digits, and noise: all alike to the judge.
  CHECK(after_training(bench, run_of(""), 0).state == CollapseState::unclear);

  const std::vector<float> images = images_of(*bench.digits, 0, kCount);
  constexpr std::size_t kSize = DigitClassifier::kImageSize;
  std::vector<float> blurs(images.size());
  for (std::size_t i = 0; i < images.size(); ++i)
    blurs[i % kSize] += images[i] / static_cast<float>(kCount);
  for (std::size_t i = kSize; i < blurs.size(); ++i) blurs[i] = blurs[i - kSize];
  CHECK(bench.variety(blurs).state == CollapseState::unclear);

  std::vector<float> noise = draw_latents<float>(3, images.size());
  for (float& pixel : noise) pixel = std::clamp(pixel, -1.0f, 1.0f);
  CHECK(bench.variety(noise).state == CollapseState::unclear);
}

TEST_CASE("A run that collapses is noticed, and one that does not is left alone", "[judge]") {
  Bench bench;
  // G takes eight steps for each of D's, and finds the one picture of each digit that D likes best.
  const Variety collapsed = after_training(bench, run_of(R"("generator": {"updates": 8}, )"), 300);
  report("diversity of a run that collapses:", collapsed.diversity);
  const Variety healthy = after_training(bench, run_of(""), 500);
  report("and of one that does not:", healthy.diversity);
  CHECK(collapsed.state == CollapseState::collapsed);
  CHECK(collapsed.classes > 8);
  CHECK(healthy.state == CollapseState::healthy);
}
