// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Shared options and their validation; see arguments.h.
#include "cli/arguments.h"

#include <algorithm>
#include <charconv>
#include <thread>

#include "base/fields.h"

namespace ganvas::cli {

CLI::Validator whole_number(std::int64_t low, std::int64_t high) {
  return CLI::Validator(
      [low, high](std::string& text) -> std::string {
        std::int64_t number = 0;
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, number);
        if (error == std::errc{} && stop == end && number >= low && number <= high) {
          text = std::to_string(number);
          return "";
        }
        return "must be a whole number from " + std::to_string(low) + " to " +
               std::to_string(high) + ", not '" + text + "'";
      },
      "", "");
}

void add_model_option(CLI::App& command, std::string& model) {
  command.add_option("--model", model, "A checkpoint or an exported model")
      ->required()
      ->type_name("FILE");
}

void add_config_option(CLI::App& command, std::optional<std::string>& config) {
  command
      .add_option(
          "--config", config,
          "The layers of a model that PyTorch saved without them: a JSON file as for ganvas "
          "train --config")
      ->type_name("FILE");
}

void add_seed_option(CLI::App& command, std::uint64_t& seed, const std::string& help) {
  command.add_option("--seed", seed, help)
      ->transform(whole_number(0, kMaxSeed))
      ->type_name("S")
      ->capture_default_str();
}

void add_threads_option(CLI::App& command, int& threads, const std::string& result) {
  command.add_option("--threads", threads, "Number of threads; does not change the " + result)
      ->transform(whole_number(1, 64))
      ->type_name("T")
      ->capture_default_str();
}

int default_threads() {
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 4u));
}

}  // namespace ganvas::cli
