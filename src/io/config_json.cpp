// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Conversion between GanConfig and JSON; see config_json.h.
#include "io/config_json.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "gan/presets.h"
#include "io/config_fields.h"
#include "io/json.h"

namespace ganvas {
namespace {

constexpr int kMaxDepth = 8;  // a config is 4 deep: network, layers, layer, value

/// A number from 0 to Number's maximum, if the JSON holds one. JavaScript writes whole numbers as 1
/// or, past a computation, 1.0.
template <typename Number>
std::optional<Number> whole_number(const Json& json) {
  if (json.IsUint64()) {
    const std::uint64_t value = json.GetUint64();
    if (value <= static_cast<std::uint64_t>(std::numeric_limits<Number>::max())) {
      return static_cast<Number>(value);
    }
  } else if (json.IsDouble()) {
    const double value = json.GetDouble();
    const double end = std::ldexp(1.0, std::numeric_limits<Number>::digits);
    if (value >= 0 && value < end && value == std::trunc(value)) return static_cast<Number>(value);
  }
  return std::nullopt;
}

template <typename Object>
void write_fields(JsonWriter& writer, const Object& object) {
  for_each_field(object, [&](const char* name, const auto& field) {
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::is_enum_v<Field>) {
      write_member(writer, name, kEnumNames<Field>[static_cast<std::size_t>(field)]);
    } else {
      write_member(writer, name, field);
    }
  });
}

/// An object with the name of a variant's alternative as "type", and its fields.
template <typename Variant>
void write_variant(JsonWriter& writer, std::string_view type, const Variant& variant) {
  writer.StartObject();
  write_member(writer, "type", type);
  std::visit([&](const auto& alternative) { write_fields(writer, alternative); }, variant);
  writer.EndObject();
}

void write_network(JsonWriter& writer, const char* name, const NetworkConfig& network) {
  writer.Key(name);
  writer.StartObject();
  writer.Key("layers");
  writer.StartArray();
  for (const LayerSpec& spec : network.layers) write_variant(writer, layer_type_name(spec), spec);
  writer.EndArray();
  writer.Key("optimizer");
  write_variant(writer, kOptimizerNames[network.optimizer.index()], network.optimizer);
  write_member(writer, "init", kEnumNames<InitScheme>[static_cast<std::size_t>(network.init)]);
  write_member(writer, "updates", network.updates);
  writer.EndObject();
}

/// Reads the fields of one JSON object, and remembers the first thing wrong with them.
class ObjectReader {
 public:
  ObjectReader(const Json& json, std::string path) : json_(json), path_(std::move(path)) {
    if (!json.IsObject()) fail("must be an object");
  }

  template <typename Field>
  void read(const char* key, Field& target) {
    const Json* value = find(key);
    if (value && !convert(*value, target)) fail(std::string("must be ") + kind_of(target), key);
  }
  /// The child value itself, for the caller to read.
  const Json* read_child(const char* key) { return find(key); }

  /// The first error so far.
  const Status& status() const { return error_; }
  /// The same or, when all was well, that a key is unknown.
  Status finish() {
    if (error_.ok() && json_.IsObject()) {
      for (const auto& member : json_.GetObject()) {
        const std::string key(as_string_view(member.name));
        bool known = false;
        for (const char* name : known_) known = known || key == name;
        if (!known) fail("is not a known key", key.c_str());
      }
    }
    return error_;
  }
  std::string path_of(const char* key) const { return path_.empty() ? key : path_ + "." + key; }

 private:
  template <typename Field>
  static std::string kind_of(const Field&) {
    if constexpr (std::is_same_v<Field, bool>) return "true or false";
    if constexpr (std::is_same_v<Field, std::string>) return "a string";
    if constexpr (std::is_same_v<Field, Shape>) return "a list of up to 4 whole numbers";
    if constexpr (std::is_integral_v<Field>) return "a whole number";
    if constexpr (std::is_enum_v<Field>) {
      std::string names;
      for (const std::string_view name : kEnumNames<Field>)
        names += (names.empty() ? "one of " : ", ") + std::string(name);
      return names;
    }
    return "a number";
  }

  template <typename Field>
  static bool convert(const Json& json, Field& target) {
    if constexpr (std::is_same_v<Field, bool>) {
      if (json.IsBool()) target = json.GetBool();
      return json.IsBool();
    } else if constexpr (std::is_same_v<Field, std::string>) {
      if (json.IsString()) target = as_string_view(json);
      return json.IsString();
    } else if constexpr (std::is_same_v<Field, Shape>) {
      if (!json.IsArray() || json.Size() > Shape::kMaxRank) return false;
      target = Shape{};
      for (const Json& item : json.GetArray()) {
        int extent = 0;
        if (!convert(item, extent)) return false;
        target.push_back(extent);
      }
      return true;
    } else if constexpr (std::is_enum_v<Field>) {
      if (!json.IsString()) return false;
      for (std::size_t i = 0; i < kEnumNames<Field>.size(); ++i) {
        if (kEnumNames<Field>[i] != as_string_view(json)) continue;
        target = static_cast<Field>(i);
        return true;
      }
      return false;
    } else if constexpr (std::is_integral_v<Field>) {
      const std::optional<Field> whole = whole_number<Field>(json);
      if (whole) target = *whole;
      return whole.has_value();
    } else {
      if (!json.IsNumber()) return false;
      target = json.GetDouble();
      return true;
    }
  }

  const Json* find(const char* key) {
    known_.push_back(key);
    const Json* found = find_member(json_, key);
    if (!found && json_.IsObject()) fail("is missing", key);
    return found;
  }
  void fail(const std::string& what, const char* key = nullptr) {
    if (!error_.ok()) return;
    const std::string where = key ? path_of(key) : path_.empty() ? "the config" : path_;
    error_ = Error{ErrorCode::invalid_config, where + " " + what};
  }

  const Json& json_;
  std::string path_;
  std::vector<const char*> known_;
  Status error_;
};

/// Calls use(alternative) with a default value of alternative number `index`.
template <typename Variant, std::size_t I = 0, typename Use>
void with_alternative(std::size_t index, const Use& use) {
  if constexpr (I < std::variant_size_v<Variant>) {
    if (index == I) return use(std::variant_alternative_t<I, Variant>{});
    with_alternative<Variant, I + 1>(index, use);
  }
}

/// The alternative that "type" names (by name_of(index)), its fields read; missing fields keep
/// their defaults.
template <typename Variant, typename NameOf>
Result<Variant> variant_from_json(const Json& json, const std::string& path,
                                  const NameOf& name_of) {
  ObjectReader reader(json, path);
  std::string type;
  reader.read("type", type);
  Variant variant{};
  bool found = false;
  for (std::size_t i = 0; i < std::variant_size_v<Variant> && !found; ++i) {
    with_alternative<Variant>(i, [&](auto alternative) {
      if (name_of(Variant(alternative)) != type) return;
      found = true;
      for_each_field(alternative, [&](const char* name, auto& field) {
        if (find_member(json, name)) reader.read(name, field);
      });
      variant = alternative;
    });
  }
  GANVAS_RETURN_IF_ERROR(reader.status());
  if (!found) {
    return Error{ErrorCode::invalid_config,
                 reader.path_of("type") + " '" + type + "' is not one that there is"};
  }
  GANVAS_RETURN_IF_ERROR(reader.finish());
  return variant;
}

Result<NetworkConfig> network_from_json(const Json& json, const std::string& path) {
  NetworkConfig network;
  ObjectReader reader(json, path);
  const Json* layers = reader.read_child("layers");
  const Json* optimizer = reader.read_child("optimizer");
  reader.read("init", network.init);
  reader.read("updates", network.updates);
  GANVAS_RETURN_IF_ERROR(reader.finish());
  if (!layers->IsArray()) {
    return Error{ErrorCode::invalid_config, reader.path_of("layers") + " must be an array"};
  }
  for (rapidjson::SizeType i = 0; i < layers->Size(); ++i) {
    const std::string where = reader.path_of("layers") + "[" + std::to_string(i) + "]";
    GANVAS_ASSIGN_OR_RETURN(const LayerSpec spec,
                            variant_from_json<LayerSpec>((*layers)[i], where, layer_type_name));
    network.layers.push_back(spec);
  }
  GANVAS_ASSIGN_OR_RETURN(network.optimizer, variant_from_json<OptimizerConfig>(
                                                 *optimizer, reader.path_of("optimizer"),
                                                 [](const OptimizerConfig& config) {
                                                   return kOptimizerNames[config.index()];
                                                 }));
  return network;
}

/// What walks a value recurses into it, so that a stranger's nesting has to be limited first.
bool is_deeper_than(const Json& json, int depth) {
  if (!json.IsObject() && !json.IsArray()) return false;
  if (depth == 0) return true;
  if (json.IsArray()) {
    for (const Json& item : json.GetArray()) {
      if (is_deeper_than(item, depth - 1)) return true;
    }
    return false;
  }
  for (const auto& member : json.GetObject()) {
    if (is_deeper_than(member.value, depth - 1)) return true;
  }
  return false;
}

/// Merges a patch into a target (RFC 7396).
void merge_patch(Json& target, const Json& patch, JsonDocument::AllocatorType& allocator) {
  if (!patch.IsObject()) {
    target.CopyFrom(patch, allocator);
    return;
  }
  if (!target.IsObject()) target.SetObject();
  for (const auto& member : patch.GetObject()) {
    if (member.value.IsNull()) {
      target.RemoveMember(member.name);
      continue;
    }
    if (!target.HasMember(member.name)) {
      target.AddMember(Json(member.name, allocator), Json(), allocator);
    }
    merge_patch(target[member.name], member.value, allocator);
  }
}

/// What `json` says on top of its preset.
JsonDocument merge_with_preset(const GanConfig& preset, const Json& json) {
  JsonDocument merged = parse_json(config_to_json(preset)).value();
  for (const char* network : {"generator", "discriminator"}) {
    const Json* changes = find_member(json, network);
    const Json* optimizer = changes ? find_member(*changes, "optimizer") : nullptr;
    const Json* type = optimizer ? find_member(*optimizer, "type") : nullptr;
    // Another kind of optimiser has other settings: the preset's are no part of it.
    Json& of_preset = merged[network]["optimizer"];
    if (type && *type != of_preset["type"]) of_preset.SetObject();
  }
  merge_patch(merged, json, merged.GetAllocator());
  return merged;
}

}  // namespace

std::string config_to_json(const GanConfig& config) {
  rapidjson::StringBuffer text;
  JsonWriter writer(text);
  writer.StartObject();
  write_fields(writer, config);
  write_network(writer, "generator", config.generator);
  write_network(writer, "discriminator", config.discriminator);
  writer.EndObject();
  return text.GetString();
}

Result<GanConfig> config_from_json(std::string_view text) {
  std::optional<JsonDocument> json = parse_json(text);
  if (!json || !json->IsObject() || is_deeper_than(*json, kMaxDepth)) {
    return Error{ErrorCode::invalid_config, "the config is not a JSON object"};
  }
  if (const Json* name = find_member(*json, "preset"); name && name->IsString()) {
    if (const Result<GanConfig> preset = find_preset(as_string_view(*name))) {
      json = merge_with_preset(preset.value(), *json);
    } else if (!json->HasMember("generator") || !json->HasMember("discriminator")) {
      return preset.error();  // a whole config needs no preset that this version knows
    }
  }

  GanConfig config;
  ObjectReader reader(*json, "");
  for_each_field(config, [&](const char* name, auto& field) { reader.read(name, field); });
  const Json* generator = reader.read_child("generator");
  const Json* discriminator = reader.read_child("discriminator");
  GANVAS_RETURN_IF_ERROR(reader.finish());
  GANVAS_ASSIGN_OR_RETURN(config.generator, network_from_json(*generator, "generator"));
  GANVAS_ASSIGN_OR_RETURN(config.discriminator, network_from_json(*discriminator, "discriminator"));
  return config;
}

}  // namespace ganvas
