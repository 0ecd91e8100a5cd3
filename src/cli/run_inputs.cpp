// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Presets, checkpoints and data of a run; see run_inputs.h.
#include "cli/run_inputs.h"

#include <cstdio>
#include <utility>
#include <vector>

#include "base/joined.h"
#include "cli/models.h"
#include "cli/text.h"
#include "data/distributions.h"
#include "data/epoch_order.h"
#include "gan/check_config.h"
#include "gan/presets.h"
#include "io/config_json.h"
#include "pictures/picture_set.h"

namespace ganvas::cli {
namespace {

Error contradiction(const RunOptions& options, const std::string& flag, const std::string& saved) {
  return {ErrorCode::invalid_argument,
          flag + " contradicts '" + *options.resume + "', whose run has " + saved};
}

/// The checkpoint determines the run; options that repeat its values are accepted.
Result<LoadedModel> load_resumed(const RunOptions& options, ThreadPool& pool, Job& job) {
  GANVAS_ASSIGN_OR_RETURN(LoadedModel model, load_run(*options.resume, pool, job.exchange()));
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
  if (options.shards && *options.shards != config.shards) {
    return contradiction(options, "--shards " + std::to_string(*options.shards),
                         std::to_string(config.shards) + " shards");
  }
  if (options.points && *options.points != config.data) {
    return contradiction(options, "--points " + *options.points, config.data);
  }
  return model;
}

/// The pictures, after telling what there is to say of them.
PictureSet told(PictureData pictures, bool quiet) {
  for (const std::string& note : pictures.notes)
    if (!quiet) std::fprintf(stderr, "%s\n", one_line(note).c_str());
  return std::move(pictures.set);
}

/// Reads pictures as networks that there are already want them.
Result<PictureData> read_pictures(PictureOptions options, std::optional<PictureExtent> wanted) {
  if (wanted) GANVAS_RETURN_IF_ERROR(keep_shape(options, *wanted));
  return load_pictures(options);
}

Result<Data> data_of(PictureSet set, const std::string& path) {
  std::string id = id_of(set);
  Result<Dataset> dataset = Dataset::of_images(
      std::move(set.pixels), set.channels * set.side * set.side, std::move(set.labels));
  if (!dataset) return Error{dataset.error().code, "'" + path + "': " + dataset.error().message};
  return Data{std::make_shared<const Dataset>(std::move(dataset).value()), std::move(id)};
}

Result<Data> load_points(const GanConfig& config, int examples) {
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
  return Data{std::make_shared<const Dataset>(std::move(dataset)), ""};
}

/// The number of examples that a run demands; 0: all that there are.
int demanded_examples(const RunOptions& options, const GanConfig& config) {
  const bool any_number = config.examples == 0 || config.examples_at_most;
  return any_number ? options.examples.value_or(0) : config.examples;
}

/// The pictures of a run that goes on: all that there were when it began, or the first of them.
Result<PictureData> find_pictures(PictureOptions options, const GanConfig& config, int examples) {
  for (const int limit : {examples, 0}) {
    options.limit = limit;
    GANVAS_ASSIGN_OR_RETURN(PictureData pictures,
                            read_pictures(options, picture_extent(config.sample_shape)));
    if (identity_of(pictures.set) == config.pictures) return pictures;
    if (limit == 0) break;
  }
  const std::string learned = config.pictures.empty() ? "MNIST's digits" : "set " + config.pictures;
  return Error{ErrorCode::shape_mismatch,
               "'" + options.data + "' does not hold the pictures that the run learned from (" +
                   learned + "): name them with --data, fitted by the same options as before"};
}

/// The data of a run whose config is given. A new run's config gets the id of its pictures.
Result<Data> load_data(const RunOptions& options, GanConfig& config) {
  const int examples = demanded_examples(options, config);
  const PictureOptions& pictures = options.pictures;
  if (config.data != "images") {
    if (pictures == PictureOptions()) return load_points(config, examples);
    return Error{ErrorCode::invalid_argument,
                 "this run trains on points: leave out --data and the options for pictures"};
  }
  PictureOptions first = pictures;
  first.limit = examples;
  GANVAS_ASSIGN_OR_RETURN(
      PictureData read, options.resume ? find_pictures(pictures, config, examples)
                                       : read_pictures(first, picture_extent(config.sample_shape)));
  PictureSet set = told(std::move(read), options.quiet);
  if (!options.resume && config.classes > 0) {
    if (config.classes != set.classes) {
      return Error{ErrorCode::shape_mismatch,
                   "'" + pictures.data + "' has " + std::to_string(set.classes) +
                       " classes, and the config wants " + std::to_string(config.classes)};
    }
    if (config.class_names.empty()) config.class_names = set.class_names;
  }
  // Sets without names, such as files that were moved, are told apart by their number of classes.
  const bool same = set.class_names.empty() ? set.classes == config.classes
                                            : set.class_names == config.class_names;
  if (!config.class_names.empty() && !same) {
    return Error{ErrorCode::shape_mismatch, "'" + pictures.data +
                                                "' does not have the classes of the run, " +
                                                joined(config.class_names)};
  }
  config.pictures = identity_of(set);
  return data_of(std::move(set), pictures.data);
}

/// The preset if the user names none: one for digits is of no use for drawings, nor the reverse.
const char* default_preset(const PictureSet* pictures) {
  if (!pictures) return kDefaultPreset;
  const bool as_mnist = pictures->channels == 1 && pictures->side == 28 && pictures->classes == 10;
  if (!as_mnist) return "pictures";
  return pictures->class_names.empty() ? kDefaultPreset : "quick";
}

Result<GanConfig> choose_config(const RunOptions& options, const PictureSet* pictures) {
  if (options.config) return read_config_file(*options.config);
  const std::string name = options.preset.value_or(default_preset(pictures));
  auto config = pictures
                    ? find_preset(name, {pictures->channels, pictures->side, pictures->classes})
                    : find_preset(name);
  if (!config) return error_of(config.error());
  return std::move(config).value();
}

/// A preset is made for the pictures, while pictures are fitted to a config from a file.
Result<Run> new_run(const RunOptions& options, ThreadPool& pool, Job& job) {
  Run run{};
  GANVAS_ASSIGN_OR_RETURN(GanConfig config, choose_config(options, nullptr));
  if (options.points && config.sample_size() != 2) {
    return Error{ErrorCode::invalid_argument,
                 "--points requires a preset for points, such as toy2d"};
  }
  if (!options.config && config.data == "images") {
    PictureOptions pictures = options.pictures;
    pictures.limit = options.examples.value_or(0);
    GANVAS_ASSIGN_OR_RETURN(PictureData read, load_pictures(pictures));
    PictureSet set = told(std::move(read), options.quiet);
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
    GANVAS_ASSIGN_OR_RETURN(run.data, data_of(std::move(set), pictures.data));
  }
  config.seed = options.seed.value_or(config.seed);
  config.shards = options.shards.value_or(config.shards);
  if (options.examples) {
    config.examples = *options.examples;
    config.examples_at_most = false;
  }
  if (options.points) config.data = *options.points;
  if (!run.data.samples) {
    GANVAS_ASSIGN_OR_RETURN(run.data, load_data(options, config));
  }
  GANVAS_ASSIGN_OR_RETURN(run.trainer,
                          Trainer<float>::create(std::move(config), pool, job.exchange()));
  return run;
}

Result<Run> resumed_run(const RunOptions& options, ThreadPool& pool, Job& job) {
  GANVAS_ASSIGN_OR_RETURN(LoadedModel model, load_resumed(options, pool, job));
  GanConfig config = model.trainer->config();
  GANVAS_ASSIGN_OR_RETURN(Data data, load_data(options, config));
  return Run{std::move(model.trainer), std::move(data), std::move(model.checksum), 0};
}

std::int64_t steps_of(const RunOptions& options, const GanConfig& config) {
  const EpochOrder order(config.seed, config.examples, config.batch_size);
  const std::int64_t steps_per_epoch =
      (order.batches_per_epoch() + config.discriminator.updates - 1) / config.discriminator.updates;
  return options.steps.value_or(options.epochs.value_or(kDefaultEpochs) * steps_per_epoch);
}

Result<Run> own_run(const RunOptions& options, ThreadPool& pool, Job& job) {
  // A run that has seen data keeps its number of examples; see load_resumed().
  GANVAS_ASSIGN_OR_RETURN(
      Run run, options.resume ? resumed_run(options, pool, job) : new_run(options, pool, job));
  GANVAS_RETURN_IF_ERROR(run.trainer->set_data(run.data.samples));
  run.steps = steps_of(options, run.trainer->config());
  return run;
}

Status check_same_run(const Run& run, Job& job) {
  if (job.ranks() == 1) return {};
  const Trainer<float>& trainer = *run.trainer;
  const GanConfig& config = trainer.config();
  GANVAS_RETURN_IF_ERROR(job.check_same("preset", config.preset));
  GANVAS_RETURN_IF_ERROR(job.check_same("seed", std::to_string(config.seed)));
  GANVAS_RETURN_IF_ERROR(job.check_same("set of pictures", run.data.id));
  GANVAS_RETURN_IF_ERROR(job.check_same("config", config_to_json(config)));
  GANVAS_RETURN_IF_ERROR(job.check_same("step to begin at", std::to_string(trainer.steps())));
  GANVAS_RETURN_IF_ERROR(job.check_same("checkpoint", run.checkpoint));
  return job.check_same("number of steps", std::to_string(run.steps));
}

}  // namespace

Result<Run> prepare_run(const RunOptions& options, ThreadPool& pool, Job& job) {
  Result<Run> run = own_run(options, pool, job);
  GANVAS_RETURN_IF_ERROR(job.agree(run ? Status() : run.error()));
  GANVAS_RETURN_IF_ERROR(check_same_run(run.value(), job));
  return run;
}

}  // namespace ganvas::cli
