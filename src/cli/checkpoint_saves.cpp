// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// When and where checkpoints are saved; see checkpoint_saves.h.
#include "cli/checkpoint_saves.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <format>
#include <iostream>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/text.h"
#include "io/checkpoint.h"

namespace ganvas::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kStepDigits = 8;

/// A free name in the folder for temporary files.
fs::path refuge(const fs::path& out, std::int64_t step) {
  std::error_code ignored;
  const fs::path folder = fs::temp_directory_path(ignored);
  const std::string stem = std::format("{}-{:0{}}", out.stem().string(), step, kStepDigits);
  for (int number = 1;; ++number) {
    const std::string suffix = number == 1 ? "" : "-" + std::to_string(number);
    fs::path path = folder / (stem + suffix + out.extension().string());
    if (!fs::exists(path, ignored)) return path;
  }
}

bool at_terminal() {
  if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) return false;
  // A job in the background is stopped when it reads from its own terminal.
  const pid_t foreground = tcgetpgrp(STDIN_FILENO);
  return foreground < 0 || foreground == getpgrp();
}

}  // namespace

Result<CheckpointSaves> CheckpointSaves::open(SavePlan plan) {
  GANVAS_RETURN_IF_ERROR(check_writable(plan.out));
  GANVAS_ASSIGN_OR_RETURN(FileLock lock, FileLock::acquire(plan.out));
  return CheckpointSaves(std::move(plan), std::move(lock));
}

CheckpointSaves::CheckpointSaves(SavePlan plan, FileLock lock)
    : plan_(std::move(plan)), lock_(std::move(lock)), due_(Clock::now() + interval()) {}

Status CheckpointSaves::check_space(Trainer<float>& trainer) const {
  const auto copies = static_cast<std::size_t>(plan_.keep);
  return cli::check_space(plan_.out, save_checkpoint(trainer).size(), 1 + copies);
}

CheckpointSaves::Clock::duration CheckpointSaves::interval() const {
  const std::chrono::duration<double, std::ratio<60>> minutes(plan_.minutes);
  return std::chrono::duration_cast<Clock::duration>(minutes);
}

Status CheckpointSaves::save(Trainer<float>& trainer) {
  const auto start = Clock::now();
  Status saved = write(trainer);
  const auto end = Clock::now();
  due_ = end + std::max<Clock::duration>(interval(), 99 * (end - start));
  return saved;
}

Status CheckpointSaves::write(Trainer<float>& trainer) {
  remove_leftovers(plan_.out);
  const std::vector<std::uint8_t> checkpoint = save_checkpoint(trainer);
  GANVAS_RETURN_IF_ERROR(write_file(plan_.out, checkpoint));
  if (plan_.keep == 0) return {};
  copies_.push_back(numbered(trainer.steps()));
  GANVAS_RETURN_IF_ERROR(write_file(copies_.back(), checkpoint));
  // Other files of such names are not this run's.
  while (copies_.size() > static_cast<std::size_t>(plan_.keep)) {
    std::error_code ignored;
    fs::remove(copies_.front(), ignored);
    copies_.pop_front();
  }
  return {};
}

std::string CheckpointSaves::numbered(std::int64_t step) const {
  const fs::path out(plan_.out);
  const std::string name =
      std::format("{}-{:0{}}{}", out.stem().string(), step, kStepDigits, out.extension().string());
  return (out.parent_path() / name).string();
}

Result<LastSave> CheckpointSaves::save_last(std::span<const std::uint8_t> checkpoint,
                                            std::int64_t step) {
  remove_leftovers(plan_.out);
  const Status first = write_file(plan_.out, checkpoint);
  if (first) return LastSave{plan_.out, plan_.out, first};
  // Before anything is asked: the answer may never come.
  const std::string other = refuge(plan_.out, step).string();
  const Status refuged = write_file(other, checkpoint);
  Status saved = first;
  while (at_terminal()) {
    const std::string place = refuged ? one_line(other) : "nowhere";
    std::fprintf(stderr,
                 "\n%s\nAnother file for step %s [%s]: ", one_line(saved.error().message).c_str(),
                 grouped(step).c_str(), place.c_str());
    std::string answer;
    if (!std::getline(std::cin, answer) || answer.empty()) break;
    saved = write_file(answer, checkpoint);
    if (!saved) continue;
    std::error_code ignored;
    if (refuged) fs::remove(other, ignored);
    return LastSave{answer, answer, answer == plan_.out ? saved : first};
  }
  if (refuged) return LastSave{other, plan_.out, first};
  return Error{ErrorCode::io_failure, first.error().message + "; " + refuged.error().message +
                                          "; step " + std::to_string(step) + " is not saved"};
}

}  // namespace ganvas::cli
