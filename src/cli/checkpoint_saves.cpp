// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// When and where checkpoints are saved; see checkpoint_saves.h.
#include "cli/checkpoint_saves.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <format>
#include <functional>
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
  return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
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

Status CheckpointSaves::write(Trainer<float>& trainer) const {
  remove_leftovers(plan_.out);
  const std::vector<std::uint8_t> checkpoint = save_checkpoint(trainer);
  GANVAS_RETURN_IF_ERROR(write_file(plan_.out, checkpoint));
  if (plan_.keep == 0) return {};
  GANVAS_RETURN_IF_ERROR(write_file(numbered(trainer.steps()), checkpoint));
  drop_older_copies();
  return {};
}

std::string CheckpointSaves::numbered(std::int64_t step) const {
  const fs::path out(plan_.out);
  const std::string name =
      std::format("{}-{:0{}}{}", out.stem().string(), step, kStepDigits, out.extension().string());
  return (out.parent_path() / name).string();
}

void CheckpointSaves::drop_older_copies() const {
  const fs::path out(plan_.out);
  const std::string head = out.stem().string() + "-";
  const std::string tail = out.extension().string();
  std::vector<std::pair<std::int64_t, fs::path>> copies;
  std::error_code ignored;
  const fs::path folder = out.has_parent_path() ? out.parent_path() : ".";
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.size() < head.size() + kStepDigits + tail.size()) continue;
    if (!name.starts_with(head) || !name.ends_with(tail)) continue;
    const char* end = name.data() + name.size() - tail.size();
    std::int64_t step = 0;
    const auto [stop, error] = std::from_chars(name.data() + head.size(), end, step);
    if (error == std::errc{} && stop == end) copies.emplace_back(step, entry.path());
  }
  std::ranges::sort(copies, std::greater{});
  for (std::size_t i = static_cast<std::size_t>(plan_.keep); i < copies.size(); ++i) {
    fs::remove(copies[i].second, ignored);
  }
}

Result<std::string> CheckpointSaves::save_last(std::span<const std::uint8_t> checkpoint,
                                               std::int64_t step) {
  remove_leftovers(plan_.out);
  std::string path = plan_.out;
  bool asking = at_terminal();
  const std::string other = refuge(plan_.out, step).string();
  while (true) {
    const Status saved = write_file(path, checkpoint);
    if (saved) return path;
    if (path == other) return saved.error();
    if (!asking) {
      path = other;
      continue;
    }
    std::fprintf(stderr,
                 "\n%s\nAnother file for step %s [%s]: ", one_line(saved.error().message).c_str(),
                 grouped(step).c_str(), one_line(other).c_str());
    std::string answer;
    asking = static_cast<bool>(std::getline(std::cin, answer));
    path = answer.empty() ? other : answer;
  }
}

}  // namespace ganvas::cli
