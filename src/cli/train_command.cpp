// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `ganvas train`: its options, and the files that it writes. All errors in what it is given are
// reported before the first step.
#include <unistd.h>

#include <algorithm>
#include <array>
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
#include "cli/ranks.h"
#include "cli/run_inputs.h"
#include "cli/sample_files.h"
#include "cli/text.h"
#include "cli/training_run.h"
#include "data/distributions.h"
#include "distributed/job.h"
#include "gan/presets.h"

namespace ganvas::cli {
namespace {

constexpr std::int64_t kMaxSteps = 1'000'000'000;
constexpr std::int64_t kMaxEpochs = 1'000'000;
constexpr std::int64_t kMaxExamples = 10'000'000;
constexpr double kMaxMinutes = 100'000;
constexpr std::int64_t kMaxCopies = 1000;
constexpr const char* kDefaultOut = "model.safetensors";

struct TrainOptions {
  RunOptions run;
  int threads = default_threads();
  std::optional<std::string> out;
  std::pair<std::int64_t, std::string> samples{0, ""};
  double save_every = 5;  // minutes
  int keep = 0;
  std::optional<std::string> metrics;
  bool json = false;
  std::string repeated;  // the options that a command that resumes this run has too
};

/// The path of the checkpoint. An existing file is replaced only if the user named it.
Result<std::string> choose_out(const TrainOptions& options) {
  if (options.out) return *options.out;
  if (options.run.resume) return *options.run.resume;
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

/// Outputs replace neither inputs nor each other, and do not become pictures of the set.
Status check_outputs(const TrainOptions& options, const std::string& checkpoint,
                     bool own_pictures) {
  const std::string& data = options.run.pictures.data;
  for (const std::string& out : {checkpoint, options.metrics.value_or("")}) {
    GANVAS_RETURN_IF_ERROR(check_replaces_nothing(data, out));
    GANVAS_RETURN_IF_ERROR(check_replaces_nothing(options.run.config.value_or(""), out));
  }
  const auto& [samples_every, samples_folder] = options.samples;
  if (samples_every > 0 && own_pictures)
    GANVAS_RETURN_IF_ERROR(check_adds_nothing(data, samples_folder));
  if (!options.metrics) return {};
  if (real_path(*options.metrics) == real_path(checkpoint)) {
    return Error{ErrorCode::invalid_argument,
                 "'" + checkpoint + "' is the checkpoint; choose another file for --metrics"};
  }
  return check_replaces_nothing(options.run.resume.value_or(""), *options.metrics);
}

/// What the leading rank writes.
struct RunFiles {
  CheckpointSaves saves;
  std::optional<MetricsFile> metrics;
};

Result<RunFiles> open_files(const TrainOptions& options, Trainer<float>& trainer) {
  GANVAS_ASSIGN_OR_RETURN(std::string out, choose_out(options));
  GANVAS_RETURN_IF_ERROR(check_outputs(options, out, !trainer.config().pictures.empty()));
  GANVAS_ASSIGN_OR_RETURN(
      CheckpointSaves saves,
      CheckpointSaves::open(
          {.out = std::move(out), .minutes = options.save_every, .keep = options.keep}));
  GANVAS_RETURN_IF_ERROR(saves.check_space(trainer));
  const auto& [samples_every, samples_folder] = options.samples;
  if (samples_every > 0) {
    GANVAS_RETURN_IF_ERROR(make_folder(samples_folder));
    GANVAS_RETURN_IF_ERROR(check_writable(samples_folder + "/step.png"));
  }
  RunFiles files{std::move(saves), std::nullopt};
  if (options.metrics) {
    GANVAS_ASSIGN_OR_RETURN(files.metrics, MetricsFile::open(*options.metrics, trainer.steps()));
  }
  return files;
}

Result<int> train_in(Job& job, const TrainOptions& options) {
  ThreadPool pool(options.threads);
  GANVAS_ASSIGN_OR_RETURN(const Run run, prepare_run(options.run, pool, job));
  Trainer<float>& trainer = *run.trainer;
  if (!job.leads()) {
    GANVAS_RETURN_IF_ERROR(job.agree({}));
    return follow_training(trainer, run.steps, job);
  }
  Result<RunFiles> files = open_files(options, trainer);
  GANVAS_RETURN_IF_ERROR(job.agree(files ? Status() : files.error()));
  std::optional<MetricsFile>& metrics = files.value().metrics;
  return run_training(trainer,
                      {.steps = run.steps,
                       .samples_every = options.samples.first,
                       .samples_folder = options.samples.second,
                       .style = choose_style(options),
                       .options = options.repeated},
                      files.value().saves, metrics ? &*metrics : nullptr, job);
}

Result<int> train(TrainOptions options) {
  if (!std::isfinite(options.save_every)) {
    return Error{ErrorCode::invalid_argument, "--save-every requires a number of minutes"};
  }
  if (options.keep > 0 && options.save_every == 0) {
    return Error{ErrorCode::invalid_argument,
                 "--keep keeps copies of the saves while training, and --save-every 0 makes none"};
  }
  return run_on_ranks([&](Job& job) {
    options.run.quiet = !job.leads();
    return train_in(job, options);
  });
}

std::string preset_help() {
  std::string help = "The GAN";
  for (const Preset& preset : presets()) {
    help += (help.ends_with(')') ? "; " : ": ") + std::string(preset.name) + " (" +
            std::string(preset.summary) + ")";
  }
  return help + " [digits: " + kDefaultPreset +
         "; 28 x 28 grey in ten classes with names: quick; other pictures: pictures]";
}

/// The given options that hold for a resumed run, too: those of its pictures and its files.
std::string repeated_options(const CLI::App& command) {
  static constexpr std::array<std::string_view, 5> kOnce{"--config", "--steps", "--epochs", "--out",
                                                         "--resume"};
  std::string text;
  for (const CLI::Option* option : command.get_options()) {
    if (option->count() == 0 || std::ranges::find(kOnce, option->get_name()) != kOnce.end())
      continue;
    text += " " + option->get_name();
    if (option->get_expected_max() == 0) continue;  // a flag
    for (const std::string& value : option->results()) text += " " + shell_word(value);
  }
  return text;
}

void add_run_options(CLI::App* command, TrainOptions& options) {
  CLI::Option* preset =
      command->add_option("--preset", options.run.preset, preset_help())->type_name("NAME");
  command
      ->add_option(
          "--config", options.run.config,
          "A JSON file with a \"preset\" and the values that differ from it, as "
          "assets/models/conditional.config.json; the error of an unknown key lists all keys")
      ->type_name("FILE")
      ->excludes(preset);
  CLI::Option* steps = command
                           ->add_option("--steps", options.run.steps,
                                        "Number of steps (with --resume: additional steps)")
                           ->transform(whole_number(1, kMaxSteps))
                           ->type_name("N");
  command
      ->add_option("--epochs", options.run.epochs,
                   "The same, in passes over the examples [" + std::to_string(kDefaultEpochs) + "]")
      ->transform(whole_number(1, kMaxEpochs))
      ->type_name("E")
      ->excludes(steps);
  command
      ->add_option(
          "--seed", options.run.seed,
          "Seed of weights, noise and data order; the same seed repeats the run exactly, with any "
          "number of threads [1]")
      ->transform(whole_number(0, kMaxSeed))
      ->type_name("S");
  command
      ->add_option(
          "--shards", options.run.shards,
          "Cut each batch into N parts, each with its own noise and batch-norm statistics; "
          "the processes that mpirun starts share them evenly, and any number of them gives "
          "the same result [1]")
      ->transform(whole_number(1, kMaxShards))
      ->type_name("N");
  command
      ->add_option(
          "--examples", options.run.examples,
          "Train on the first N pictures or points, of all classes in turn [all; quick: 10000]")
      ->transform(whole_number(1, kMaxExamples))
      ->type_name("N");
  std::string distributions;
  for (const std::string_view name : point_distribution_names()) {
    distributions += (distributions.empty() ? "" : ", ") + std::string(name);
  }
  command
      ->add_option("--points", options.run.points,
                   "The distribution of points for toy2d: " + distributions + " [ring]")
      ->type_name("NAME");
  add_picture_options(*command, options.run.pictures);
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
      ->add_option("--resume", options.run.resume,
                   "Resume from this checkpoint exactly as if the run had not stopped, with its "
                   "preset, seed and examples")
      ->type_name("FILE")
      ->excludes("--config");
  command
      ->add_option("--samples-every", options.samples,
                   "Every K steps, write a grid of the same 64 samples as DIR/step-NNNNNNNN.png")
      ->type_name("K DIR")
      ->transform(whole_number(1, kMaxSteps).application_index(0));
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
      ->transform(whole_number(0, kMaxCopies))
      ->type_name("N");
  command
      ->add_option("--metrics", options.metrics,
                   "Write a row for each step, as FILE.csv or FILE.jsonl, with epochs from 0; with "
                   "--resume the file is continued")
      ->type_name("FILE");
  command->add_flag("--json", options.json,
                    "Report on standard output, one JSON object per line: at most 100 with event "
                    "\"progress\", then one with \"done\", \"interrupted\", \"diverged\" or "
                    "\"failed\"; epochs count from 0, and losses are means over the steps since "
                    "the previous object");
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
  command->callback([options, command, &action] {
    options->repeated = repeated_options(*command);
    action = [options] { return train(*options); };
  });
}

}  // namespace ganvas::cli
