// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The tensors of a judge file; see judge_file.h.
#include "judge/judge_file.h"

#include <Eigen/Core>
#include <array>
#include <string>
#include <utility>

#include "io/safetensors.h"

namespace ganvas {
namespace {

constexpr const char* kFormatKey = "ganvas.judge";
constexpr const char* kFormatValue = "1";
constexpr const char* kMean = "reference.mean";
constexpr const char* kCovariance = "reference.covariance";
const Shape kMeanShape{DigitClassifier::kFeatures};
const Shape kCovarianceShape{DigitClassifier::kFeatures, DigitClassifier::kFeatures};

struct Part {
  const char* prefix;
  Parameters<float>& parameters;
};

std::array<Part, 2> parts_of(DigitClassifier& classifier) {
  return {{{"body.", classifier.body().parameters()}, {"head.", classifier.head().parameters()}}};
}

}  // namespace

void round_to_half(DigitClassifier& classifier) {
  for (const Part& part : parts_of(classifier)) {
    for (std::size_t i = 0; i < part.parameters.flat_size(); ++i) {
      float& value = part.parameters.values()[i];
      value = static_cast<float>(Eigen::half(value));
    }
  }
}

std::vector<std::uint8_t> save_judge(const Judge& judge) {
  SafetensorsWriter writer;
  writer.set_metadata("format", "pt");
  writer.set_metadata(kFormatKey, kFormatValue);
  for (const Part& part : parts_of(*judge.classifier)) {
    for (const NamedTensor& tensor : part.parameters.list()) {
      writer.add(part.prefix + tensor.name, tensor.shape,
                 NamedTensors<float>::slice(part.parameters.values(), tensor), Dtype::f16);
    }
  }
  const Eigen::VectorXf mean = judge.reference.mean.cast<float>();
  const Eigen::MatrixXf covariance = judge.reference.covariance.cast<float>();
  writer.add(kMean, kMeanShape, {mean.data(), kMeanShape.size()});
  writer.add(kCovariance, kCovarianceShape, {covariance.data(), kCovarianceShape.size()});
  return writer.finish();
}

Result<Judge> load_judge(std::span<const std::uint8_t> bytes, ThreadPool& pool) {
  GANVAS_ASSIGN_OR_RETURN(const SafetensorsFile file, SafetensorsFile::parse(bytes));
  const std::string* format = file.metadata(kFormatKey);
  if (!format || *format != kFormatValue) {
    return Error{ErrorCode::bad_magic, "not a Ganvas judge file"};
  }
  Judge judge{std::make_unique<DigitClassifier>(/*seed=*/0, pool), {}};
  for (const Part& part : parts_of(*judge.classifier)) {
    for (const NamedTensor& tensor : part.parameters.list()) {
      const std::string name = part.prefix + tensor.name;
      GANVAS_RETURN_IF_ERROR(file.check(name, tensor.shape));
      file.read(name, NamedTensors<float>::slice(part.parameters.values(), tensor));
    }
  }
  GANVAS_RETURN_IF_ERROR(file.check(kMean, kMeanShape));
  GANVAS_RETURN_IF_ERROR(file.check(kCovariance, kCovarianceShape));
  Eigen::VectorXf mean(DigitClassifier::kFeatures);
  Eigen::MatrixXf covariance(DigitClassifier::kFeatures, DigitClassifier::kFeatures);
  file.read(kMean, {mean.data(), kMeanShape.size()});
  file.read(kCovariance, {covariance.data(), kCovarianceShape.size()});
  if (!covariance.isApprox(covariance.transpose())) {
    return Error{ErrorCode::malformed,
                 std::string("tensor '") + kCovariance + "' is not symmetric"};
  }
  judge.reference = {mean.cast<double>(), covariance.cast<double>()};
  return judge;
}

}  // namespace ganvas
