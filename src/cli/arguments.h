// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Value ranges and defaults of options that several commands share.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>

namespace ganvas::cli {

inline constexpr std::int64_t kMaxSeed = (std::int64_t{1} << 53) - 1;
inline constexpr std::int64_t kMaxThreads = 64;

/// Accepts decimal integers in [low, high]; the error message gives the range.
CLI::Validator whole_number(std::int64_t low, std::int64_t high);

/// The number of CPU cores, at most 4: networks of this size do not profit from more threads.
int default_threads();

}  // namespace ganvas::cli
