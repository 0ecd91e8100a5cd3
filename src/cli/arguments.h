// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Options that several commands share.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

namespace ganvas::cli {

/// For transform(): takes decimal integers in [low, high]. Removes leading zeros, since CLI11 would
/// read the rest as octal. The error message gives the range.
CLI::Validator whole_number(std::int64_t low, std::int64_t high);

/// Adds --model FILE, which is required.
void add_model_option(CLI::App& command, std::string& model);
/// Adds --config FILE, for models that another program saved.
void add_config_option(CLI::App& command, std::optional<std::string>& config);
/// Adds --seed S; `help` says what is seeded.
void add_seed_option(CLI::App& command, std::uint64_t& seed, const std::string& help);
/// Adds --threads T; `result` names the command's output, which does not depend on it.
void add_threads_option(CLI::App& command, int& threads, const std::string& result);

/// The number of CPU cores, at most 4: networks of this size do not profit from more threads.
int default_threads();

}  // namespace ganvas::cli
