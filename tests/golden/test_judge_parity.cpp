// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Quality metrics and the shipped digit classifier against PyTorch (see judge.py).
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "golden/compare.h"
#include "judge/classifier_outputs.h"
#include "judge/collapse.h"
#include "judge/frechet.h"
#include "judge/judge_file.h"
#include "judge/neighbours.h"
#include "support/files.h"
#include "support/report.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

std::vector<float> floats_of(const SafetensorsFile& file, const std::string& name) {
  const auto tensor = GoldenTensor::from(file, name);
  REQUIRE_FALSE(tensor.values.empty());
  return {tensor.values.begin(), tensor.values.end()};
}

double number_of(const SafetensorsFile& file, const std::string& name) {
  const auto tensor = GoldenTensor::from(file, name);
  REQUIRE(tensor.values.size() == 1);
  return tensor.values[0];
}

FeatureStatistics statistics_of_rows(const std::vector<float>& rows, int features) {
  FeatureSums sums(features);
  // Adds the rows in two parts.
  const std::size_t part =
      rows.size() / static_cast<std::size_t>(features) / 3 * static_cast<std::size_t>(features);
  sums.add(std::span(rows).first(part));
  sums.add(std::span(rows).subspan(part));
  return sums.statistics();
}

}  // namespace

TEST_CASE("Statistics and the Fréchet distance match PyTorch in float64", "[judge][golden]") {
  const auto bytes = read_file("tests/golden/judge_metrics.safetensors");
  const auto file = SafetensorsFile::parse(bytes).value();
  const GoldenTensor mean = GoldenTensor::from(file, "mean");
  const int features = static_cast<int>(mean.values.size());
  const auto real = statistics_of_rows(floats_of(file, "real"), features);
  const auto fake = statistics_of_rows(floats_of(file, "fake"), features);
  const GoldenTensor our_mean{mean.shape, {real.mean.data(), real.mean.data() + features}};
  const GoldenTensor our_covariance{
      Shape{features, features},
      {real.covariance.data(), real.covariance.data() + features * features}};
  CHECK(distance(our_mean, mean) < 1e-12);
  CHECK(distance(our_covariance, GoldenTensor::from(file, "covariance")) < 1e-12);
  const double truth = number_of(file, "frechet");
  const double error = std::fabs(frechet_distance(real, fake) - truth) / truth;
  report("Fréchet distance against PyTorch's, relative:", error);
  CHECK(error < 1e-10);
  CHECK(std::fabs(frechet_distance(fake, real) - truth) / truth < 1e-10);
  CHECK(frechet_distance(real, real) < 1e-10);
}

TEST_CASE("Precision, recall, density, coverage and distances match PyTorch", "[judge][golden]") {
  const auto bytes = read_file("tests/golden/judge_metrics.safetensors");
  const auto file = SafetensorsFile::parse(bytes).value();
  const int features = GoldenTensor::from(file, "mean").shape[0];
  const auto real = floats_of(file, "real");
  const auto fake = floats_of(file, "fake");
  for (const int k : {1, 3}) {
    const PrecisionRecall ours = precision_recall(real, fake, features, k);
    CHECK(ours.precision == number_of(file, "precision" + std::to_string(k)));
    CHECK(ours.recall == number_of(file, "recall" + std::to_string(k)));
  }
  const DensityCoverage ours = density_coverage(real, fake, features, 5);
  CHECK(ours.density == number_of(file, "density5"));
  CHECK(ours.coverage == number_of(file, "coverage5"));
  CHECK(std::fabs(mean_distance(real, features) / number_of(file, "mean_distance") - 1) < 1e-6);
  std::vector<double> nearest;
  for (const Neighbour& neighbour : nearest_neighbours(fake, real, features)) {
    nearest.push_back(static_cast<double>(neighbour.distance));
  }
  const GoldenTensor truth = GoldenTensor::from(file, "nearest");
  CHECK(distance({truth.shape, nearest}, truth) < 1e-5);
}

TEST_CASE("Classes, diversity and clarity match PyTorch over all pairs", "[judge][golden]") {
  const auto bytes = read_file("tests/golden/judge_variety.safetensors");
  const auto file = SafetensorsFile::parse(bytes).value();
  const auto outputs_of = [&](const std::string& name) {
    ClassifierOutputs outputs;
    outputs.features = floats_of(file, name);
    for (const float seen : floats_of(file, name + "_classes")) {
      outputs.classes.push_back(static_cast<std::uint8_t>(seen));
    }
    outputs.confidences.resize(outputs.classes.size());
    return outputs;
  };
  const Variety ours = variety_of(outputs_of("fake"), outputs_of("real"), /*recall=*/0);
  CHECK(std::fabs(ours.diversity / number_of(file, "diversity") - 1) < 1e-10);
  CHECK(std::fabs(ours.clarity / number_of(file, "clarity") - 1) < 1e-10);
  CHECK(std::fabs(ours.classes / number_of(file, "classes") - 1) < 1e-10);
  CHECK(ours.state == CollapseState::collapsed);
}

TEST_CASE("The shipped digit classifier matches PyTorch with its weights", "[judge][golden]") {
  const auto judge_bytes = read_file("assets/models/judge.safetensors");
  const auto bytes = read_file("tests/golden/judge_opinions.safetensors");
  const auto file = SafetensorsFile::parse(bytes).value();
  ThreadPool pool(2);
  const auto loaded = load_judge(judge_bytes, pool);
  REQUIRE(loaded.ok());
  const auto images = floats_of(file, "images");
  const std::size_t count = images.size() / DigitClassifier::kImageSize;
  std::vector<float> features(count * DigitClassifier::kFeatures);
  std::vector<float> logits(count * DigitClassifier::kClasses);
  loaded.value().classifier->classify(images, features, logits);
  const GoldenTensor true_features = GoldenTensor::from(file, "features");
  const GoldenTensor true_logits = GoldenTensor::from(file, "logits");
  CHECK(distance({true_features.shape, {features.begin(), features.end()}}, true_features) < 2e-6);
  CHECK(distance({true_logits.shape, {logits.begin(), logits.end()}}, true_logits) < 2e-6);

  const ClassifierOutputs outputs = classify(*loaded.value().classifier, images);
  for (std::size_t i = 0; i < count; ++i) {
    double sum = 0;
    std::size_t largest = 0;
    for (std::size_t c = 0; c < DigitClassifier::kClasses; ++c) {
      const std::size_t at = i * DigitClassifier::kClasses + c;
      sum += std::exp(true_logits.values[at]);
      if (true_logits.values[at] > true_logits.values[i * DigitClassifier::kClasses + largest])
        largest = c;
    }
    const double truth =
        std::exp(true_logits.values[i * DigitClassifier::kClasses + largest]) / sum;
    CHECK(outputs.classes[i] == largest);
    CHECK(std::fabs(double(outputs.confidences[i]) - truth) < 1e-4);
  }
}
