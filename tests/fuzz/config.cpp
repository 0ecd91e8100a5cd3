// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Configs as JSON, from a file, a link or a checkpoint.
#include "cli/json_mistake.h"
#include "fuzz.h"
#include "gan/check_config.h"
#include "io/config_json.h"
#include "io/config_report.h"

using namespace ganvas;
using namespace ganvas::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto mistake = cli::find_json_mistake(text);
  const auto config = config_from_json(text);
  if (!config) {
    require(!config.error().message.empty(), "a refusal says why");
    return 0;
  }
  require(!mistake, "what is read is JSON");
  require(!check_config_json(text).empty(), "any config can be checked");
  const std::string written = config_to_json(config.value());
  const auto again = config_from_json(written);
  require(again.ok(), "a config that is written can be read");
  GanConfig expected = config.value();
  expected.examples_at_most = false;  // is not saved
  require(again.value() == expected, "a config stays as it was");
  return 0;
}
