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

#include "gan/presets.h"
#include "judge/judge_file.h"
#include "judge/picture_judge.h"
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
using ganvas::wasm::nothing_or;
using ganvas::wasm::NothingOutcome;
using ganvas::wasm::union_of;

EMSCRIPTEN_DECLARE_VAL_TYPE(JudgeOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(CountOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(OutputsOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(NearestOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(QualityOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(PictureJudgeOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(PictureQualityOutcome)

/// Generated images: (n, size) finite numbers.
Result<std::vector<float>> copied_images(const Floats& array,
                                         std::size_t size = DigitClassifier::kImageSize) {
  auto images = emscripten::convertJSArrayToNumberVector<float>(array);
  if (images.empty() || images.size() % size != 0 || images.size() / size > kMaxSamples) {
    return Error{ErrorCode::shape_mismatch, "1 to " + std::to_string(kMaxSamples) + " images of " +
                                                std::to_string(size) +
                                                " numbers are judged per call, not " +
                                                std::to_string(images.size()) + " numbers"};
  }
  if (!std::ranges::all_of(images, [](float pixel) { return std::isfinite(pixel); })) {
    return Error{ErrorCode::non_finite, "a pixel is NaN or infinite"};
  }
  return images;
}

Error too_few_samples(int needed, std::size_t given) {
  return {ErrorCode::no_data, "at least " + std::to_string(needed) + " samples are needed, not " +
                                  std::to_string(given)};
}

/// Digits in the format of MNIST: (n, kImageSize) bytes.
Result<Dataset> copied_digits(const Bytes& array) {
  return Dataset::of_images(copied_bytes(array), DigitClassifier::kImageSize, {});
}

ganvas::ThreadPool& one_thread() {
  static ganvas::ThreadPool pool(1);
  return pool;
}

NearestOutcome nearest_outcome(const std::vector<Neighbour>& neighbours) {
  std::vector<std::uint32_t> indices;
  std::vector<float> distances;
  for (const Neighbour& neighbour : neighbours) {
    indices.push_back(static_cast<std::uint32_t>(neighbour.index));
    distances.push_back(neighbour.distance);
  }
  val object = val::object();
  object.set("indices", copied_array<std::uint32_t>(indices));
  object.set("distances", copied_array<float>(distances));
  return NearestOutcome(object);
}

class Judge {
 public:
  static JudgeOutcome create(const Bytes& bytes) {
    auto parts = ganvas::load_judge(copied_bytes(bytes), one_thread());
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
      return QualityOutcome(failure(
          too_few_samples(ganvas::kMinSamples, static_cast<std::size_t>(samples_.count()))));
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
    object.set("collapse", std::string(ganvas::name_of(quality.variety.state)));
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
    return nearest_outcome(ganvas::nearest_in(*training_, images.value()));
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

val compared(const ganvas::Compared& measure) {
  val object = val::object();
  object.set("samples", measure.samples);
  object.set("real", measure.real);
  object.set("spread", measure.spread);
  return object;
}

class PictureJudge {
 public:
  static PictureJudgeOutcome create(const Bytes& pixels, int channels, int side) {
    if (!ganvas::picture_shape_of(ganvas::Shape{channels, side, side}, 0)) {
      return PictureJudgeOutcome(
          failure({ErrorCode::shape_mismatch, "pictures of this shape are not judged"}));
    }
    auto core = ganvas::PictureJudge::create(copied_bytes(pixels), {channels, side}, one_thread());
    if (!core) return PictureJudgeOutcome(failure(core.error()));
    return PictureJudgeOutcome(val(std::make_shared<PictureJudge>(std::move(core).value())));
  }

  explicit PictureJudge(std::unique_ptr<ganvas::PictureJudge> core) : core_(std::move(core)) {}

  PictureQualityOutcome quality(const Floats& samples) {
    const std::size_t size = core_->pictures().extent().size();
    const auto images = copied_images(samples, size);
    if (!images) return PictureQualityOutcome(failure(images.error()));
    if (images.value().size() < ganvas::PictureJudge::kMinSamples * size) {
      return PictureQualityOutcome(failure(
          too_few_samples(ganvas::PictureJudge::kMinSamples, images.value().size() / size)));
    }
    const ganvas::PictureQuality quality = core_->quality(images.value());
    val object = val::object();
    object.set("count", quality.count);
    object.set("pictures", quality.pictures);
    object.set("nearest", compared(quality.nearest));
    object.set("copies", compared(quality.copies));
    object.set("density", compared(quality.density));
    object.set("coverage", compared(quality.coverage));
    object.set("diversity", compared(quality.diversity));
    object.set("verdict", std::string(ganvas::name_of(quality.verdict)));
    return PictureQualityOutcome(object);
  }

  NearestOutcome nearest(const Floats& samples) const {
    const auto images = copied_images(samples, core_->pictures().extent().size());
    if (!images) return NearestOutcome(failure(images.error()));
    return nearest_outcome(core_->pictures().nearest(images.value()));
  }

 private:
  std::unique_ptr<ganvas::PictureJudge> core_;
};

#define GANVAS_TS_COMPARED "{ samples: number; real: number; spread: number }"

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
  ganvas::wasm::declare_type<PictureJudgeOutcome>("PictureJudge | " GANVAS_TS_FAILURE);
#if defined(GANVAS_DECLARATIONS)
  static const std::string quality =
      "{ count: number; digitFid: number; precision: number | null; recall: number; classShares: "
      "Float64Array<ArrayBuffer>; classEntropy: number; meanConfidence: number; confident: number; "
      "classAccuracy: number | null; diversity: number; clarity: number; collapse: " +
      union_of<ganvas::CollapseState>() + " } | " GANVAS_TS_FAILURE;
  static const std::string picture_quality =
      "{ count: number; pictures: number; nearest: " GANVAS_TS_COMPARED
      "; copies: " GANVAS_TS_COMPARED "; density: " GANVAS_TS_COMPARED
      "; coverage: " GANVAS_TS_COMPARED "; diversity: " GANVAS_TS_COMPARED "; verdict: " +
      union_of<ganvas::PictureVerdict>() + " } | " GANVAS_TS_FAILURE;
  ganvas::wasm::declare_type<QualityOutcome>(quality.c_str());
  ganvas::wasm::declare_type<PictureQualityOutcome>(picture_quality.c_str());
#else
  ganvas::wasm::declare_type<QualityOutcome>("");
  ganvas::wasm::declare_type<PictureQualityOutcome>("");
#endif

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
  emscripten::class_<PictureJudge>("PictureJudge")
      .smart_ptr<std::shared_ptr<PictureJudge>>("PictureJudge")
      .function("quality", &PictureJudge::quality)
      .function("nearest", &PictureJudge::nearest);
  emscripten::function("createPictureJudge", &PictureJudge::create);
}
