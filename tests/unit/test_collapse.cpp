// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Detection of mode collapse on subsets of real digits, and on runs that do and do not collapse.
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

struct Fixture {
  ThreadPool pool{2};
  Judge judge = load_judge(read_file("assets/models/judge.safetensors"), pool).value();
  std::shared_ptr<const Dataset> digits = first_digits(10000);
  // Not used for training below.
  ClassifierOutputs real = classify(*judge.classifier, images_of(*digits, 9000, kCount));

  Variety variety(const std::vector<float>& images) {
    const ClassifierOutputs samples = classify(*judge.classifier, images);
    return quality_of(samples, real, judge.reference, {}).variety;
  }
};

/// The given rows of images (n, kImageSize).
std::vector<float> rows_of(const std::vector<float>& images, const std::vector<std::size_t>& rows) {
  std::vector<float> result;
  for (const std::size_t row : rows) {
    const auto* first = images.data() + row * DigitClassifier::kImageSize;
    result.insert(result.end(), first, first + DigitClassifier::kImageSize);
  }
  return result;
}

/// The variety of a generator's samples after training with a JSON config.
Variety after_training(Fixture& fixture, const std::string& config, int steps) {
  auto trainer =
      std::move(Trainer<float>::create(config_from_json(config).value(), fixture.pool)).value();
  REQUIRE(trainer->set_data(fixture.digits).ok());
  for (int step = 0; step < steps; ++step) REQUIRE(trainer->step().ok());
  std::vector<std::uint8_t> labels;
  for (int i = 0; i < kCount; ++i) labels.push_back(std::uint8_t(i % 10));
  return fixture.variety(samples_of(*trainer, latents_for(*trainer, 7, kCount), labels));
}

std::string run_of(const std::string& differences) {
  return R"({"preset": "quick", "examples": 9000, )" + differences + R"("seed": 1})";
}

}  // namespace

TEST_CASE("Real digits are healthy, four of them narrowing, and two collapsed", "[judge]") {
  Fixture fixture;
  const std::vector<float> images = images_of(*fixture.digits, 0, kCount);
  CHECK(fixture.variety(images).state == CollapseState::healthy);

  const ClassifierOutputs outputs = classify(*fixture.judge.classifier, images);
  const auto only = [&](std::uint8_t classes) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < outputs.classes.size(); ++i)
      if (outputs.classes[i] < classes) rows.push_back(i);
    return fixture.variety(rows_of(images, rows));
  };
  // Diverse samples, but eight of ten digits are missing.
  const Variety two = only(2);
  CHECK(two.diversity > 0.8);
  CHECK(two.state == CollapseState::collapsed);
  CHECK(only(4).state == CollapseState::narrowing);

  // One image per digit, like a conditional generator that ignores its noise.
  std::vector<std::size_t> rows;
  for (int i = 0; i < kCount; ++i) {
    const auto first = std::find(outputs.classes.begin(), outputs.classes.end(), i % 10);
    rows.push_back(std::size_t(first - outputs.classes.begin()));
  }
  const Variety ten = fixture.variety(rows_of(images, rows));
  CHECK(ten.classes > 9.9);
  CHECK(ten.diversity < 1e-6);
  CHECK(ten.state == CollapseState::collapsed);
}

TEST_CASE("Samples that do not look like digits are unclear, not collapsed", "[judge]") {
  Fixture fixture;
  // Samples of an untrained generator, the mean of all digits, and noise have similar features.
  CHECK(after_training(fixture, run_of(""), 0).state == CollapseState::unclear);

  const std::vector<float> images = images_of(*fixture.digits, 0, kCount);
  constexpr std::size_t kSize = DigitClassifier::kImageSize;
  std::vector<float> blurs(images.size());
  for (std::size_t i = 0; i < images.size(); ++i)
    blurs[i % kSize] += images[i] / static_cast<float>(kCount);
  for (std::size_t i = kSize; i < blurs.size(); ++i) blurs[i] = blurs[i - kSize];
  CHECK(fixture.variety(blurs).state == CollapseState::unclear);

  std::vector<float> noise = draw_latents<float>(3, images.size());
  for (float& pixel : noise) pixel = std::clamp(pixel, -1.0f, 1.0f);
  CHECK(fixture.variety(noise).state == CollapseState::unclear);
}

TEST_CASE("Plain grey has no precision, and no diversity below none", "[judge]") {
  Fixture fixture;
  for (const float level : {-1.0f, -0.3f, 0.0f, 0.4f}) {
    const std::vector<float> grey(std::size_t{kCount} * DigitClassifier::kImageSize, level);
    const ClassifierOutputs samples = classify(*fixture.judge.classifier, grey);
    const Quality quality = quality_of(samples, fixture.real, fixture.judge.reference, {});
    report("diversity of plain grey:", quality.variety.diversity);
    CHECK(quality.variety.state == CollapseState::unclear);
    CHECK_FALSE(quality.precision.has_value());
    CHECK(quality.variety.diversity >= 0);
  }
  const Quality real = quality_of(fixture.real, fixture.real, fixture.judge.reference, {});
  CHECK(real.precision == 1.0);
}

TEST_CASE("Detects a run that collapses, but not one that does not", "[judge]") {
  Fixture fixture;
  // With eight updates of G per update of D, G finds the image of each digit that D scores highest.
  const Variety collapsed =
      after_training(fixture, run_of(R"("generator": {"updates": 8}, )"), 300);
  report("diversity of a run that collapses:", collapsed.diversity);
  const Variety healthy = after_training(fixture, run_of(""), 500);
  report("diversity of a run that does not collapse:", healthy.diversity);
  CHECK(collapsed.state == CollapseState::collapsed);
  CHECK(collapsed.classes > 8);
  CHECK(healthy.state == CollapseState::healthy);
}
