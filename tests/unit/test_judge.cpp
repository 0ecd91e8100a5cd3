// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Coverage, training of the digit classifier, and the judge file.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "io/safetensors.h"
#include "judge/classifier_training.h"
#include "judge/judge_file.h"
#include "judge/quality.h"
#include "support/files.h"
#include "support/report.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

/// Images of bars with ten combinations of direction and length as classes.
std::shared_ptr<const Dataset> bars(int count) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(count) * DigitClassifier::kImageSize);
  std::vector<std::uint8_t> labels;
  for (int i = 0; i < count; ++i) {
    const int label = i % 10;
    labels.push_back(static_cast<std::uint8_t>(label));
    for (int at = 0; at < DigitClassifier::kImageSize; ++at) {
      const int y = at / 28;
      const int x = at % 28;
      // Horizontal or vertical, with five lengths, so that no shift maps one class to another.
      const int length = 8 + 4 * (label / 2);
      const bool inside = label % 2 == 0 ? std::abs(y - 13) < 2 && std::abs(x - 13) < length / 2
                                         : std::abs(x - 13) < 2 && std::abs(y - 13) < length / 2;
      pixels[static_cast<std::size_t>(i * DigitClassifier::kImageSize + at)] = inside ? 255 : 0;
    }
  }
  return std::make_shared<const Dataset>(
      Dataset::of_images(std::move(pixels), DigitClassifier::kImageSize, std::move(labels))
          .value());
}

std::vector<std::uint8_t> shipped_judge() {
  return read_file("assets/models/judge.safetensors");
}

ErrorCode error_of(std::span<const std::uint8_t> bytes) {
  ThreadPool pool(1);
  const auto judge = load_judge(bytes, pool);
  REQUIRE_FALSE(judge.ok());
  return judge.error().code;
}

}  // namespace

TEST_CASE("Coverage counts classes and confident samples", "[judge]") {
  const ClassifierOutputs outputs{
      .features = {}, .classes = {3, 3, 7, 0}, .confidences = {0.95f, 0.5f, 1.0f, 0.9f}};
  const Coverage coverage = coverage_of(outputs);
  CHECK(coverage.shares[3] == 0.5);
  CHECK(coverage.shares[7] == 0.25);
  CHECK(coverage.shares[0] == 0.25);
  CHECK(coverage.shares[1] == 0);
  CHECK(coverage.entropy == 1.5);
  CHECK(std::fabs(coverage.mean_confidence - 0.8375) < 1e-7);
  CHECK(coverage.confident == 0.5);  // 0.9 itself is not more than 0.9
  const std::vector<std::uint8_t> labels{3, 7, 7, 1};
  CHECK(class_accuracy(outputs, labels) == 0.5);
}

TEST_CASE("The digit classifier learns separable classes", "[judge]") {
  ThreadPool pool(2);
  const auto data = bars(1000);
  DigitClassifier classifier(1, pool);
  const double before = accuracy_on(classifier, *data);
  constexpr int kEpochs = 10;
  ClassifierTraining training(classifier, data, 1, kEpochs, pool);
  const double first_loss = training.run_epoch();
  double last_loss = first_loss;
  for (int epoch = 1; epoch < kEpochs; ++epoch) last_loss = training.run_epoch();
  report("accuracy on bars before training:", before);
  report("accuracy on bars after ten epochs:", accuracy_on(classifier, *data));
  CHECK(before < 0.5);
  CHECK(accuracy_on(classifier, *data) == 1);
  CHECK(last_loss < first_loss / 10);
}

TEST_CASE("A judge survives saving and loading", "[judge]") {
  ThreadPool pool(1);
  const Judge judge = load_judge(shipped_judge(), pool).value();
  CHECK(save_judge(judge) == shipped_judge());
  DigitClassifier& classifier = *judge.classifier;
  const std::vector<float> before(classifier.body().parameters().values(),
                                  classifier.body().parameters().values() + 100);
  round_to_half(classifier);  // its weights are rounded already
  CHECK(std::equal(before.begin(), before.end(), classifier.body().parameters().values()));
}

TEST_CASE("Rejects invalid judge files", "[judge]") {
  const auto bytes = shipped_judge();
  CHECK(error_of(std::span(bytes).first(bytes.size() / 2)) == ErrorCode::truncated);
  CHECK(error_of(read_file("assets/models/seed.safetensors")) == ErrorCode::bad_magic);

  const auto file = SafetensorsFile::parse(bytes).value();
  // The same file with one tensor omitted, or with one element of a tensor changed.
  const auto edited = [&](const std::string& omitted, const std::string& changed, float value) {
    SafetensorsWriter writer;
    writer.set_metadata("ganvas.judge", "1");
    for (const auto& [name, view] : file.tensors()) {
      if (name == omitted) continue;
      std::vector<float> values(view.shape.size());
      file.read(name, values);
      if (name == changed) values[1] = value;
      writer.add(name, view.shape, values);
    }
    return writer.finish();
  };
  CHECK(error_of(edited("head.0.bias", "", 0)) == ErrorCode::missing_tensor);
  CHECK(error_of(edited("reference.mean", "", 0)) == ErrorCode::missing_tensor);
  CHECK(error_of(edited("", "body.0.weight", NAN)) == ErrorCode::non_finite);
  CHECK(error_of(edited("", "reference.covariance", 1e6f)) == ErrorCode::malformed);
}

TEST_CASE("The Fréchet distance of statistics that are not finite is NaN", "[judge]") {
  for (const int size : {1, 2, 5}) {
    const FeatureStatistics whole{Eigen::VectorXd::Zero(size),
                                  Eigen::MatrixXd::Identity(size, size)};
    CHECK(frechet_distance(whole, whole) < 1e-12);
    for (const double bad : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
      for (int row = 0; row < size; ++row) {
        FeatureStatistics mean = whole;
        mean.mean[row] = bad;
        FeatureStatistics covariance = whole;
        covariance.covariance(row, 0) = covariance.covariance(0, row) = bad;
        for (const FeatureStatistics& broken : {mean, covariance}) {
          CHECK(std::isnan(frechet_distance(broken, whole)));
          CHECK(std::isnan(frechet_distance(whole, broken)));
        }
      }
    }
    FeatureStatistics large = whole;  // finite, but not its product
    large.covariance *= 1e200;
    CHECK(std::isnan(frechet_distance(large, large)));
  }
}
