// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Conversion between GanConfig and JSON; see config_json.h.
#include "io/config_json.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "gan/presets.h"

namespace ganvas {
namespace {

using Json = nlohmann::json;

constexpr int kMaxDepth = 8;  // a config is 4 deep: network, layers, layer, value

Json layer_to_json(const LayerSpec& spec) {
  Json json{{"type", layer_type_name(spec)}};
  if (const auto* linear = std::get_if<LinearSpec>(&spec)) {
    json["out_features"] = linear->out_features;
  } else if (const auto* leaky_relu = std::get_if<LeakyReluSpec>(&spec)) {
    json["negative_slope"] = leaky_relu->negative_slope;
  }
  return json;
}

Json network_to_json(const NetworkConfig& network) {
  Json layers = Json::array();
  for (const LayerSpec& spec : network.layers) layers.push_back(layer_to_json(spec));
  const AdamConfig& adam = network.optimizer;
  return {{"layers", std::move(layers)},
          {"optimizer",
           {{"lr", adam.lr}, {"beta1", adam.beta1}, {"beta2", adam.beta2}, {"eps", adam.eps}}}};
}

Json to_json(const GanConfig& config) {
  return {{"preset", config.preset},
          {"seed", config.seed},
          {"batch_size", config.batch_size},
          {"latent_size", config.latent_size},
          {"image_size", config.image_size},
          {"examples", config.examples},
          {"generator", network_to_json(config.generator)},
          {"discriminator", network_to_json(config.discriminator)}};
}

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

/// Reads the fields of one JSON object, and remembers the first thing wrong with them.
class ObjectReader {
 public:
  ObjectReader(const Json& json, std::string path) : json_(json), path_(std::move(path)) {
    if (!json.is_object()) fail("must be an object");
  }

  template <typename Number>
  void read(const char* key, Number& target) {
    const Json* value = find(key);
    if (!value) return;
    if constexpr (std::is_integral_v<Number>) {
      const std::optional<Number> whole = whole_number<Number>(*value);
      if (!whole) return fail("must be a whole number", key);
      target = *whole;
    } else {
      if (!value->is_number()) return fail("must be a number", key);
      target = value->get<Number>();
    }
  }
  void read(const char* key, std::string& target) {
    const Json* value = find(key);
    if (!value) return;
    if (!value->is_string()) return fail("must be a string", key);
    target = value->get<std::string>();
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

Result<LayerSpec> layer_from_json(const Json& json, const std::string& path) {
  ObjectReader reader(json, path);
  std::string type;
  reader.read("type", type);
  LayerSpec spec = TanhSpec{};
  if (type == "linear") {
    LinearSpec linear{};
    reader.read("out_features", linear.out_features);
    spec = linear;
  } else if (type == "leaky_relu") {
    LeakyReluSpec leaky_relu{};
    reader.read("negative_slope", leaky_relu.negative_slope);
    spec = leaky_relu;
  } else if (type == "sigmoid") {
    spec = SigmoidSpec{};
  } else if (type != "tanh") {
    GANVAS_RETURN_IF_ERROR(reader.status());
    return Error{ErrorCode::invalid_config, path + ".type '" + type + "' is not a layer type"};
  }
  GANVAS_RETURN_IF_ERROR(reader.finish());
  return spec;
}

Result<NetworkConfig> network_from_json(const Json& json, const std::string& path) {
  NetworkConfig network;
  ObjectReader reader(json, path);
  const Json* layers = reader.read_child("layers");
  const Json* optimizer = reader.read_child("optimizer");
  GANVAS_RETURN_IF_ERROR(reader.finish());
  if (!layers->is_array()) {
    return Error{ErrorCode::invalid_config, reader.path_of("layers") + " must be an array"};
  }
  for (std::size_t i = 0; i < layers->size(); ++i) {
    GANVAS_ASSIGN_OR_RETURN(
        LayerSpec spec,
        layer_from_json((*layers)[i], reader.path_of("layers") + "[" + std::to_string(i) + "]"));
    network.layers.push_back(spec);
  }
  ObjectReader adam(*optimizer, reader.path_of("optimizer"));
  adam.read("lr", network.optimizer.lr);
  adam.read("beta1", network.optimizer.beta1);
  adam.read("beta2", network.optimizer.beta2);
  adam.read("eps", network.optimizer.eps);
  GANVAS_RETURN_IF_ERROR(adam.finish());
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
      merged.merge_patch(json);
      json = std::move(merged);
    } else if (!json.contains("generator") || !json.contains("discriminator")) {
      return base.error();  // a whole config needs no preset that this version knows
    }
  }

  GanConfig config;
  ObjectReader reader(json, "");
  reader.read("preset", config.preset);
  reader.read("seed", config.seed);
  reader.read("batch_size", config.batch_size);
  reader.read("latent_size", config.latent_size);
  reader.read("image_size", config.image_size);
  reader.read("examples", config.examples);
  const Json* generator = reader.read_child("generator");
  const Json* discriminator = reader.read_child("discriminator");
  GANVAS_RETURN_IF_ERROR(reader.finish());
  GANVAS_ASSIGN_OR_RETURN(config.generator, network_from_json(*generator, "generator"));
  GANVAS_ASSIGN_OR_RETURN(config.discriminator, network_from_json(*discriminator, "discriminator"));
  return config;
}

}  // namespace ganvas
