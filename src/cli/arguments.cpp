// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Validation of option values; see arguments.h.
#include "cli/arguments.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <thread>

namespace ganvas::cli {

CLI::Validator whole_number(std::int64_t low, std::int64_t high) {
  return CLI::Validator(
      [low, high](const std::string& text) -> std::string {
        std::int64_t number = 0;
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, number);
        if (error == std::errc{} && stop == end && number >= low && number <= high) return "";
        return "must be a whole number from " + std::to_string(low) + " to " +
               std::to_string(high) + ", not '" + text + "'";
      },
      "", "");
}

int default_threads() {
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 4u));
}

}  // namespace ganvas::cli
