// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `ganvas train`: determines a run from the command line and the checkpoint to resume, and reports
// all input errors before the first step.
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/models.h"
#include "cli/picture_data.h"
#include "cli/sample_files.h"
#include "cli/text.h"
#include "cli/training_run.h"
#include "data/distributions.h"
#include "data/epoch_order.h"
#include "gan/check_config.h"
#include "gan/presets.h"

namespace ganvas::cli {
namespace {

constexpr std::int64_t kDefaultEpochs = 50;
constexpr std::int64_t kMaxSteps = 1'000'000'000;
constexpr std::int64_t kMaxEpochs = 1'000'000;
constexpr std::int64_t kMaxExamples = 10'000'000;
constexpr double kMaxMinutes = 100'000;
constexpr std::int64_t kMaxCopies = 1000;
constexpr const char* kDefaultPreset = "seed";
constexpr const char* kDefaultOut = "model.safetensors";

struct TrainOptions {
  std::optional<std::string> preset;
  std::optional<std::string> config;
  std::optional<std::int64_t> steps;
  std::optional<std::int64_t> epochs;
  std::optional<std::uint64_t> seed;
  std::optional<int> examples;
  std::optional<std::string> points;
  int threads = default_threads();
  PictureOptions pictures;
  std::optional<std::string> out;
  std::optional<std::string> resume;
  std::pair<std::int64_t, std::string> samples{0, ""};
  double save_every = 5;  // minutes
  int keep = 0;
  std::optional<std::string> metrics;
  bool json = false;
};

using TrainerPointer = std::unique_ptr<Trainer<float>>;

Error contradiction(const TrainOptions& options, const std::string& flag,
                    const std::string& saved) {
  return {ErrorCode::invalid_argument,
          flag + " contradicts '" + *options.resume + "', whose run has " + saved};
}

/// The checkpoint determines the run; options that repeat its values are accepted.
Result<TrainerPointer> resumed_trainer(const TrainOptions& options, ThreadPool& pool) {
  GANVAS_ASSIGN_OR_RETURN(LoadedModel model, load_run(*options.resume, pool));
  if (!model.trainer->trainable()) {
    return Error{
        ErrorCode::not_trainable,
        "'" + *options.resume + "' contains only networks; resuming requires a full checkpoint"};
  }
  const GanConfig& config = model.trainer->config();
  if (options.preset && *options.preset != config.preset) {
    return contradiction(options, "--preset " + *options.preset, "preset " + config.preset);
  }
  if (options.seed && *options.seed != config.seed) {
    return contradiction(options, "--seed " + std::to_string(*options.seed),
                         "seed " + std::to_string(config.seed));
  }
  if (options.examples && config.examples != 0 && *options.examples != config.examples) {
    return contradiction(options, "--examples " + std::to_string(*options.examples),
                         std::to_string(config.examples) + " examples");
  }
  if (options.points && *options.points != config.data) {
    return contradiction(options, "--points " + *options.points, config.data);
  }
  return std::move(model.trainer);
}

/// Reads pictures and tells what there is to say of them. What the user does not say of their form,
/// the networks' samples do.
Result<PictureSet> read_pictures(PictureOptions options, std::optional<PictureExtents> wanted) {
  if (wanted) {
    options.side = options.side.value_or(wanted->side);
    options.colour = options.colour.value_or(wanted->channels == 3);
  }
  GANVAS_ASSIGN_OR_RETURN(PictureData pictures, load_pictures(options));
  for (const std::string& note : pictures.notes)
    std::fprintf(stderr, "%s\n", one_line(note).c_str());
  return std::move(pictures.set);
}

Result<std::shared_ptr<const Dataset>> dataset_of(PictureSet set, const std::string& path) {
  Result<Dataset> dataset = Dataset::of_images(
      std::move(set.pixels), set.channels * set.side * set.side, std::move(set.labels));
  if (!dataset) return Error{dataset.error().code, "'" + path + "': " + dataset.error().message};
  return std::make_shared<const Dataset>(std::move(dataset).value());
}

Result<std::shared_ptr<const Dataset>> load_points(const GanConfig& config, int examples) {
  constexpr int kPoints = 20'000;
  if (config.data == kDrawnPoints) {
    return Error{
        ErrorCode::no_data,
        "this run trains on points drawn by hand, which only the page has; 'ganvas sample' "
        "can draw samples from its checkpoint"};
  }
  GANVAS_ASSIGN_OR_RETURN(std::vector<float> points,
                          draw_points(config.data, config.seed, examples > 0 ? examples : kPoints));
  GANVAS_ASSIGN_OR_RETURN(Dataset dataset,
                          Dataset::of_points(std::move(points), config.sample_size()));
  return std::make_shared<const Dataset>(std::move(dataset));
}

/// The number of examples that a run demands; 0: all that there are.
int demanded_examples(const TrainOptions& options, const GanConfig& config) {
  const bool any_number = config.examples == 0 || config.examples_at_most;
  return any_number ? options.examples.value_or(0) : config.examples;
}

/// The pictures of a run that goes on: all that there were when it began, or the first of them.
Result<PictureSet> find_pictures(PictureOptions options, const GanConfig& config, int examples) {
  for (const int limit : {examples, 0}) {
    options.limit = limit;
    GANVAS_ASSIGN_OR_RETURN(PictureSet set,
                            read_pictures(options, picture_extents(config.sample_shape)));
    if (identity_of(set) == config.pictures) return set;
    if (limit == 0) break;
  }
  const std::string learned = config.pictures.empty() ? "MNIST's digits" : "set " + config.pictures;
  return Error{ErrorCode::shape_mismatch,
               "'" + options.data + "' does not hold the pictures that the run learned from, " +
                   learned + ", or they are fitted differently"};
}

/// The data of a run whose config is given. A new run's config gets the id of its pictures.
Result<std::shared_ptr<const Dataset>> load_data(const TrainOptions& options, GanConfig& config) {
  const int examples = demanded_examples(options, config);
  if (config.data != "images") return load_points(config, examples);
  const PictureOptions& pictures = options.pictures;
  PictureOptions first = pictures;
  first.limit = examples;
  GANVAS_ASSIGN_OR_RETURN(
      PictureSet set, options.resume ? find_pictures(pictures, config, examples)
                                     : read_pictures(first, picture_extents(config.sample_shape)));
  // Sets without names, such as files that were moved, are told apart by their number of classes.
  const bool same = set.class_names.empty() ? set.classes == config.classes
                                            : set.class_names == config.class_names;
  if (!config.class_names.empty() && !same) {
    return Error{ErrorCode::shape_mismatch, "'" + pictures.data +
                                                "' does not have the classes of the run, " +
                                                joined(config.class_names)};
  }
  config.pictures = identity_of(set);
  return dataset_of(std::move(set), pictures.data);
}

struct Run {
  TrainerPointer trainer;
  std::shared_ptr<const Dataset> data;
};

/// The preset if the user names none: one for digits is of no use for drawings, nor the reverse.
const char* default_preset(const PictureSet* pictures) {
  if (!pictures) return kDefaultPreset;
  const bool as_mnist = pictures->channels == 1 && pictures->side == 28 && pictures->classes == 10;
  if (!as_mnist) return "pictures";
  return pictures->class_names.empty() ? kDefaultPreset : "quick";
}

Result<GanConfig> choose_config(const TrainOptions& options, const PictureSet* pictures) {
  if (options.config) return read_config_file(*options.config);
  const std::string name = options.preset.value_or(default_preset(pictures));
  auto config = pictures
                    ? find_preset(name, {pictures->channels, pictures->side, pictures->classes})
                    : find_preset(name);
  if (!config) return error_of(config.error());
  return std::move(config).value();
}

/// A preset is made for the pictures, while pictures are fitted to a config from a file.
Result<Run> new_run(const TrainOptions& options, ThreadPool& pool) {
  Run run;
  GANVAS_ASSIGN_OR_RETURN(GanConfig config, choose_config(options, nullptr));
  if (options.points && config.sample_size() != 2) {
    return Error{ErrorCode::invalid_argument,
                 "--points requires a preset for points, such as toy2d"};
  }
  if (!options.config && config.data == "images") {
    PictureOptions pictures = options.pictures;
    pictures.limit = options.examples.value_or(0);
    GANVAS_ASSIGN_OR_RETURN(PictureSet set, read_pictures(pictures, std::nullopt));
    GANVAS_ASSIGN_OR_RETURN(config, choose_config(options, &set));
    const std::optional<Problem> problem = find_problem(config);
    if (problem && problem->kind == ProblemKind::needs_classes) {
      return Error{ErrorCode::shape_mismatch,
                   "preset " + config.preset + " needs classes, and '" + pictures.data +
                       "' has none: put the pictures of each class into a folder of their own, or "
                       "the file of labels beside the pictures"};
    }
    if (config.classes > 0) config.class_names = set.class_names;
    config.pictures = identity_of(set);
    GANVAS_ASSIGN_OR_RETURN(run.data, dataset_of(std::move(set), pictures.data));
  }
  config.seed = options.seed.value_or(config.seed);
  if (options.examples) {
    config.examples = *options.examples;
    config.examples_at_most = false;
  }
  if (options.points) config.data = *options.points;
  if (!run.data) {
    GANVAS_ASSIGN_OR_RETURN(run.data, load_data(options, config));
  }
  GANVAS_ASSIGN_OR_RETURN(run.trainer, Trainer<float>::create(std::move(config), pool));
  return run;
}

Result<Run> resumed_run(const TrainOptions& options, ThreadPool& pool) {
  GANVAS_ASSIGN_OR_RETURN(TrainerPointer trainer, resumed_trainer(options, pool));
  GanConfig config = trainer->config();
  GANVAS_ASSIGN_OR_RETURN(std::shared_ptr<const Dataset> data, load_data(options, config));
  return Run{std::move(trainer), std::move(data)};
}

/// The path of the checkpoint. An existing file is replaced only if the user named it.
Result<std::string> choose_out(const TrainOptions& options) {
  if (options.out) return *options.out;
  if (options.resume) return *options.resume;
  if (std::filesystem::exists(kDefaultOut)) {
    return Error{ErrorCode::invalid_argument,
                 std::string("'") + kDefaultOut +
                     "' already exists: resume it with --resume, or set another output with --out"};
  }
  return std::string(kDefaultOut);
}

ProgressStyle choose_style(const TrainOptions& options) {
  if (options.json) return ProgressStyle::json;
  const char* terminal = std::getenv("TERM");
  const bool can_redraw = isatty(STDERR_FILENO) && terminal && std::string_view(terminal) != "dumb";
  return can_redraw ? ProgressStyle::bar : ProgressStyle::lines;
}

Result<int> train(const TrainOptions& options) {
  if (!std::isfinite(options.save_every)) {
    return Error{ErrorCode::invalid_argument, "--save-every requires a number of minutes"};
  }
  TrainingRun run{.steps = 0,
                  .samples_every = options.samples.first,
                  .samples_folder = options.samples.second,
                  .style = choose_style(options)};
  GANVAS_ASSIGN_OR_RETURN(std::string out, choose_out(options));
  ThreadPool pool(options.threads);
  // A run that has seen data keeps its number of examples; see resumed_trainer().
  GANVAS_ASSIGN_OR_RETURN(const Run inputs,
                          options.resume ? resumed_run(options, pool) : new_run(options, pool));
  const TrainerPointer& trainer = inputs.trainer;
  GANVAS_ASSIGN_OR_RETURN(
      CheckpointSaves saves,
      CheckpointSaves::open(
          {.out = std::move(out), .minutes = options.save_every, .keep = options.keep}));
  GANVAS_RETURN_IF_ERROR(trainer->set_data(inputs.data));

  const GanConfig& config = trainer->config();
  const EpochOrder order(config.seed, config.examples, config.batch_size);
  const std::int64_t steps_per_epoch =
      (order.batches_per_epoch() + config.discriminator.updates - 1) / config.discriminator.updates;
  run.steps = options.steps.value_or(options.epochs.value_or(kDefaultEpochs) * steps_per_epoch);
  GANVAS_RETURN_IF_ERROR(saves.check_space(*trainer));
  if (run.samples_every > 0) {
    GANVAS_RETURN_IF_ERROR(make_folder(run.samples_folder));
    GANVAS_RETURN_IF_ERROR(check_writable(run.samples_folder + "/step.png"));
  }
  std::optional<MetricsFile> metrics;
  if (options.metrics) {
    GANVAS_ASSIGN_OR_RETURN(metrics, MetricsFile::open(*options.metrics, trainer->steps()));
  }
  return run_training(*trainer, run, saves, metrics ? &*metrics : nullptr);
}

std::string preset_help() {
  std::string help = "The GAN:";
  for (const Preset& preset : presets()) {
    help += " " + std::string(preset.name) + " (" + std::string(preset.summary) + ")";
  }
  return help + " [digits: " + kDefaultPreset +
         "; 28 x 28 grey in ten classes with names: quick; other pictures: pictures]";
}

void add_run_options(CLI::App* command, TrainOptions& options) {
  CLI::Option* preset =
      command->add_option("--preset", options.preset, preset_help())->type_name("NAME");
  command
      ->add_option(
          "--config", options.config,
          "A JSON file with a \"preset\" and the values that differ from it, with the keys of a "
          "checkpoint's ganvas.config, \"generator\" and \"discriminator\" included")
      ->type_name("FILE")
      ->excludes(preset);
  CLI::Option* steps = command
                           ->add_option("--steps", options.steps,
                                        "Number of steps (with --resume: additional steps)")
                           ->check(whole_number(1, kMaxSteps))
                           ->type_name("N");
  command
      ->add_option("--epochs", options.epochs,
                   "The same, in passes over the examples [" + std::to_string(kDefaultEpochs) + "]")
      ->check(whole_number(1, kMaxEpochs))
      ->type_name("E")
      ->excludes(steps);
  command
      ->add_option(
          "--seed", options.seed,
          "Seed of weights, noise and data order; the same seed repeats the run exactly, with any "
          "number of threads [1]")
      ->check(whole_number(0, kMaxSeed))
      ->type_name("S");
  command
      ->add_option(
          "--examples", options.examples,
          "Train on the first N pictures or points, of all classes in turn [all; quick: 10000]")
      ->check(whole_number(1, kMaxExamples))
      ->type_name("N");
  std::string distributions;
  for (const std::string_view name : point_distribution_names()) {
    distributions += (distributions.empty() ? "" : ", ") + std::string(name);
  }
  command
      ->add_option("--points", options.points,
                   "The distribution of points for toy2d: " + distributions + " [ring]")
      ->type_name("NAME");
  add_picture_options(*command, options.pictures);
  add_threads_option(*command, options.threads, "result");
}

void add_output_options(CLI::App* command, TrainOptions& options) {
  command
      ->add_option("--out", options.out,
                   std::string("The checkpoint to write; an existing file is replaced [the file of "
                               "--resume; else ") +
                       kDefaultOut + ", if it does not exist yet]")
      ->type_name("FILE");
  command
      ->add_option("--resume", options.resume,
                   "Resume from this checkpoint exactly as if the run had not stopped, with its "
                   "preset, seed and examples")
      ->type_name("FILE")
      ->excludes("--config");
  command
      ->add_option("--samples-every", options.samples,
                   "Every K steps, write a grid of the same 64 samples as DIR/step-NNNNNNNN.png")
      ->type_name("K DIR")
      ->check(whole_number(1, kMaxSteps).application_index(0));
  command
      ->add_option("--save-every", options.save_every,
                   "Minutes between saves while training, which never take more than a hundredth "
                   "of the time; 0: only at the end")
      ->check(CLI::Range(0.0, kMaxMinutes))
      ->type_name("MINUTES")
      ->capture_default_str();
  command
      ->add_option("--keep", options.keep,
                   "At each of these saves, also write FILE-NNNNNNNN with the step, and keep the "
                   "newest N of them [0]")
      ->check(whole_number(0, kMaxCopies))
      ->type_name("N");
  command
      ->add_option("--metrics", options.metrics,
                   "Write a row for each step, as FILE.csv or FILE.jsonl; with --resume the file "
                   "is continued")
      ->type_name("FILE");
  command->add_flag("--json", options.json,
                    "Report on standard output, one JSON object per line: at most 100 with event "
                    "\"progress\", then one with \"done\", \"interrupted\", \"diverged\" or "
                    "\"failed\"; losses are means over the steps since the previous object");
}

}  // namespace

void add_train_command(CLI::App& app, Action& action) {
  const auto options = std::make_shared<TrainOptions>();
  CLI::App* command = app.add_subcommand("train", "Train a GAN, or resume a run");
  add_run_options(command, *options);
  add_output_options(command, *options);
  command->footer(
      "Ctrl-C finishes the step, saves the checkpoint and exits with code 130; a second Ctrl-C\n"
      "exits without saving.\n"
      "Examples:\n"
      "  ganvas train --epochs 50 --out model.safetensors\n"
      "  ganvas train --steps 2000 --examples 10000 --seed 7 --samples-every 500 grids\n"
      "  ganvas train --resume model.safetensors --epochs 10");
  command->callback([options, &action] { action = [options] { return train(*options); }; });
}

}  // namespace ganvas::cli
