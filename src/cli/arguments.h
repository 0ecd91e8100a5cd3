// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The ranges of what several commands take on their command line.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>

namespace ganvas::cli {

inline constexpr std::int64_t kMaxSeed = (std::int64_t{1} << 53) - 1;
inline constexpr std::int64_t kMaxThreads = 64;

/// Accepts decimal integers in [low, high], and says so of anything else.
CLI::Validator whole_number(std::int64_t low, std::int64_t high);

/// As many threads as the machine has cores, but no more than help networks of this size.
int default_threads();

}  // namespace ganvas::cli
