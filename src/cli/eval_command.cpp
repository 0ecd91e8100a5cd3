// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `ganvas eval`: quality metrics of a generator's digits, or of its other pictures.
#include <algorithm>
#include <array>
#include <cstdio>
#include <format>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/mnist_files.h"
#include "cli/models.h"
#include "cli/picture_data.h"
#include "cli/picture_report.h"
#include "cli/sample_files.h"
#include "cli/text.h"
#include "io/json.h"
#include "judge/judge_file.h"
#include "judge/picture_judge.h"
#include "judge/quality.h"

namespace ganvas::cli {
namespace {

constexpr std::size_t kMaxJudgeSize = std::size_t{16} << 20;
constexpr int kComparedWithTraining = 1000;  // samples, each against all 60,000 digits
constexpr int kUnbiased = 10'000;            // samples that figures are published with
constexpr int kPictureSamples = 1000;        // of other pictures, by default

struct EvalOptions {
  std::optional<std::string> model;
  std::optional<std::string> config;
  bool real = false;
  std::string judge = "assets/models/judge.safetensors";
  PictureOptions pictures;
  std::optional<int> count;
  std::uint64_t seed = 1;
  int threads = default_threads();
  bool json = false;
};

/// The images to evaluate: a generator's samples, or training digits.
struct EvaluatedImages {
  std::vector<float> images;
  std::vector<std::uint8_t> labels;  // requested classes; empty if the generator is unconditional
};

struct Report {
  Quality quality;
  // Mean distance to the nearest training digit, of the samples and of test digits.
  std::optional<double> nearest;
  double nearest_of_unseen = 0;
};

Result<Judge> load_judge_file(const std::string& path, ThreadPool& pool) {
  GANVAS_ASSIGN_OR_RETURN(const std::vector<std::uint8_t> bytes, read_file(path, kMaxJudgeSize));
  Result<Judge> judge = load_judge(bytes, pool);
  if (!judge) {
    return Error{judge.error().code, "'" + path + "' cannot be used: " + judge.error().message};
  }
  return judge;
}

Result<EvaluatedImages> draw_evaluated(const EvalOptions& options, const LoadedModel& model,
                                       int count) {
  GANVAS_ASSIGN_OR_RETURN(Samples samples, draw_samples(*model.trainer, count, options.seed));
  EvaluatedImages evaluated{std::move(samples.images), {}};
  for (int i = 0; samples.classes > 0 && i < samples.count; ++i)
    evaluated.labels.push_back(static_cast<std::uint8_t>(i % samples.classes));
  return evaluated;
}

double mean_nearest(std::span<const float> images, const Dataset& training) {
  const std::size_t size = std::size_t{DigitClassifier::kImageSize};
  const std::size_t count = std::min<std::size_t>(images.size() / size, kComparedWithTraining);
  double sum = 0;
  for (const Neighbour& nearest : nearest_in(training, images.first(count * size)))
    sum += static_cast<double>(nearest.distance);
  return sum / static_cast<double>(count);
}

std::string percent(double share) {
  return std::format("{:.1f} %", 100 * share);
}

/// The same generator's digit-FID with fewer samples: conditional.safetensors; docs/quality.md.
struct Bias {
  int count;
  double digit_fid;
};
constexpr std::array kBiases{Bias{100, 46.7}, Bias{500, 11.4}, Bias{1000, 7.1}};
constexpr double kUnbiasedFid = 3.35;

void print_bias(int count) {
  if (count >= kUnbiased) return;
  const auto next = std::ranges::upper_bound(kBiases, count, {}, &Bias::count);
  const Bias& bias = *std::prev(next);
  std::printf(
      "             of %s samples, too few to compare with figures of other numbers: a generator "
      "of %.2f with 10,000 has %.1f with %s\n",
      grouped(count).c_str(), kUnbiasedFid, bias.digit_fid, grouped(bias.count).c_str());
}

void print_digits(const Report& report, int count) {
  const Quality& quality = report.quality;
  const Coverage& coverage = quality.coverage;
  std::printf("digit-FID    %.2f\n", quality.digit_fid);
  print_bias(count);
  if (quality.class_accuracy)
    std::printf("accuracy     %s are classified as the requested digit\n",
                percent(*quality.class_accuracy).c_str());
  std::printf("confidence   %s on average, above 90 %% for %s\n",
              percent(coverage.mean_confidence).c_str(), percent(coverage.confident).c_str());
  if (quality.precision)
    std::printf("precision    %s look like real digits\n", percent(*quality.precision).c_str());
  else
    std::puts("precision    -: the samples are not clear enough to be digits");
  std::printf("recall       %s of real digits are covered\n", percent(quality.recall).c_str());
  if (report.nearest) {
    std::printf("nearest      %.2f to the nearest training digit; unseen real digits are at %.2f\n",
                *report.nearest, report.nearest_of_unseen);
  }
  std::printf("entropy      %.2f bits of 3.32\n", coverage.entropy);
  std::printf(
      "collapse     %s: %.1f of 10 digits; diversity within them %s of that of real digits\n",
      std::string(collapse_state_name(quality.variety.state)).c_str(), quality.variety.classes,
      percent(quality.variety.diversity).c_str());
  std::printf("digits      ");
  for (int digit = 0; digit < DigitClassifier::kClasses; ++digit)
    std::printf(" %d: %s", digit,
                percent(coverage.shares[static_cast<std::size_t>(digit)]).c_str());
  std::puts("");
}

/// Prints an object whose other members `write` writes.
template <typename Write>
void print_json(const EvalOptions& options, int count, const Write& write) {
  rapidjson::StringBuffer text;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(text);
  writer.SetIndent(' ', 2);
  writer.SetFormatOptions(rapidjson::kFormatSingleLineArray);
  writer.StartObject();
  write_member(writer, "model", options.model ? valid_utf8(*options.model) : "real digits");
  write_member(writer, "count", count);
  write_member(writer, "seed", options.seed);
  write(writer);
  writer.EndObject();
  std::puts(text.GetString());
}

void write_digits(rapidjson::PrettyWriter<rapidjson::StringBuffer>& writer, const Report& report) {
  const Quality& quality = report.quality;
  write_member(writer, "digitFid", quality.digit_fid);
  if (quality.class_accuracy) write_member(writer, "classAccuracy", *quality.class_accuracy);
  write_member(writer, "meanConfidence", quality.coverage.mean_confidence);
  write_member(writer, "confident", quality.coverage.confident);
  if (quality.precision) write_member(writer, "precision", *quality.precision);
  write_member(writer, "recall", quality.recall);
  if (report.nearest) write_member(writer, "nearestTrainingDigit", *report.nearest);
  write_member(writer, "nearestTrainingDigitOfUnseen", report.nearest_of_unseen);
  write_member(writer, "classEntropy", quality.coverage.entropy);
  write_member(writer, "diversity", quality.variety.diversity);
  write_member(writer, "clarity", quality.variety.clarity);
  write_member(writer, "collapse", std::string(collapse_state_name(quality.variety.state)));
  writer.Key("classShares");
  writer.StartArray();
  for (const double share : quality.coverage.shares) writer.Double(share);
  writer.EndArray();
}

/// `model` is null for real digits.
Result<int> eval_digits(const EvalOptions& options, const LoadedModel* model, ThreadPool& pool) {
  const int count = options.count.value_or(kUnbiased);
  GANVAS_ASSIGN_OR_RETURN(const Judge judge, load_judge_file(options.judge, pool));
  GANVAS_ASSIGN_OR_RETURN(const std::shared_ptr<const Dataset> training,
                          load_digits(options.pictures.data, Split::train));
  GANVAS_ASSIGN_OR_RETURN(const std::shared_ptr<const Dataset> unseen,
                          load_digits(options.pictures.data, Split::test));
  EvaluatedImages evaluated;
  if (!model) {
    if (count > training->size()) {
      return Error{ErrorCode::invalid_argument,
                   "--count exceeds the " + std::to_string(training->size()) + " training digits"};
    }
    evaluated.images = images_of(*training, 0, count);
  } else {
    GANVAS_ASSIGN_OR_RETURN(evaluated, draw_evaluated(options, *model, count));
  }
  // Precision and recall compare sets of equal size.
  const int compared = std::min(count, unseen->size());
  Report report;
  report.quality =
      quality_of(classify(*judge.classifier, evaluated.images),
                 classify(*judge.classifier, *unseen, compared), judge.reference, evaluated.labels);
  // The nearest training digit of a training digit is itself.
  if (model) report.nearest = mean_nearest(evaluated.images, *training);
  report.nearest_of_unseen =
      mean_nearest(images_of(*unseen, 0, std::min(compared, kComparedWithTraining)), *training);
  if (options.json)
    print_json(options, count, [&](auto& writer) { write_digits(writer, report); });
  else
    print_digits(report, count);
  return kSuccess;
}

void keep_first(PictureSet& set, std::size_t count) {
  if (count == 0 || count >= set.count()) return;
  set.pixels.resize(set.pixels.size() / set.count() * count);
  if (!set.labels.empty()) set.labels.resize(count);
}

/// The pictures that the run learned from are the first of those at --data, in its own shape.
Result<int> eval_pictures(const EvalOptions& options, const LoadedModel& model,
                          const PictureExtents& extents, ThreadPool& pool) {
  const int count = options.count.value_or(kPictureSamples);
  PictureOptions pictures = options.pictures;
  pictures.side = extents.side;
  pictures.colour = extents.channels == 3;
  GANVAS_ASSIGN_OR_RETURN(PictureData data, load_pictures(pictures));
  const GanConfig& config = model.trainer->config();
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
  for (const std::string& note : data.notes) std::fprintf(stderr, "%s\n", one_line(note).c_str());
  GANVAS_ASSIGN_OR_RETURN(
      const std::unique_ptr<PictureJudge> judge,
      PictureJudge::create(std::move(data.set.pixels), {extents.channels, extents.side}, pool));
  GANVAS_ASSIGN_OR_RETURN(const Samples samples, draw_samples(*model.trainer, count, options.seed));
  const PictureQuality quality = judge->quality(samples.images);
  if (options.json)
    print_json(options, count, [&](auto& writer) {
      write_member(writer, "ofItsPictures", known);
      write_members(writer, quality);
    });
  else
    print_text(quality);
  return kSuccess;
}

Result<int> eval(const EvalOptions& options) {
  if (options.model.has_value() == options.real) {
    return Error{ErrorCode::invalid_argument, "eval needs either --model FILE or --real"};
  }
  ThreadPool pool(options.threads);
  if (options.real) return eval_digits(options, nullptr, pool);
  GANVAS_ASSIGN_OR_RETURN(const LoadedModel model,
                          load_model(*options.model, options.config, pool));
  const GanConfig& config = model.trainer->config();
  const auto extents = picture_extents(config.sample_shape);
  if (!extents || config.data != "images") {
    return Error{ErrorCode::invalid_argument,
                 "'" + *options.model + "' generates samples of shape " +
                     config.sample_shape.to_string() + "; only square pictures can be evaluated"};
  }
  const bool digits = config.sample_size() == DigitClassifier::kImageSize &&
                      config.class_names.empty() && config.pictures.empty();
  return digits ? eval_digits(options, &model, pool)
                : eval_pictures(options, model, *extents, pool);
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
      ->check(whole_number(100, 60'000))
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
