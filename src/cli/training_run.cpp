// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The training loop; see training_run.h.
#include "cli/training_run.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
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
#include "kernels/thread_tuner.h"

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

/// A training loop and what it writes to.
struct Outputs {
  const TrainingRun& run;
  CheckpointSaves& saves;
  MetricsFile* metrics;
  Progress& progress;
};

/// A failed save is told, and the run goes on: it is saved again later. Metrics are written first,
/// so that a resumed run finds the rows of all its steps.
void save_if_due(Trainer<float>& trainer, const Outputs& outputs) {
  if (!outputs.saves.is_due()) return;
  if (outputs.metrics) {
    const Status written = outputs.metrics->flush();
    if (!written) outputs.progress.note(written.error().message + "; rows are missing from there");
  }
  const Status saved = outputs.saves.save(trainer);
  if (saved) return;
  outputs.progress.note(saved.error().message + "; training goes on and saves again later");
}

/// Takes steps until the last one, until a status is an error, or until any rank is to stop;
/// `after_step` follows each. All ranks stop after the same step.
template <typename ToStop, typename AfterStep>
Status take_steps(Trainer<float>& trainer, std::int64_t last_step, Job& job, Status status,
                  const ToStop& to_stop, const AfterStep& after_step) {
  ThreadTuner tuner(trainer.pool());
  while (!job.any(!status || trainer.steps() >= last_step || to_stop())) {
    const Result<StepMetrics> metrics = tuner.measure([&] { return trainer.step(); });
    status = metrics ? after_step(metrics.value()) : Status(metrics.error());
  }
  return status;
}

Status take_written_steps(Trainer<float>& trainer, std::int64_t last_step, Job& job,
                          const Outputs& outputs, const Interruption& interruption,
                          LastGoodState& last_good) {
  const TrainingRun& run = outputs.run;
  const auto write_grid_if_due = [&]() -> Status {
    if (run.samples_every == 0 || trainer.steps() % run.samples_every != 0) return {};
    return write_grid(trainer, run.samples_folder);
  };
  const auto to_stop = [&] {
    return interruption.requested() || outputs.progress.reader_is_gone();
  };
  last_good.keep_if_due(trainer);
  return take_steps(trainer, last_step, job, write_grid_if_due(), to_stop,
                    [&](const StepMetrics& metrics) {
                      outputs.progress.add(metrics);
                      if (outputs.metrics) outputs.metrics->add(metrics);
                      save_if_due(trainer, outputs);
                      last_good.keep_if_due(trainer);
                      return write_grid_if_due();
                    });
}

/// How a run ended: the event that progress reports, and what is saved.
struct Ending {
  std::string event;
  std::vector<std::uint8_t> checkpoint;
  std::int64_t step;
};

Ending ending_of(Trainer<float>& trainer, const Status& outcome, const LastGoodState& last_good,
                 std::int64_t last_step) {
  if (!outcome && outcome.error().code == ErrorCode::non_finite)
    return {"diverged", last_good.checkpoint(), last_good.step()};
  const char* event = !outcome ? "failed" : trainer.steps() < last_step ? "interrupted" : "done";
  return {event, save_checkpoint(trainer), trainer.steps()};
}

/// Tells how to take the steps that are left. A diverged run would diverge again.
void tell_how_to_resume(const TrainingRun& run, const std::string& event, const LastSave& last,
                        std::int64_t steps_left) {
  if (run.style == ProgressStyle::json || event == "done" || event == "diverged") return;
  const std::string command = "ganvas train --resume " + shell_word(last.path) +
                              (last.path == last.out ? "" : " --out " + shell_word(last.out)) +
                              run.options + " --steps " + std::to_string(steps_left);
  std::fprintf(stderr, "resume with: %s\n", one_line(command).c_str());
}

Result<int> train_and_save(Trainer<float>& trainer, const TrainingRun& run, CheckpointSaves& saves,
                           MetricsFile* metrics, Job& job) {
  const Interruption interruption;
  const std::int64_t last_step = trainer.steps() + run.steps;
  Progress progress(run.style, trainer.steps(), last_step);
  LastGoodState last_good;
  const Status outcome = take_written_steps(
      trainer, last_step, job, {run, saves, metrics, progress}, interruption, last_good);
  const Ending ending = ending_of(trainer, outcome, last_good, last_step);
  GANVAS_ASSIGN_OR_RETURN(const LastSave last, saves.save_last(ending.checkpoint, ending.step));
  progress.finish(ending.event, last.path, ending.step);
  tell_how_to_resume(run, ending.event, last, std::max<std::int64_t>(last_step - ending.step, 1));
  const std::string saved = (last.as_planned ? "" : last.as_planned.error().message + "; ") + "'" +
                            last.path + "' holds the run at step " + std::to_string(ending.step);
  if (ending.event == "diverged") {
    return Error{ErrorCode::non_finite,
                 outcome.error().message + ": training has diverged; " + saved};
  }
  if (!outcome) return Error{outcome.error().code, outcome.error().message + "; " + saved};
  if (!last.as_planned) return Error{ErrorCode::io_failure, saved};
  if (metrics) GANVAS_RETURN_IF_ERROR(metrics->flush());
  return ending.event == "interrupted" ? kInterrupted : kSuccess;
}

}  // namespace

Result<int> run_training(Trainer<float>& trainer, const TrainingRun& run, CheckpointSaves& saves,
                         MetricsFile* metrics, Job& job) {
  const Result<int> exit_code = train_and_save(trainer, run, saves, metrics, job);
  GANVAS_RETURN_IF_ERROR(job.agree(exit_code ? Status() : exit_code.error()));
  return exit_code;
}

Result<int> follow_training(Trainer<float>& trainer, std::int64_t steps, Job& job) {
  const Interruption interruption;
  const std::int64_t last_step = trainer.steps() + steps;
  const Status outcome = take_steps(
      trainer, last_step, job, {}, [&] { return interruption.requested(); },
      [](const StepMetrics&) { return Status(); });
  GANVAS_RETURN_IF_ERROR(job.agree(outcome));
  return trainer.steps() < last_step ? kInterrupted : kSuccess;
}

}  // namespace ganvas::cli
