// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The training loop; see training_run.h.
#include "cli/training_run.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <format>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/interruption.h"
#include "cli/sample_files.h"
#include "cli/text.h"
#include "io/checkpoint.h"

namespace ganvas::cli {
namespace {

constexpr int kGridSamples = 64;

/// Uses the same latents every time, so that the grids of a run show the same samples evolving.
Status write_grid(Trainer<float>& trainer, const std::string& folder) {
  GANVAS_ASSIGN_OR_RETURN(const Samples samples,
                          draw_samples(trainer, kGridSamples, trainer.config().seed));
  GANVAS_ASSIGN_OR_RETURN(const std::vector<std::uint8_t> png,
                          encode_samples(samples, SampleFormat::png));
  const std::string name = std::format("step-{:08}.png", trainer.steps());
  return write_file((std::filesystem::path(folder) / name).string(), png);
}

/// A recent checkpoint to fall back to if the run diverges. Saving takes about 1 % of the time.
class LastGoodState {
 public:
  void keep_if_due(Trainer<float>& trainer) {
    const auto start = Clock::now();
    if (start < due_) return;
    checkpoint_ = save_checkpoint(trainer);
    step_ = trainer.steps();
    const auto end = Clock::now();
    due_ = end + 100 * (end - start);
  }
  const std::vector<std::uint8_t>& checkpoint() const { return checkpoint_; }
  std::int64_t step() const { return step_; }

 private:
  using Clock = std::chrono::steady_clock;
  std::vector<std::uint8_t> checkpoint_;
  std::int64_t step_ = 0;
  Clock::time_point due_;
};

Status take_steps(Trainer<float>& trainer, const TrainingRun& run, const Interruption& interruption,
                  Progress& progress, LastGoodState& last_good) {
  const std::int64_t last_step = trainer.steps() + run.steps;
  const auto grid_is_due = [&] {
    return run.samples_every > 0 && trainer.steps() % run.samples_every == 0;
  };
  if (grid_is_due()) GANVAS_RETURN_IF_ERROR(write_grid(trainer, run.samples_folder));
  while (trainer.steps() < last_step && !interruption.requested()) {
    last_good.keep_if_due(trainer);
    GANVAS_ASSIGN_OR_RETURN(const StepMetrics metrics, trainer.step());
    progress.add(metrics);
    if (grid_is_due()) GANVAS_RETURN_IF_ERROR(write_grid(trainer, run.samples_folder));
  }
  return {};
}

}  // namespace

Result<int> run_training(Trainer<float>& trainer, const TrainingRun& run) {
  const Interruption interruption;
  const std::int64_t last_step = trainer.steps() + run.steps;
  Progress progress(run.style, trainer.steps(), last_step);
  LastGoodState last_good;
  const Status outcome = take_steps(trainer, run, interruption, progress, last_good);
  if (!outcome && outcome.error().code == ErrorCode::non_finite) {
    GANVAS_RETURN_IF_ERROR(write_file(run.out, last_good.checkpoint()));
    progress.finish("diverged", run.out, last_good.step());
    return Error{ErrorCode::non_finite, outcome.error().message + ": training has diverged; '" +
                                            run.out + "' holds the run at step " +
                                            std::to_string(last_good.step())};
  }
  GANVAS_RETURN_IF_ERROR(write_file(run.out, save_checkpoint(trainer)));
  const bool interrupted = outcome.ok() && trainer.steps() < last_step;
  progress.finish(!outcome      ? "failed"
                  : interrupted ? "interrupted"
                                : "done",
                  run.out, trainer.steps());
  if (!outcome) {
    return Error{outcome.error().code, outcome.error().message + "; saved step " +
                                           std::to_string(trainer.steps()) + " to '" + run.out +
                                           "'"};
  }
  return interrupted ? kInterrupted : kSuccess;
}

}  // namespace ganvas::cli
