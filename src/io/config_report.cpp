// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Writes reports on configs; see config_report.h.
#include "io/config_report.h"

#include <optional>

#include "gan/check_config.h"
#include "io/config_json.h"
#include "io/json.h"

namespace ganvas {
namespace {

void write_problem(JsonWriter& writer, const std::optional<Problem>& problem) {
  writer.Key("problem");
  if (!problem) {
    writer.Null();
    return;
  }
  writer.StartObject();
  write_member(writer, "kind", problem->kind);
  write_member(writer, "path", problem->path);
  if (!problem->name.empty()) write_member(writer, "name", problem->name);
  if (!problem->known.empty()) write_member(writer, "known", problem->known);
  write_member(writer, "value", problem->value);
  if (problem->kind == ProblemKind::range || problem->kind == ProblemKind::too_much_memory) {
    write_member(writer, "range", problem->range);
  }
  if (problem->got.rank() > 0) write_member(writer, "got", problem->got);
  if (problem->wanted.rank() > 0) write_member(writer, "wanted", problem->wanted);
  writer.EndObject();
}

void write_report(JsonWriter& writer, const char* name,
                  const std::optional<NetworkReport>& network) {
  writer.Key(name);
  if (!network) {
    writer.Null();
    return;
  }
  writer.StartObject();
  writer.Key("layers");
  writer.StartArray();
  for (const LayerShape& layer : network->layers) {
    writer.StartObject();
    write_member(writer, "shape", layer.output);
    write_member(writer, "parameters", layer.parameters);
    writer.EndObject();
  }
  writer.EndArray();
  write_member(writer, "parameters", network->parameters);
  write_problem(writer, network->problem);
  writer.EndObject();
}

}  // namespace

std::string check_config_json(std::string_view json) {
  const auto config = read_config(json);
  const ConfigReport report =
      config ? check_config(config.value()) : ConfigReport{.problem = config.error()};
  JsonText text;
  JsonWriter writer(text);
  writer.StartObject();
  write_report(writer, "generator", report.generator);
  write_report(writer, "discriminator", report.discriminator);
  write_problem(writer, report.problem);
  writer.EndObject();
  return text.GetString();
}

}  // namespace ganvas
