// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Shares the classifier's work and the search for nearest digits among ranks; see
// digit_evaluation.h.
#include "cli/digit_evaluation.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/digit_report.h"
#include "cli/files.h"
#include "cli/mnist_files.h"
#include "cli/sample_files.h"
#include "io/checksum.h"
#include "io/safetensors.h"
#include "judge/judge_file.h"
#include "judge/quality.h"

namespace ganvas::cli {
namespace {

constexpr std::size_t kMaxJudgeSize = std::size_t{16} << 20;
constexpr int kComparedWithTraining = 1000;  // samples, each against all 60,000 digits

/// The first `count` samples, all of which ranks have drawn without an error.
std::vector<float> draw_first(const EvalOptions& options, const LoadedModel& model, int count,
                              const OwnSamples& own, Job& job) {
  constexpr std::size_t kSize = DigitClassifier::kImageSize;
  std::vector<float> first(static_cast<std::size_t>(count) * kSize);
  share_rows<float>(first, kSize, kLanes, job, [&](Rows rows) {
    float* const to = first.data() + rows.begin * kSize;
    if (own.rows.begin <= rows.begin && rows.end <= own.rows.end) {
      std::copy_n(own.images.data() + (rows.begin - own.rows.begin) * kSize, rows.count() * kSize,
                  to);
    } else {
      std::ranges::copy(draw_images(*model.trainer, options.seed, rows).value(), to);
    }
  });
  return first;
}

/// The mean distance of images to the nearest training digit. Each rank looks for it in its part of
/// the digits.
double mean_nearest(std::span<const float> images, const Dataset& training, Job& job) {
  const std::size_t count = images.size() / std::size_t{DigitClassifier::kImageSize};
  const auto ranks = static_cast<std::size_t>(job.ranks());
  const auto rank = static_cast<std::size_t>(job.rank());
  const Rows own = part_of(static_cast<std::size_t>(training.size()), kNearestChunk, job);
  const auto nearest =
      nearest_in(training, static_cast<int>(own.begin), static_cast<int>(own.end), images);
  std::vector<double> distances(ranks * count);
  std::ranges::transform(nearest, distances.begin() + static_cast<std::ptrdiff_t>(rank * count),
                         [](const Neighbour& found) { return double{found.distance}; });
  job.exchange().share(distances);
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    double least = distances[i];
    for (std::size_t r = 1; r < ranks; ++r) least = std::min(least, distances[r * count + i]);
    sum += least;
  }
  return sum / static_cast<double>(count);
}

/// The classifier's outputs for `count` images, of which images(rows) makes some.
template <typename Images>
ClassifierOutputs classify_on_ranks(DigitClassifier& classifier, int count, Job& job,
                                    const Images& images) {
  constexpr std::size_t kFeatures = DigitClassifier::kFeatures;
  constexpr std::size_t kWidth = kFeatures + 2;  // and the class, and its probability
  std::vector<float> rows(static_cast<std::size_t>(count) * kWidth);
  share_rows<float>(rows, kWidth, kLanes, job, [&](Rows own) {
    const ClassifierOutputs outputs = classify(classifier, images(own));
    for (std::size_t i = 0; i < own.count(); ++i) {
      float* row = &rows[(own.begin + i) * kWidth];
      std::copy_n(&outputs.features[i * kFeatures], kFeatures, row);
      row[kFeatures] = static_cast<float>(outputs.classes[i]);
      row[kFeatures + 1] = outputs.confidences[i];
    }
  });
  ClassifierOutputs outputs;
  for (auto row = rows.begin(); row < rows.end(); row += kWidth) {
    outputs.features.insert(outputs.features.end(), row, row + kFeatures);
    outputs.classes.push_back(static_cast<std::uint8_t>(row[kFeatures]));
    outputs.confidences.push_back(row[kFeatures + 1]);
  }
  return outputs;
}

/// What digits are evaluated with.
struct DigitInputs {
  Judge judge;
  std::string judge_checksum;
  Digits training;
  Digits unseen;
};

Result<DigitInputs> read_digit_inputs(const EvalOptions& options, ThreadPool& pool) {
  PictureOptions as_stored = options.pictures;
  GANVAS_RETURN_IF_ERROR(keep_shape(as_stored, {.channels = 1, .side = 28}));
  if (as_stored.invert || as_stored.transpose) {
    return Error{ErrorCode::invalid_argument,
                 "digits are compared as they are stored: leave out --invert and --transpose"};
  }
  GANVAS_ASSIGN_OR_RETURN(const std::vector<std::uint8_t> judge_file,
                          read_file(options.judge, kMaxJudgeSize));
  Result<Judge> judge = load_judge(judge_file, pool);
  if (!judge) {
    return Error{judge.error().code,
                 "'" + options.judge + "' cannot be used: " + judge.error().message};
  }
  GANVAS_ASSIGN_OR_RETURN(const SafetensorsFile parsed, SafetensorsFile::parse(judge_file));
  GANVAS_ASSIGN_OR_RETURN(Digits training, load_digits(options.pictures.data, Split::train));
  GANVAS_ASSIGN_OR_RETURN(Digits unseen, load_digits(options.pictures.data, Split::test));
  if (unseen.samples->size() < kMinSamples) {
    return Error{ErrorCode::no_data, "at least " + std::to_string(kMinSamples) +
                                         " test digits are needed, and '" + options.pictures.data +
                                         "' has " + std::to_string(unseen.samples->size())};
  }
  if (options.real && options.count.value_or(kUnbiased) > training.samples->size()) {
    return Error{
        ErrorCode::invalid_argument,
        "--count exceeds the " + std::to_string(training.samples->size()) + " training digits"};
  }
  return DigitInputs{std::move(judge).value(), checksum_of(parsed), std::move(training),
                     std::move(unseen)};
}

}  // namespace

Result<int> eval_digits(const EvalOptions& options, const LoadedModel* model, ThreadPool& pool,
                        Job& job) {
  const int count = options.count.value_or(kUnbiased);
  Result<DigitInputs> inputs = read_digit_inputs(options, pool);
  GANVAS_RETURN_IF_ERROR(job.agree(inputs ? Status() : inputs.error()));
  const auto& [judge, judge_checksum, training, unseen] = inputs.value();
  GANVAS_RETURN_IF_ERROR(job.check_same("judge", judge_checksum));
  GANVAS_RETURN_IF_ERROR(job.check_same("set of digits", training.id + unseen.id));
  const Result<OwnSamples> own =
      model ? draw_own(options, *model, count, job) : Result<OwnSamples>(OwnSamples{});
  GANVAS_RETURN_IF_ERROR(job.agree(own ? Status() : own.error()));
  const auto images_of_rows = [](const Dataset& digits) {
    return [&digits](Rows rows) {
      return images_of(digits, static_cast<int>(rows.begin), static_cast<int>(rows.count()));
    };
  };
  const auto own_images = [&](Rows) -> const std::vector<float>& { return own.value().images; };
  const ClassifierOutputs samples =
      model ? classify_on_ranks(*judge.classifier, count, job, own_images)
            : classify_on_ranks(*judge.classifier, count, job, images_of_rows(*training.samples));
  // Precision and recall compare sets of equal size.
  const int compared = std::min(count, unseen.samples->size());
  const ClassifierOutputs real =
      classify_on_ranks(*judge.classifier, compared, job, images_of_rows(*unseen.samples));
  const int near = std::min(compared, kComparedWithTraining);
  DigitReport report;
  // The nearest training digit of a training digit is itself.
  if (model) {
    const std::vector<float> first =
        draw_first(options, *model, std::min(count, kComparedWithTraining), own.value(), job);
    report.nearest = mean_nearest(first, *training.samples, job);
  }
  report.nearest_of_unseen =
      mean_nearest(images_of(*unseen.samples, 0, near), *training.samples, job);
  if (!job.leads()) return kSuccess;
  const int classes = model ? model->trainer->config().classes : 0;
  std::vector<std::uint8_t> requested;  // none if the generator is unconditional
  for (int i = 0; classes > 0 && i < count; ++i)
    requested.push_back(static_cast<std::uint8_t>(i % classes));
  report.quality = quality_of(samples, real, judge.reference, requested);
  if (options.json)
    print_json(options, count, [&](auto& writer) { write_members(writer, report); });
  else
    print_text(report, count);
  return kSuccess;
}

}  // namespace ganvas::cli
