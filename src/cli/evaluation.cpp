// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Samples and JSON of evaluations; see evaluation.h.
#include "cli/evaluation.h"

#include <cstdio>
#include <utility>

#include "cli/sample_files.h"
#include "cli/text.h"
#include "tensor/batch_layout.h"

namespace ganvas::cli {

Result<OwnSamples> draw_own(const EvalOptions& options, const LoadedModel& model, int count,
                            Job& job) {
  const Rows rows = part_of(static_cast<std::size_t>(count), kLanes, job);
  GANVAS_ASSIGN_OR_RETURN(std::vector<float> images,
                          draw_images(*model.trainer, options.seed, rows));
  return OwnSamples{rows, std::move(images)};
}

void print_json(const EvalOptions& options, int count,
                const std::function<void(JsonPrettyWriter&)>& write) {
  JsonText text;
  JsonPrettyWriter writer(text);
  writer.SetIndent(' ', 2);
  writer.SetFormatOptions(rapidjson::kFormatSingleLineArray);
  writer.StartObject();
  write_member(writer, "model", options.model ? valid_utf8(*options.model) : "real digits");
  write_member(writer, "count", count);
  write_member(writer, "seed", options.seed);
  write(writer);
  writer.EndObject();
  std::puts(text.GetString());
}

}  // namespace ganvas::cli
