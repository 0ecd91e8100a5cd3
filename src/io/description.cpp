// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Collects the description from the parts of the core; see description.h.
#include "io/description.h"

#include <algorithm>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "data/distributions.h"
#include "gan/config.h"
#include "gan/objective.h"
#include "gan/presets.h"
#include "io/config_json.h"
#include "io/json.h"
#include "nn/check_layers.h"

namespace ganvas {
namespace {

using Writer = JsonPrettyWriter;

template <typename Names>
void write_names(Writer& writer, const char* key, const Names& names) {
  writer.Key(key);
  writer.StartArray();
  for (const std::string_view name : names) write_json(writer, name);
  writer.EndArray();
}

template <typename Value>
constexpr const char* field_kind() {
  if constexpr (std::is_same_v<Value, bool>) return "flag";
  if constexpr (std::is_same_v<Value, std::string>) return "text";
  if constexpr (std::is_same_v<Value, Shape>) return "shape";
  return "choice";
}

template <typename Value>
void write_number_field(Writer& writer, const Range& range, const Value& value) {
  write_member(writer, "kind", std::is_integral_v<Value> ? "whole" : "real");
  write_member(writer, "range", range);
  if (range.contains(static_cast<double>(value))) write_member(writer, "default", value);
}

/// The fields of a config struct by name: {"kind": "whole", "least": 1, "most": 31, "default": 1},
/// and "changes": "at_once" if a change takes effect in the current run.
template <typename Object>
void write_described_fields(Writer& writer, const char* key) {
  writer.Key(key);
  writer.StartObject();
  const Object defaults;
  for_each_field(defaults, [&](const auto& field, const auto& value) {
    using Value = std::remove_cvref_t<decltype(value)>;
    writer.Key(field.name);
    writer.StartObject();
    if constexpr (std::is_arithmetic_v<Value> && !std::is_same_v<Value, bool>) {
      write_number_field(writer, field.range, value);
    } else {
      write_member(writer, "kind", field_kind<Value>());
      if constexpr (std::is_enum_v<Value>) write_names(writer, "choices", kEnumNames<Value>);
      write_member(writer, "default", value);
    }
    if (field.changes == TakesEffect::at_once) write_member(writer, "changes", field.changes);
    writer.EndObject();
  });
  writer.EndObject();
}

/// The same for an alternative of a variant.
template <typename Variant>
void write_described_fields(Writer& writer, std::string_view key,
                            const Alternative<Variant>& alternative) {
  write_key(writer, key);
  writer.StartObject();
  Variant variant;
  const void* defaults = alternative.emplace(variant);
  for (const NumberField& field : alternative.fields) {
    writer.Key(field.name);
    writer.StartObject();
    const double value = field.get(defaults);
    field.whole ? write_number_field(writer, field.range, static_cast<int>(value))
                : write_number_field(writer, field.range, value);
    if (field.changes == TakesEffect::at_once) write_member(writer, "changes", field.changes);
    writer.EndObject();
  }
  writer.EndObject();
}

void write_objectives(Writer& writer) {
  writer.Key("objectives");
  writer.StartObject();
  for (std::size_t i = 0; i < kEnumNames<Objective>.size(); ++i) {
    write_key(writer, kEnumNames<Objective>[i]);
    writer.StartObject();
    write_member(writer, "on_logits", terms_of(static_cast<Objective>(i)).on_logits);
    writer.EndObject();
  }
  writer.EndObject();
}

void write_optimizers(Writer& writer) {
  writer.Key("optimizers");
  writer.StartObject();
  for (const auto& alternative : Alternatives<OptimizerConfig>::kAll) {
    write_described_fields(writer, alternative.type, alternative);
  }
  writer.EndObject();
}

template <typename Spec>
void write_layer(Writer& writer, const Alternative<LayerSpec>& alternative) {
  write_key(writer, Spec::kType);
  writer.StartObject();
  write_described_fields(writer, "fields", alternative);
  write_member(writer, "pytorch", Spec::kPytorch);
  write_member(writer, "takes_classes", Spec::kTraits.takes_classes);
  writer.EndObject();
}

template <std::size_t... Index>
void write_layers(Writer& writer, std::index_sequence<Index...>) {
  writer.Key("layers");
  writer.StartObject();
  (write_layer<std::variant_alternative_t<Index, LayerSpec>>(writer,
                                                             Alternatives<LayerSpec>::kAll[Index]),
   ...);
  writer.EndObject();
}

void write_presets(Writer& writer) {
  writer.Key("preset_facts");
  writer.StartObject();
  for (const Preset& preset : presets()) {
    const GanConfig config = preset.config();
    PictureShape labelled = preset.pictures;
    labelled.classes = std::max(labelled.classes, 2);
    const bool conditional = take_classes(preset.config(labelled).generator.layers);
    write_key(writer, preset.name);
    writer.StartObject();
    write_member(writer, "data", config.data);
    write_member(writer, "objective", config.objective);
    write_member(writer, "auxiliary_classifier", config.auxiliary_classifier);
    write_member(writer, "conditional", conditional);
    writer.EndObject();
  }
  writer.EndObject();
  writer.Key("preset_configs");
  writer.StartObject();
  for (const Preset& preset : presets()) {
    const std::string json = config_to_json(preset.config());
    write_key(writer, preset.name);
    writer.RawValue(json.data(), json.size(), rapidjson::kObjectType);
  }
  writer.EndObject();
}

}  // namespace

std::string description_json() {
  JsonText text;
  Writer writer(text);
  writer.StartObject();
  write_presets(writer);
  write_objectives(writer);
  write_described_fields<GanConfig>(writer, "run_fields");
  write_described_fields<NetworkConfig>(writer, "network_fields");
  write_optimizers(writer);
  write_layers(writer, std::make_index_sequence<std::variant_size_v<LayerSpec>>());
  write_names(writer, "point_distributions", point_distribution_names());
  write_names(writer, "error_codes", kEnumNames<ErrorCode>);
  write_names(writer, "problem_kinds", kEnumNames<ProblemKind>);
  writer.EndObject();
  return text.GetString();
}

}  // namespace ganvas
