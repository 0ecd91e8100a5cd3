// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Conversion between GanConfig and JSON; see config_json.h.
#include "io/config_json.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/joined.h"
#include "gan/presets.h"
#include "io/json.h"

namespace ganvas {
namespace {

constexpr int kMaxDepth = 8;  // a config has a depth of 4: network, layers, layer, value
constexpr rapidjson::SizeType kMaxMembers = 256;  // its largest object has a few dozen
/// Bytes; longer texts could make a header that no file may have.
constexpr rapidjson::SizeType kMaxText = 255;

/// The JSON value as a Number, if it is a whole number from 0 to Number's maximum. JavaScript can
/// write 1 as 1.0.
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

/// Writes an object with the alternative's name as "type", and its fields.
template <typename Variant>
void write_variant(JsonWriter& writer, const Variant& variant) {
  writer.StartObject();
  write_member(writer, "type", type_name(variant));
  write_numbers(writer, alternative_of(variant).fields, object_in(variant));
  writer.EndObject();
}

void write_network(JsonWriter& writer, const char* name, const NetworkConfig& network) {
  writer.Key(name);
  writer.StartObject();
  writer.Key("layers");
  writer.StartArray();
  for (const LayerSpec& spec : network.layers) write_variant(writer, spec);
  writer.EndArray();
  writer.Key("optimizer");
  write_variant(writer, network.optimizer);
  write_fields(writer, network);
  writer.EndObject();
}

/// The expected JSON type for a Value, in words.
template <typename Value>
std::string kind_of() {
  if constexpr (std::is_same_v<Value, bool>) return "true or false";
  if constexpr (std::is_same_v<Value, std::string>) {
    static_assert(kMaxText == 255);
    return "a string of up to 255 bytes";
  }
  if constexpr (std::is_same_v<Value, Shape>) {
    static_assert(Shape::kMaxRank == 4);
    return "a list of up to 4 whole numbers";
  }
  if constexpr (std::is_integral_v<Value>) return "a whole number";
  if constexpr (std::is_enum_v<Value>) return "one of " + joined(kEnumNames<Value>);
  return "a number";
}

/// Converts the JSON value to `target`; returns whether it has the right type.
template <typename Value>
bool convert(const Json& json, Value& target) {
  if constexpr (std::is_same_v<Value, bool>) {
    if (json.IsBool()) target = json.GetBool();
    return json.IsBool();
  } else if constexpr (std::is_same_v<Value, std::string>) {
    const bool fits = json.IsString() && json.GetStringLength() <= kMaxText;
    if (fits) target = as_string_view(json);
    return fits;
  } else if constexpr (std::is_same_v<Value, Shape>) {
    if (!json.IsArray() || json.Size() > Shape::kMaxRank) return false;
    target = Shape{};
    for (const Json& item : json.GetArray()) {
      int extent = 0;
      if (!convert(item, extent)) return false;
      target.push_back(extent);
    }
    return true;
  } else if constexpr (std::is_enum_v<Value>) {
    if (!json.IsString()) return false;
    const auto& names = kEnumNames<Value>;
    const auto* found = std::find(names.begin(), names.end(), as_string_view(json));
    if (found != names.end()) target = static_cast<Value>(found - names.begin());
    return found != names.end();
  } else if constexpr (std::is_integral_v<Value>) {
    const std::optional<Value> whole = whole_number<Value>(json);
    if (whole) target = *whole;
    return whole.has_value();
  } else {
    if (json.IsNumber()) target = json.GetDouble();
    return json.IsNumber();
  }
}

/// Reads the fields of a JSON object, and keeps the first problem.
class ObjectReader {
 public:
  ObjectReader(const Json& json, std::string path) : json_(json), path_(std::move(path)) {
    if (!json.IsObject()) fail(ProblemKind::wrong_type, path_, "an object");
  }

  template <typename Value>
  void read(const char* key, Value& target) {
    read_from(read_child(key), key, target);
  }
  /// Leaves the target as it is where the JSON does not have the key.
  template <typename Value>
  void read_if_there(const char* key, Value& target) {
    read_from(find_known(key), key, target);
  }
  /// All fields of a config struct.
  template <typename Object>
  void read_fields(Object& object) {
    for_each_field(object, [&](const auto& field, auto& value) {
      field.later ? read_if_there(field.name, value) : read(field.name, value);
    });
  }
  /// Those fields of a struct of numbers that the JSON has.
  void read_numbers(NumberFields fields, void* object) {
    for (const NumberField& field : fields) {
      const Json* json = find_known(field.name);
      if (!json) continue;
      double value = 0;
      if (field.whole) {
        int whole = 0;
        read_from(json, field.name, whole);
        value = whole;
      } else {
        read_from(json, field.name, value);
      }
      field.set(object, value);
    }
  }
  /// The value of a key, for the caller to read.
  const Json* read_child(const char* key) {
    const Json* found = find_known(key);
    if (!found && json_.IsObject()) fail(ProblemKind::missing, path_of(key));
    return found;
  }

  /// The first problem so far.
  const std::optional<Problem>& problem() const { return problem_; }
  /// The first problem, including unknown keys, which come last.
  std::optional<Problem> finish() {
    if (!problem_) {
      for (const auto& member : json_.GetObject()) {
        const std::string key(as_string_view(member.name));
        if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
        fail(ProblemKind::unknown_key, path_of(key), joined(known_));
      }
    }
    return problem_;
  }
  std::string path_of(const std::string& key) const {
    return path_.empty() ? key : path_ + "." + key;
  }

 private:
  const Json* find_known(const char* key) {
    known_.push_back(key);
    return find_member(json_, key);
  }
  template <typename Value>
  void read_from(const Json* value, const char* key, Value& target) {
    if (value && !convert(*value, target)) {
      fail(ProblemKind::wrong_type, path_of(key), kind_of<Value>());
    }
  }
  void fail(ProblemKind kind, std::string path, std::string known = "") {
    if (problem_) return;
    problem_ = Problem{.kind = kind, .path = std::move(path), .known = std::move(known)};
  }

  const Json& json_;
  std::string path_;
  std::vector<std::string_view> known_;
  std::optional<Problem> problem_;
};

/// Reads the alternative of a variant that "type" names. Missing fields keep their defaults.
template <typename Variant>
Result<Variant, Problem> variant_from_json(const Json& json, const std::string& path) {
  ObjectReader reader(json, path);
  std::string type;
  reader.read("type", type);
  if (reader.problem()) return *reader.problem();
  std::vector<std::string_view> known;
  Variant variant;
  for (const Alternative<Variant>& alternative : Alternatives<Variant>::kAll) {
    known.push_back(alternative.type);
    if (alternative.type != type) continue;
    reader.read_numbers(alternative.fields, alternative.emplace(variant));
    if (auto problem = reader.finish()) return *std::move(problem);
    return variant;
  }
  return Problem{.kind = ProblemKind::unknown_name,
                 .path = reader.path_of("type"),
                 .name = std::move(type),
                 .known = joined(known)};
}

Result<NetworkConfig, Problem> network_from_json(const Json& json, const std::string& path) {
  NetworkConfig network;
  ObjectReader reader(json, path);
  const Json* layers = reader.read_child("layers");
  const Json* optimizer = reader.read_child("optimizer");
  reader.read_fields(network);
  if (auto problem = reader.finish()) return *std::move(problem);
  if (!layers->IsArray()) {
    return Problem{
        .kind = ProblemKind::wrong_type, .path = reader.path_of("layers"), .known = "an array"};
  }
  for (rapidjson::SizeType i = 0; i < layers->Size(); ++i) {
    const std::string where = reader.path_of("layers") + "[" + std::to_string(i) + "]";
    GANVAS_ASSIGN_OR_RETURN(const LayerSpec spec,
                            variant_from_json<LayerSpec>((*layers)[i], where));
    network.layers.push_back(spec);
  }
  GANVAS_ASSIGN_OR_RETURN(network.optimizer, variant_from_json<OptimizerConfig>(
                                                 *optimizer, reader.path_of("optimizer")));
  return network;
}

/// Functions that walk a value are recursive, and members are searched for one by one, so untrusted
/// JSON has to be limited in both first.
bool is_beyond(const Json& json, int depth) {
  if (!json.IsObject() && !json.IsArray()) return false;
  if (depth == 0) return true;
  if (json.IsArray()) {
    for (const Json& item : json.GetArray()) {
      if (is_beyond(item, depth - 1)) return true;
    }
    return false;
  }
  if (json.MemberCount() > kMaxMembers) return true;
  for (const auto& member : json.GetObject()) {
    if (is_beyond(member.value, depth - 1)) return true;
  }
  return false;
}

/// Merges a patch into a target as RFC 7396 does, but for null, which stays and has no right type.
/// Copies value by value, since RapidJSON's own copies of arrays take memory from its default
/// allocator.
void merge_patch(Json& target, const Json& patch, JsonPool& allocator) {
  if (patch.IsArray()) {
    target.SetArray();
    for (const Json& item : patch.GetArray()) {
      Json copy;
      merge_patch(copy, item, allocator);
      target.PushBack(copy, allocator);
    }
    return;
  }
  if (!patch.IsObject()) {
    target = Json(patch, allocator);
    return;
  }
  if (!target.IsObject()) target.SetObject();
  for (const auto& member : patch.GetObject()) {
    if (!target.HasMember(member.name)) {
      target.AddMember(Json(member.name, allocator), Json(), allocator);
    }
    merge_patch(target[member.name], member.value, allocator);
  }
}

/// `json` merged into its preset, for the pictures whose shape and classes `json` has.
JsonDocument merge_with_preset(const Preset& preset, const Json& json, bool& examples_at_most) {
  const Json* given_shape = find_member(json, "sample_shape");
  const Json* given_classes = find_member(json, "classes");
  Shape shape;
  PictureShape pictures = preset.pictures;
  int classes = pictures.classes;
  if (given_classes && convert(*given_classes, classes) && classes <= kMaxClasses) {
    pictures.classes = classes;
  }
  const auto found = given_shape && convert(*given_shape, shape)
                         ? picture_shape_of(shape, pictures.classes)
                         : std::nullopt;
  const GanConfig config = preset.config(found.value_or(pictures));
  examples_at_most = config.examples_at_most && !find_member(json, "examples");
  JsonDocument merged = parse_json(config_to_json(config)).value();
  for (const char* network : {"generator", "discriminator"}) {
    const Json* changes = find_member(json, network);
    const Json* optimizer = changes ? find_member(*changes, "optimizer") : nullptr;
    const Json* type = optimizer ? find_member(*optimizer, "type") : nullptr;
    // Another type of optimiser has other settings, so the preset's are dropped.
    Json& of_preset = merged[network]["optimizer"];
    if (type && *type != of_preset["type"]) of_preset.SetObject();
  }
  const bool has_rows =
      found && config.sample_shape.rank() == 1 && config.sample_size() == found->size();
  Json rows;
  if (has_rows) rows.Swap(merged["sample_shape"]);
  merge_patch(merged, json, merged.GetAllocator());
  // Fully connected networks of a preset take these pictures as rows.
  const Json* discriminator = find_member(json, "discriminator");
  if (has_rows && !(discriminator && find_member(*discriminator, "layers"))) {
    merged["sample_shape"] = rows;
  }
  return merged;
}

}  // namespace

std::string config_to_json(const GanConfig& config) {
  JsonText text;
  JsonWriter writer(text);
  writer.StartObject();
  write_fields(writer, config);
  if (!config.class_names.empty()) {
    writer.Key("class_names");
    writer.StartArray();
    for (const std::string& name : config.class_names) write_json(writer, name);
    writer.EndArray();
  }
  write_network(writer, "generator", config.generator);
  write_network(writer, "discriminator", config.discriminator);
  writer.EndObject();
  return text.GetString();
}

Result<GanConfig, Problem> read_config(std::string_view text) {
  std::optional<JsonDocument> json = parse_json(text);
  if (!json || !json->IsObject())
    return Problem{.kind = ProblemKind::wrong_type, .known = "a JSON object"};
  if (is_beyond(*json, kMaxDepth)) {
    return Problem{.kind = ProblemKind::wrong_type,
                   .known = "a JSON object of at most " + std::to_string(kMaxDepth) +
                            " levels, with at most " + std::to_string(kMaxMembers) +
                            " members in each object"};
  }
  bool examples_at_most = false;
  if (const Json* name = find_member(*json, "preset"); name && name->IsString()) {
    if (const auto preset = preset_of(as_string_view(*name))) {
      json = merge_with_preset(*preset.value(), *json, examples_at_most);
    } else if (!json->HasMember("generator") || !json->HasMember("discriminator")) {
      return preset.error();  // a complete config is valid even if its preset is unknown
    }
  }

  GanConfig config;
  config.examples_at_most = examples_at_most;
  ObjectReader reader(*json, "");
  reader.read_fields(config);
  const Json* generator = reader.read_child("generator");
  const Json* discriminator = reader.read_child("discriminator");
  if (json->HasMember("class_names")) {
    const Json& names = *reader.read_child("class_names");
    if (!names.IsArray()) {
      return Problem{.kind = ProblemKind::wrong_type, .path = "class_names", .known = "an array"};
    }
    // What is no string becomes a name that check_config() rejects.
    for (const Json& name : names.GetArray()) {
      config.class_names.emplace_back(name.IsString() ? as_string_view(name) : "");
    }
  }
  if (auto problem = reader.finish()) return *std::move(problem);
  GANVAS_ASSIGN_OR_RETURN(config.generator, network_from_json(*generator, "generator"));
  GANVAS_ASSIGN_OR_RETURN(config.discriminator, network_from_json(*discriminator, "discriminator"));
  return config;
}

Result<GanConfig> config_from_json(std::string_view json) {
  auto config = read_config(json);
  if (!config) return error_of(config.error());
  return std::move(config).value();
}

}  // namespace ganvas
