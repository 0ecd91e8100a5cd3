// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Conversion between GanConfig and JSON; see config_json.h.
#include "io/config_json.h"

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "gan/presets.h"
#include "io/config_fields.h"

namespace ganvas {
namespace {

using Json = nlohmann::json;

constexpr int kMaxDepth = 8;  // a config is 4 deep: network, layers, layer, value

/// A number from 0 to Number's maximum, if the JSON holds one. JavaScript writes whole numbers as 1
/// or, past a computation, 1.0.
template <typename Number>
std::optional<Number> whole_number(const Json& json) {
  if (json.is_number_integer()) {
    const bool negative = !json.is_number_unsigned() && json.get<std::int64_t>() < 0;
    const auto value = json.get<std::uint64_t>();
    if (!negative && value <= static_cast<std::uint64_t>(std::numeric_limits<Number>::max())) {
      return static_cast<Number>(value);
    }
  } else if (json.is_number_float()) {
    const auto value = json.get<double>();
    const double end = std::ldexp(1.0, std::numeric_limits<Number>::digits);
    if (value >= 0 && value < end && value == std::trunc(value)) return static_cast<Number>(value);
  }
  return std::nullopt;
}

template <typename Field>
Json field_to_json(const Field& field) {
  if constexpr (std::is_enum_v<Field>) {
    return kEnumNames<Field>[static_cast<std::size_t>(field)];
  } else if constexpr (std::is_same_v<Field, Shape>) {
    Json extents = Json::array();
    for (int axis = 0; axis < field.rank(); ++axis) extents.push_back(field[axis]);
    return extents;
  } else {
    return field;
  }
}

template <typename Object>
Json object_to_json(const Object& object) {
  Json json = Json::object();
  for_each_field(object,
                 [&](const char* name, const auto& field) { json[name] = field_to_json(field); });
  return json;
}

/// An object that one of a variant's alternatives was written to, with the alternative's name as
/// "type".
template <typename Variant>
Json variant_to_json(const Variant& variant, std::string_view type) {
  Json json =
      std::visit([](const auto& alternative) { return object_to_json(alternative); }, variant);
  json["type"] = type;
  return json;
}

Json network_to_json(const NetworkConfig& network) {
  Json layers = Json::array();
  for (const LayerSpec& spec : network.layers) {
    layers.push_back(variant_to_json(spec, layer_type_name(spec)));
  }
  return {
      {"layers", std::move(layers)},
      {"optimizer", variant_to_json(network.optimizer, kOptimizerNames[network.optimizer.index()])},
      {"init", field_to_json(network.init)},
      {"updates", network.updates}};
}

Json to_json(const GanConfig& config) {
  Json json = object_to_json(config);
  json["generator"] = network_to_json(config.generator);
  json["discriminator"] = network_to_json(config.discriminator);
  return json;
}

/// Reads the fields of one JSON object, and remembers the first thing wrong with them.
class ObjectReader {
 public:
  ObjectReader(const Json& json, std::string path) : json_(json), path_(std::move(path)) {
    if (!json.is_object()) fail("must be an object");
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
    if (error_.ok() && json_.is_object()) {
      for (const auto& [key, value] : json_.items()) {
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
      if (json.is_boolean()) target = json.get<bool>();
      return json.is_boolean();
    } else if constexpr (std::is_same_v<Field, std::string>) {
      if (json.is_string()) target = json.get<std::string>();
      return json.is_string();
    } else if constexpr (std::is_same_v<Field, Shape>) {
      if (!json.is_array() || json.size() > Shape::kMaxRank) return false;
      target = Shape{};
      for (const Json& item : json) {
        int extent = 0;
        if (!convert(item, extent)) return false;
        target.push_back(extent);
      }
      return true;
    } else if constexpr (std::is_enum_v<Field>) {
      if (!json.is_string()) return false;
      for (std::size_t i = 0; i < kEnumNames<Field>.size(); ++i) {
        if (kEnumNames<Field>[i] != json.get_ref<const std::string&>()) continue;
        target = static_cast<Field>(i);
        return true;
      }
      return false;
    } else if constexpr (std::is_integral_v<Field>) {
      const std::optional<Field> whole = whole_number<Field>(json);
      if (whole) target = *whole;
      return whole.has_value();
    } else {
      if (!json.is_number()) return false;
      target = json.get<Field>();
      return true;
    }
  }

  const Json* find(const char* key) {
    known_.push_back(key);
    if (!json_.is_object()) return nullptr;
    const auto found = json_.find(key);
    if (found == json_.end()) {
      fail("is missing", key);
      return nullptr;
    }
    return &*found;
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

/// The value under nested keys, or null.
const Json* descend(const Json& json, std::initializer_list<const char*> keys) {
  const Json* at = &json;
  for (const char* key : keys) {
    if (!at->is_object()) return nullptr;
    const auto found = at->find(key);
    if (found == at->end()) return nullptr;
    at = &*found;
  }
  return at;
}

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
        if (json.is_object() && json.contains(name)) reader.read(name, field);
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
  if (!layers->is_array()) {
    return Error{ErrorCode::invalid_config, reader.path_of("layers") + " must be an array"};
  }
  for (std::size_t i = 0; i < layers->size(); ++i) {
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

}  // namespace

std::string config_to_json(const GanConfig& config) {
  // A preset's name may come from a file: broken UTF-8 in it is replaced, not an exception.
  return to_json(config).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<GanConfig> config_from_json(std::string_view text) {
  // Merging recurses into what a stranger nested.
  bool too_deep = false;
  const auto limit_depth = [&](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > kMaxDepth;
    return !too_deep;
  };
  Json json = Json::parse(text.begin(), text.end(), limit_depth, /*allow_exceptions=*/false);
  if (too_deep || !json.is_object()) {
    return Error{ErrorCode::invalid_config, "the config is not a JSON object"};
  }
  if (const auto preset = json.find("preset"); preset != json.end() && preset->is_string()) {
    const auto name = preset->get<std::string>();
    if (Result<GanConfig> base = find_preset(name)) {
      Json merged = to_json(base.value());
      for (const char* network : {"generator", "discriminator"}) {
        const Json* type = descend(json, {network, "optimizer", "type"});
        // Another kind of optimiser has other settings: the preset's are no part of it.
        Json& optimizer = merged[network]["optimizer"];
        if (type && *type != optimizer["type"]) optimizer = Json::object();
      }
      merged.merge_patch(json);
      json = std::move(merged);
    } else if (!json.contains("generator") || !json.contains("discriminator")) {
      return base.error();  // a whole config needs no preset that this version knows
    }
  }

  GanConfig config;
  ObjectReader reader(json, "");
  for_each_field(config, [&](const char* name, auto& field) { reader.read(name, field); });
  const Json* generator = reader.read_child("generator");
  const Json* discriminator = reader.read_child("discriminator");
  GANVAS_RETURN_IF_ERROR(reader.finish());
  GANVAS_ASSIGN_OR_RETURN(config.generator, network_from_json(*generator, "generator"));
  GANVAS_ASSIGN_OR_RETURN(config.discriminator, network_from_json(*discriminator, "discriminator"));
  return config;
}

}  // namespace ganvas
