// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `ganvas eval`: quality metrics of a generator's digits, or of its other pictures.
#include <algorithm>
#include <cstdio>
#include <format>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/digit_evaluation.h"
#include "cli/digit_report.h"
#include "cli/evaluation.h"
#include "cli/models.h"
#include "cli/picture_data.h"
#include "cli/picture_report.h"
#include "cli/ranks.h"
#include "cli/sample_files.h"
#include "cli/text.h"
#include "distributed/shared_rows.h"
#include "judge/digit_classifier.h"
#include "judge/picture_judge.h"

namespace ganvas::cli {
namespace {

constexpr int kPictureSamples = 1000;  // of other pictures, by default

void keep_first(PictureSet& set, std::size_t count) {
  if (count == 0 || count >= set.count()) return;
  set.pixels.resize(set.pixels.size() / set.count() * count);
  if (!set.labels.empty()) set.labels.resize(count);
}

/// A set of pictures that samples are compared with.
struct PictureInputs {
  std::unique_ptr<PictureJudge> judge;
  std::string id;
  bool known;  // whether the model learned from it
  std::vector<std::string> notes;
};

/// The pictures that the run learned from are the first of those at --data, in its own shape.
Result<PictureInputs> read_picture_inputs(const EvalOptions& options, const GanConfig& config,
                                          const PictureExtent& extent, ThreadPool& pool) {
  PictureOptions pictures = options.pictures;
  GANVAS_RETURN_IF_ERROR(keep_shape(pictures, extent));
  GANVAS_ASSIGN_OR_RETURN(PictureData data, load_pictures(pictures));
  // A run names all the pictures that there were when it began, or those that it was told to take.
  bool known = identity_of(data.set) == config.pictures;
  const auto examples = static_cast<std::size_t>(config.examples);
  if (!known && examples > 0 && examples < data.set.count()) {
    pictures.limit = config.examples;
    GANVAS_ASSIGN_OR_RETURN(data, load_pictures(pictures));
    known = identity_of(data.set) == config.pictures;
  }
  keep_first(data.set, examples);
  if (!known && pictures.data == PictureOptions().data) {
    return Error{ErrorCode::invalid_argument, "the model learned from other pictures than '" +
                                                  pictures.data + "': name them with --data"};
  }
  if (!known) data.notes.push_back("the model learned from other pictures than these");
  std::string id = id_of(data.set);
  GANVAS_ASSIGN_OR_RETURN(std::unique_ptr<PictureJudge> judge,
                          PictureJudge::create(std::move(data.set.pixels), extent, pool));
  return PictureInputs{std::move(judge), std::move(id), known, std::move(data.notes)};
}

/// What is measured of each of `count` samples, of which this rank has some.
PictureJudge::Measured measure_on_ranks(PictureJudge& judge, int count,
                                        std::span<const float> own_images, Job& job) {
  const auto features = static_cast<std::size_t>(judge.features());
  const std::size_t width = features + 2;  // and the nearest picture, and its distance
  std::vector<double> rows(static_cast<std::size_t>(count) * width);
  share_rows<double>(rows, width, kLanes, job, [&](Rows own) {
    const PictureJudge::Measured measured = judge.measure(own_images);
    for (std::size_t i = 0; i < own.count(); ++i) {
      double* row = &rows[(own.begin + i) * width];
      std::copy_n(&measured.features[i * features], features, row);
      row[features] = measured.nearest[i].index;
      row[features + 1] = double{measured.nearest[i].distance};
    }
  });
  PictureJudge::Measured all;
  for (std::size_t row = 0; row < rows.size(); row += width) {
    for (std::size_t i = 0; i < features; ++i)
      all.features.push_back(static_cast<float>(rows[row + i]));
    all.nearest.push_back({.index = static_cast<int>(rows[row + features]),
                           .distance = static_cast<float>(rows[row + features + 1])});
  }
  return all;
}

Result<int> eval_pictures(const EvalOptions& options, const LoadedModel& model,
                          const PictureExtent& extent, ThreadPool& pool, Job& job) {
  const int count = options.count.value_or(kPictureSamples);
  Result<PictureInputs> inputs =
      read_picture_inputs(options, model.trainer->config(), extent, pool);
  GANVAS_RETURN_IF_ERROR(job.agree(inputs ? Status() : inputs.error()));
  const auto& [judge, id, known, notes] = inputs.value();
  GANVAS_RETURN_IF_ERROR(job.check_same("set of pictures", id));
  for (const std::string& note : notes)
    if (job.leads()) std::fprintf(stderr, "%s\n", one_line(note).c_str());
  const Result<OwnSamples> own = draw_own(options, model, count, job);
  GANVAS_RETURN_IF_ERROR(job.agree(own ? Status() : own.error()));
  const PictureJudge::Measured measured = measure_on_ranks(*judge, count, own.value().images, job);
  if (!job.leads()) return kSuccess;
  const PictureQuality quality = judge->quality(measured);
  if (options.json)
    print_json(options, count, [&](auto& writer) {
      write_member(writer, "ofItsPictures", inputs.value().known);
      write_members(writer, quality);
    });
  else
    print_text(quality);
  return kSuccess;
}

Result<std::optional<LoadedModel>> load_evaluated(const EvalOptions& options, ThreadPool& pool) {
  if (options.real) return std::optional<LoadedModel>();
  GANVAS_ASSIGN_OR_RETURN(LoadedModel model, load_model(*options.model, options.config, pool));
  const GanConfig& config = model.trainer->config();
  if (!picture_extent(config.sample_shape) || config.data != "images") {
    return Error{ErrorCode::invalid_argument,
                 "'" + *options.model + "' generates samples of shape " +
                     config.sample_shape.to_string() + "; only square pictures can be evaluated"};
  }
  return std::optional(std::move(model));
}

Result<int> eval_on(const EvalOptions& options, Job& job) {
  ThreadPool pool(options.threads);
  const Result<std::optional<LoadedModel>> loaded = load_evaluated(options, pool);
  GANVAS_RETURN_IF_ERROR(job.agree(loaded ? Status() : loaded.error()));
  const std::optional<LoadedModel>& model = loaded.value();
  GANVAS_RETURN_IF_ERROR(job.check_same("model", model ? model->checksum : ""));
  GANVAS_RETURN_IF_ERROR(job.check_same("seed", std::to_string(options.seed)));
  GANVAS_RETURN_IF_ERROR(
      job.check_same("number of samples", std::to_string(options.count.value_or(0))));
  if (!model) return eval_digits(options, nullptr, pool, job);
  const GanConfig& config = model->trainer->config();
  const bool digits = config.sample_size() == DigitClassifier::kImageSize &&
                      config.class_names.empty() && config.pictures.empty();
  return digits ? eval_digits(options, &*model, pool, job)
                : eval_pictures(options, *model, *picture_extent(config.sample_shape), pool, job);
}

Result<int> eval(const EvalOptions& options) {
  if (options.model.has_value() == options.real) {
    return Error{ErrorCode::invalid_argument, "eval needs either --model FILE or --real"};
  }
  if (options.real && options.config) {
    return Error{ErrorCode::invalid_argument, "--config is for a model, and --real has none"};
  }
  return run_on_ranks([&](Job& job) { return eval_on(options, job); });
}

}  // namespace

void add_eval_command(CLI::App& app, Action& action) {
  const auto options = std::make_shared<EvalOptions>();
  CLI::App* command = app.add_subcommand("eval", "Measure the quality of a generator's pictures");
  command->add_option("--model", options->model, "A checkpoint, or an exported generator")
      ->type_name("FILE");
  add_config_option(*command, options->config);
  command->add_flag("--real", options->real,
                    "Evaluate the first digits of the training split instead, for comparison");
  command
      ->add_option("--count", options->count,
                   std::format("Number of samples [{}; other pictures than digits: {}]", kUnbiased,
                               kPictureSamples))
      ->transform(whole_number(100, 60'000))
      ->type_name("N");
  add_seed_option(*command, options->seed, "Seed of the samples");
  command->add_option("--judge", options->judge, "The digit classifier")
      ->type_name("FILE")
      ->capture_default_str();
  add_picture_options(*command, options->pictures);
  command->get_option("--data")->description(
      "What the run was trained on, as for train; for digits, the folder with the four MNIST "
      "files");
  add_threads_option(*command, options->threads, "results");
  command->add_flag("--json", options->json, "Print one JSON object");
  command->footer(
      "digit-FID is the Fréchet distance to MNIST's 10,000 test digits on the classifier's "
      "features\n"
      "(0 is best); it is not comparable with FID on Inception features. Precision and recall are\n"
      "those of Kynkäänniemi et al. 2019. collapse is healthy, narrowing (at least half of the\n"
      "variety of real digits is missing, between or within the digits), collapsed (at least "
      "three\n"
      "quarters are missing) or unclear (the samples do not look like digits yet).\n"
      "Other pictures are compared with those of --data, each number with that of real pictures\n"
      "beside it; density and coverage are those of Naeem et al. 2020, on a fixed random network.\n"
      "Examples:\n"
      "  ganvas eval --model model.safetensors\n"
      "  ganvas eval --real --json\n"
      "  ganvas eval --model drawings.safetensors --data drawings");
  command->callback([options, &action] { action = [options] { return eval(*options); }; });
}

}  // namespace ganvas::cli
