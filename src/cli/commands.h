// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The subcommands. Each add_ function declares one with its options and help; parsing the command
// line sets `action` to run the chosen one.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "base/result.h"

namespace ganvas::cli {

inline constexpr int kSuccess = 0;
inline constexpr int kRefused = 2;        // invalid input or failure; one line on standard error
inline constexpr int kInterrupted = 130;  // 128 + SIGINT, as shells report it

/// Returns the exit code, or the error to report.
using Action = std::function<Result<int>()>;

void add_train_command(CLI::App& app, Action& action);
void add_pictures_command(CLI::App& app, Action& action);
void add_sample_command(CLI::App& app, Action& action);
void add_eval_command(CLI::App& app, Action& action);
void add_info_command(CLI::App& app, Action& action);
void add_export_command(CLI::App& app, Action& action);
void add_convert_command(CLI::App& app, Action& action);
void add_train_judge_command(CLI::App& app, Action& action);

}  // namespace ganvas::cli
