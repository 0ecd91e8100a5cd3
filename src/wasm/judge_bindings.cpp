// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge as a separate JavaScript module, which the page loads only if quality metrics are
// needed; see values.h for conversions.
#include <emscripten/bind.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "judge/judge_file.h"
#include "judge/quality.h"
#include "wasm/out_of_memory.h"
#include "wasm/values.h"

namespace {

using emscripten::val;
using ganvas::ClassifierOutputs;
using ganvas::Dataset;
using ganvas::DigitClassifier;
using ganvas::Error;
using ganvas::ErrorCode;
using ganvas::Neighbour;
using ganvas::Quality;
using ganvas::Result;
using ganvas::Status;
using ganvas::wasm::Bytes;
using ganvas::wasm::copied_array;
using ganvas::wasm::copied_bytes;
using ganvas::wasm::failure;
using ganvas::wasm::Floats;
using ganvas::wasm::kMaxSamples;

EMSCRIPTEN_DECLARE_VAL_TYPE(JudgeOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(NothingOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(CountOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(OutputsOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(NearestOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(QualityOutcome)

NothingOutcome nothing_or(const Status& status) {
  return NothingOutcome(status ? val::null() : failure(status.error()));
}

/// Generated images: (n, kImageSize) finite numbers.
Result<std::vector<float>> copied_images(const Floats& array) {
  auto images = emscripten::convertJSArrayToNumberVector<float>(array);
  constexpr std::size_t kSize = DigitClassifier::kImageSize;
  if (images.empty() || images.size() % kSize != 0 || images.size() / kSize > kMaxSamples) {
    return Error{ErrorCode::shape_mismatch, "1 to " + std::to_string(kMaxSamples) + " images of " +
                                                std::to_string(kSize) +
                                                " pixels are classified per call, not " +
                                                std::to_string(images.size()) + " numbers"};
  }
  if (!std::ranges::all_of(images, [](float pixel) { return std::isfinite(pixel); })) {
    return Error{ErrorCode::non_finite, "a pixel is NaN or infinite"};
  }
  return images;
}

/// Digits in the format of MNIST: (n, kImageSize) bytes.
Result<Dataset> copied_digits(const Bytes& array) {
  return Dataset::of_images(copied_bytes(array), DigitClassifier::kImageSize, {});
}

class Judge {
 public:
  static JudgeOutcome create(const Bytes& bytes) {
    static ganvas::ThreadPool pool(1);
    auto parts = ganvas::load_judge(copied_bytes(bytes), pool);
    if (!parts) return JudgeOutcome(failure(parts.error()));
    return JudgeOutcome(val(std::make_shared<Judge>(std::move(parts).value())));
  }

  explicit Judge(ganvas::Judge parts) : parts_(std::move(parts)) {}

  NothingOutcome set_real(const Bytes& digits) { return nothing_or(take_real(digits)); }
  NothingOutcome set_training(const Bytes& digits) { return nothing_or(take_training(digits)); }

  /// Adds samples with their requested classes, which are empty for an unconditional generator.
  /// Returns the number of all samples so far.
  CountOutcome add(const Floats& samples, const Bytes& labels) {
    if (const Status status = take_samples(samples, copied_bytes(labels)); !status) {
      return CountOutcome(failure(status.error()));
    }
    return CountOutcome(val(samples_.count()));
  }

  void reset() {
    samples_ = {};
    labels_.clear();
  }

  QualityOutcome quality() const {
    if (!real_) {
      return QualityOutcome(failure({ErrorCode::no_data, "no real digits have been set"}));
    }
    if (samples_.count() < ganvas::kMinSamples) {
      return QualityOutcome(
          failure({ErrorCode::no_data, "at least " + std::to_string(ganvas::kMinSamples) +
                                           " samples are needed, not " +
                                           std::to_string(samples_.count())}));
    }
    const Quality quality = ganvas::quality_of(samples_, *real_, parts_.reference, labels_);
    val object = val::object();
    object.set("count", samples_.count());
    object.set("digitFid", quality.digit_fid);
    object.set("precision", quality.precision ? val(*quality.precision) : val::null());
    object.set("recall", quality.recall);
    object.set("classShares", copied_array<double>(quality.coverage.shares));
    object.set("classEntropy", quality.coverage.entropy);
    object.set("meanConfidence", quality.coverage.mean_confidence);
    object.set("confident", quality.coverage.confident);
    object.set("classAccuracy",
               quality.class_accuracy ? val(*quality.class_accuracy) : val::null());
    object.set("diversity", quality.variety.diversity);
    object.set("clarity", quality.variety.clarity);
    object.set("collapse", std::string(ganvas::collapse_state_name(quality.variety.state)));
    return QualityOutcome(object);
  }

  OutputsOutcome classify(const Floats& samples) {
    const auto images = copied_images(samples);
    if (!images) return OutputsOutcome(failure(images.error()));
    const ClassifierOutputs outputs = ganvas::classify(*parts_.classifier, images.value());
    val object = val::object();
    object.set("classes", copied_array<std::uint8_t>(outputs.classes));
    object.set("confidences", copied_array<float>(outputs.confidences));
    return OutputsOutcome(object);
  }

  NearestOutcome nearest(const Floats& samples) const {
    if (!training_) {
      return NearestOutcome(failure({ErrorCode::no_data, "no training digits have been set"}));
    }
    const auto images = copied_images(samples);
    if (!images) return NearestOutcome(failure(images.error()));
    std::vector<std::uint32_t> indices;
    std::vector<float> distances;
    for (const Neighbour& neighbour : ganvas::nearest_in(*training_, images.value())) {
      indices.push_back(static_cast<std::uint32_t>(neighbour.index));
      distances.push_back(neighbour.distance);
    }
    val object = val::object();
    object.set("indices", copied_array<std::uint32_t>(indices));
    object.set("distances", copied_array<float>(distances));
    return NearestOutcome(object);
  }

 private:
  Status take_real(const Bytes& digits) {
    GANVAS_ASSIGN_OR_RETURN(const Dataset data, copied_digits(digits));
    if (data.size() < ganvas::kMinSamples) {
      return Error{ErrorCode::invalid_argument, "at least " + std::to_string(ganvas::kMinSamples) +
                                                    " real digits are needed, not " +
                                                    std::to_string(data.size())};
    }
    real_ = ganvas::classify(*parts_.classifier, data, data.size());
    return {};
  }

  Status take_training(const Bytes& digits) {
    GANVAS_ASSIGN_OR_RETURN(training_, copied_digits(digits));
    return {};
  }

  Status take_samples(const Floats& samples, const std::vector<std::uint8_t>& labels) {
    GANVAS_ASSIGN_OR_RETURN(const std::vector<float> images, copied_images(samples));
    const std::size_t count = images.size() / DigitClassifier::kImageSize;
    if (static_cast<std::size_t>(samples_.count()) + count > kMaxSamples) {
      return Error{ErrorCode::invalid_argument,
                   "at most " + std::to_string(kMaxSamples) + " samples can be added"};
    }
    const bool same_kind = samples_.count() == 0 || labels.empty() == labels_.empty();
    const bool classes = std::ranges::all_of(
        labels, [](std::uint8_t digit) { return digit < DigitClassifier::kClasses; });
    if (!same_kind || !classes || (!labels.empty() && labels.size() != count)) {
      return Error{ErrorCode::invalid_argument,
                   "labels must be one digit per sample, for all samples or for none"};
    }
    samples_.append(ganvas::classify(*parts_.classifier, images));
    labels_.insert(labels_.end(), labels.begin(), labels.end());
    return {};
  }

  ganvas::Judge parts_;
  std::optional<ClassifierOutputs> real_;
  std::optional<Dataset> training_;
  ClassifierOutputs samples_;
  std::vector<std::uint8_t> labels_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(ganvas_judge) {
  ganvas::wasm::throw_when_out_of_memory();
  ganvas::wasm::declare_type<Bytes>("Uint8Array");
  ganvas::wasm::declare_type<Floats>("Float32Array");
  ganvas::wasm::declare_type<JudgeOutcome>("Judge | " GANVAS_TS_FAILURE);
  ganvas::wasm::declare_type<NothingOutcome>("null | " GANVAS_TS_FAILURE);
  ganvas::wasm::declare_type<CountOutcome>("number | " GANVAS_TS_FAILURE);
  ganvas::wasm::declare_type<OutputsOutcome>(
      "{ classes: Uint8Array<ArrayBuffer>; confidences: Float32Array<ArrayBuffer> } "
      "| " GANVAS_TS_FAILURE);
  ganvas::wasm::declare_type<NearestOutcome>(
      "{ indices: Uint32Array<ArrayBuffer>; distances: Float32Array<ArrayBuffer> } "
      "| " GANVAS_TS_FAILURE);
  ganvas::wasm::declare_type<QualityOutcome>(
      "{ count: number; digitFid: number; precision: number | null; recall: number; classShares: "
      "Float64Array<ArrayBuffer>; classEntropy: number; meanConfidence: number; confident: number; "
      "classAccuracy: number | null; diversity: number; clarity: number; collapse: \"unclear\" | "
      "\"healthy\" | \"narrowing\" | \"collapsed\" } "
      "| " GANVAS_TS_FAILURE);

  emscripten::class_<Judge>("Judge")
      .smart_ptr<std::shared_ptr<Judge>>("Judge")
      .function("setReal", &Judge::set_real)
      .function("setTraining", &Judge::set_training)
      .function("add", &Judge::add)
      .function("reset", &Judge::reset)
      .function("quality", &Judge::quality)
      .function("opinions", &Judge::classify)
      .function("nearest", &Judge::nearest);
  emscripten::function("createJudge", &Judge::create);
}
