// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `ganvas train`: determines a run from the command line and the checkpoint to resume, and reports
// all input errors before the first step.
#include <unistd.h>

#include <cmath>
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
#include "cli/mnist_files.h"
#include "cli/models.h"
#include "cli/training_run.h"
#include "data/distributions.h"
#include "data/epoch_order.h"
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
  std::string data = "assets/mnist";
  std::optional<std::string> out;
  std::optional<std::string> resume;
  std::pair<std::int64_t, std::string> samples{0, ""};
  double save_every = 5;  // minutes
  int keep = 0;
  std::optional<std::string> metrics;
  bool json = false;
};

using TrainerPointer = std::unique_ptr<Trainer<float>>;

Result<GanConfig> choose_config(const TrainOptions& options) {
  if (!options.config) {
    auto preset = find_preset(options.preset.value_or(kDefaultPreset));
    if (!preset) return error_of(preset.error());
    return std::move(preset).value();
  }
  return read_config_file(*options.config);
}

Result<TrainerPointer> new_trainer(const TrainOptions& options, ThreadPool& pool) {
  GANVAS_ASSIGN_OR_RETURN(GanConfig config, choose_config(options));
  config.seed = options.seed.value_or(config.seed);
  if (options.examples) {
    config.examples = *options.examples;
    config.examples_at_most = false;
  }
  if (options.points) {
    if (config.sample_size() != 2) {
      return Error{ErrorCode::invalid_argument,
                   "--points requires a preset for points, such as toy2d"};
    }
    config.data = *options.points;
  }
  return Trainer<float>::create(std::move(config), pool);
}

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

Result<std::shared_ptr<const Dataset>> load_training_data(const TrainOptions& options,
                                                          const GanConfig& config, int examples) {
  constexpr int kPoints = 20'000;
  if (config.data == "images") return load_digits(options.data, Split::train, examples);
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
  GANVAS_ASSIGN_OR_RETURN(const TrainerPointer trainer, options.resume
                                                            ? resumed_trainer(options, pool)
                                                            : new_trainer(options, pool));
  GANVAS_ASSIGN_OR_RETURN(
      CheckpointSaves saves,
      CheckpointSaves::open(
          {.out = std::move(out), .minutes = options.save_every, .keep = options.keep}));
  // A run that has seen data keeps its number of examples; see resumed_trainer().
  const bool any_number = trainer->config().examples == 0 || trainer->config().examples_at_most;
  const int examples = any_number ? options.examples.value_or(0) : trainer->config().examples;
  GANVAS_ASSIGN_OR_RETURN(std::shared_ptr<const Dataset> data,
                          load_training_data(options, trainer->config(), examples));
  GANVAS_RETURN_IF_ERROR(trainer->set_data(std::move(data)));

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
  return help + " [" + kDefaultPreset + "]";
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
      ->add_option("--examples", options.examples,
                   "Train on the first N digits or points [all; quick: 10000]")
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
  command
      ->add_option("--data", options.data,
                   "The folder with train-images-idx3-ubyte and train-labels-idx1-ubyte, each with "
                   "or without .gz")
      ->type_name("DIR")
      ->capture_default_str();
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
