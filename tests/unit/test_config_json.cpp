// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Configs as JSON: round trip, merging with a preset, and errors that name the key.
#include "io/config_json.h"

#include <rapidjson/pointer.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "gan/check_config.h"
#include "gan/presets.h"
#include "io/json.h"
#include "support/small_gan.h"

using namespace ganvas;

namespace {

GanConfig read(const std::string& json) {
  const auto config = config_from_json(json);
  INFO(json << ": " << (config.ok() ? "" : config.error().message));
  REQUIRE(config.ok());
  return config.value();
}

std::string error_of(const std::string& json, ErrorCode code = ErrorCode::invalid_config) {
  const auto config = config_from_json(json);
  INFO(json);
  REQUIRE_FALSE(config.ok());
  CHECK(config.error().code == code);
  return config.error().message;
}

/// The seed preset with one top-level value replaced.
std::string seed_with(const std::string& key, const std::string& value) {
  return R"({"preset": "seed", ")" + key + "\": " + value + "}";
}

/// The JSON of a full config without one key of the object at a JSON pointer (RFC 6901).
std::string small_config_without(const char* pointer, const char* key) {
  JsonDocument json = parse_json(config_to_json(test::small_config())).value();
  REQUIRE(rapidjson::GenericPointer<Json>(pointer).Get(json)->RemoveMember(key));
  JsonText text;
  JsonWriter writer(text);
  json.Accept(writer);
  return text.GetString();
}

}  // namespace

TEST_CASE("JSON may begin with a byte order mark", "[config]") {
  CHECK(read("\xEF\xBB\xBF" + seed_with("seed", "7")).seed == 7);
}

TEST_CASE("A config survives a round trip through JSON", "[config]") {
  GanConfig config = test::small_config(17);
  config.seed = (std::uint64_t{1} << 53) - 1;
  config.examples = 12'345;
  config.generator.optimizer =
      AdamConfig{.lr = 0.1, .beta1 = 1.0 / 3, .beta2 = 0.99, .eps = 1e-300};
  config.discriminator.layers = {LinearSpec{3}, SigmoidSpec{}, LeakyReluSpec{1.0 / 7},
                                 TanhSpec{},    LinearSpec{1}, SigmoidSpec{}};
  CHECK(read(config_to_json(config)) == config);
  for (const Preset& preset : presets()) {
    GanConfig expected = preset.config();
    expected.examples_at_most = false;  // the JSON has the number
    CHECK(read(config_to_json(preset.config())) == expected);
  }
}

TEST_CASE("A preset name is a full config", "[config]") {
  CHECK(read(R"({"preset": "seed"})") == find_preset("seed").value());
}

TEST_CASE("The JSON overrides only the values it contains", "[config]") {
  GanConfig expected = find_preset("seed").value();
  expected.seed = 7;
  expected.batch_size = 8;
  test::adam_of(expected.generator).lr = 0.001;
  CHECK(read(R"({"preset": "seed", "seed": 7, "batch_size": 8,
                 "generator": {"optimizer": {"lr": 0.001}}})") == expected);
  expected = find_preset("seed").value();
  expected.discriminator.layers = {LinearSpec{1}, SigmoidSpec{}};
  CHECK(read(R"({"preset": "seed", "discriminator": {"layers":
                 [{"type": "linear", "out_features": 1}, {"type": "sigmoid"}]}})") == expected);
}

TEST_CASE("A preset is that for the shape and classes in the JSON", "[config]") {
  CHECK(read(R"({"preset": "dcgan", "sample_shape": [3, 64, 64]})") ==
        find_preset("dcgan", {.channels = 3, .side = 64}).value());
  CHECK(read(R"({"preset": "quick", "sample_shape": [3, 32, 32], "classes": 17})") ==
        find_preset("quick", {.channels = 3, .side = 32, .classes = 17}).value());
  CHECK(read(R"({"preset": "cgan", "classes": 26})") ==
        find_preset("cgan", {.classes = 26}).value());
  CHECK(read(R"({"preset": "seed", "sample_shape": [1, 16, 16]})") ==
        find_preset("seed", {.side = 16}).value());
  // Networks that take digits as rows take them in this form, too, unless they are given.
  CHECK(read(R"({"preset": "seed", "sample_shape": [1, 28, 28]})") == find_preset("seed").value());
  const GanConfig given = read(R"({"preset": "seed", "sample_shape": [1, 28, 28], "discriminator":
      {"layers": [{"type": "flatten"}, {"type": "linear", "out_features": 1}]}})");
  CHECK(given.sample_shape == Shape{1, 28, 28});
  // Other shapes are the config's own affair.
  for (const char* shape : {"[784]", "[1, 20, 20]", "[2, 28, 28]", "[1, 28, 32]", "[3]"}) {
    const GanConfig config = read(seed_with("sample_shape", shape));
    CHECK(config.generator.layers == find_preset("seed").value().generator.layers);
  }
}

TEST_CASE("The examples of a preset are a ceiling until the JSON has a number", "[config]") {
  CHECK(read(R"({"preset": "quick"})").examples_at_most);
  CHECK_FALSE(read(R"({"preset": "quick", "examples": 10000})").examples_at_most);
  CHECK_FALSE(read(R"({"preset": "seed"})").examples_at_most);
}

TEST_CASE("A full config can have an unknown preset name", "[config]") {
  const GanConfig config = test::small_config();
  REQUIRE_FALSE(find_preset(config.preset).ok());
  CHECK(read(config_to_json(config)) == config);
  CHECK(error_of(R"({"preset": "tomorrow", "seed": 1})", ErrorCode::not_found).find("'tomorrow'") !=
        std::string::npos);
}

TEST_CASE("Accepts integers in JavaScript's number formats", "[config]") {
  CHECK(read(seed_with("batch_size", "64")).batch_size == 64);
  CHECK(read(seed_with("batch_size", "64.0")).batch_size == 64);
  CHECK(read(seed_with("batch_size", "6.4e1")).batch_size == 64);
  CHECK(read(seed_with("seed", "9007199254740991")).seed == 9007199254740991);
  CHECK(read(seed_with("seed", "9007199254740991.0")).seed == 9007199254740991);
  CHECK(read(seed_with("seed", "0")).seed == 0);
  CHECK(read(seed_with("seed", "-0.0")).seed == 0);
}

TEST_CASE("Rejects fractions, negative and too large values for integers, naming the key",
          "[config]") {
  for (const char* value :
       {"-1", "0.5", "-0.5", "1.5", "\"8\"", "true", "[]", "{}", "-1e300", "1e300",
        "18446744073709551616", "18446744073709551615.0", "1152921504606846976"}) {
    CHECK(error_of(seed_with("batch_size", value)) == "batch_size must be a whole number");
    CHECK(error_of(seed_with("examples", value)) == "examples must be a whole number");
  }
  CHECK(error_of(seed_with("batch_size", "2147483648")) == "batch_size must be a whole number");
  CHECK(error_of(seed_with("batch_size", "2147483648.0")) == "batch_size must be a whole number");
  CHECK(read(seed_with("batch_size", "2147483647")).batch_size == 2147483647);
  for (const char* value : {"-1", "0.5", "1e300", "18446744073709551616"}) {
    CHECK(error_of(seed_with("seed", value)) == "seed must be a whole number");
  }
  CHECK(read(seed_with("seed", "1152921504606846976")).seed == std::uint64_t{1} << 60);
}

TEST_CASE("Names a missing key", "[config]") {
  for (const char* key : {"preset",
                          "seed",
                          "batch_size",
                          "latent_size",
                          "sample_shape",
                          "classes",
                          "data",
                          "objective",
                          "first_update",
                          "detach",
                          "auxiliary_classifier",
                          "label_smoothing",
                          "instance_noise",
                          "weight_clip",
                          "gradient_penalty",
                          "r1",
                          "ema_decay",
                          "examples",
                          "generator",
                          "discriminator"}) {
    const auto config = config_from_json(small_config_without("", key));
    REQUIRE_FALSE(config.ok());
    // A config without one of its networks needs its preset, which does not exist here.
    if (config.error().code == ErrorCode::not_found) continue;
    CHECK(config.error().message == std::string(key) + " is missing");
  }
  for (const char* key : {"layers", "optimizer", "init", "updates"}) {
    CHECK(error_of(small_config_without("/generator", key)) ==
          std::string("generator.") + key + " is missing");
  }
  CHECK(error_of(small_config_without("/generator/layers/0", "type")) ==
        "generator.layers[0].type is missing");
  CHECK(error_of(small_config_without("/discriminator/optimizer", "type")) ==
        "discriminator.optimizer.type is missing");
  // A merge patch (RFC 7396) would delete by null.
  CHECK(error_of(seed_with("seed", "null")) == "seed must be a whole number");
}

TEST_CASE("Classes can have names", "[config]") {
  const std::string three = R"({"preset": "quick", "classes": 3, "class_names": )";
  const GanConfig config = read(three + R"(["T-shirt", "裤子", "a\"b"]})");
  CHECK(config.class_names == std::vector<std::string>{"T-shirt", "裤子", "a\"b"});
  CHECK(read(config_to_json(config)).class_names == config.class_names);
  CHECK_FALSE(find_problem(config));
  CHECK(config_to_json(find_preset("quick").value()).find("class_names") == std::string::npos);
  CHECK(error_of(three + "3}") == "class_names must be an array");
  const std::string longest(64, 'x');
  CHECK_FALSE(find_problem(read(three + R"(["a", "b", ")" + longest + "\"]}")));
  for (const std::string names :
       {R"(["a", "b"])", R"(["a", "b", "c", "d"])", R"(["a", "b", ""])", R"(["a", "b", 3])"}) {
    INFO(names);
    const auto problem = find_problem(read(three + names + "}"));
    REQUIRE(problem);
    CHECK(describe(*problem) ==
          "class_names must be a list of names of 1 to 64 bytes, one for each class");
  }
  CHECK(find_problem(read(three + R"(["a", "b", ")" + longest + "x\"]}")));
}

TEST_CASE("Keys that older files lack keep their defaults", "[config]") {
  for (const char* key : {"augment_color", "augment_translation", "augment_cutout"}) {
    const auto config = config_from_json(small_config_without("", key));
    REQUIRE(config.ok());
    CHECK(config.value() == test::small_config());
    CHECK(error_of(seed_with(key, "\"much\"")) == std::string(key) + " must be a number");
  }
  for (const char* key : {"r1_interval", "shards"}) {
    const auto config = config_from_json(small_config_without("", key));
    REQUIRE(config.ok());
    CHECK(config.value() == test::small_config());
    CHECK(error_of(seed_with(key, "1.5")) == std::string(key) + " must be a whole number");
  }
}

TEST_CASE("The set of pictures is left out where there is none", "[config]") {
  GanConfig config = test::small_config();
  CHECK(config_to_json(config).find("pictures") == std::string::npos);
  config.pictures = "0123456789abcdef";
  CHECK(config_to_json(config).find(R"("pictures":"0123456789abcdef")") != std::string::npos);
  CHECK(read(config_to_json(config)) == config);
  CHECK(read(R"({"preset": "quick", "pictures": "0123456789abcdef"})").pictures == config.pictures);
}

TEST_CASE("Omitted settings of layers and optimisers keep their defaults", "[config]") {
  const GanConfig config = read(R"({"preset": "seed",
      "generator": {"layers": [{"type": "leaky_relu"}, {"type": "conv2d", "out_channels": 3},
                               {"type": "batch_norm"}, {"type": "dropout", "p": 0.25}],
                    "optimizer": {"type": "sgd", "momentum": 0.5}},
      "discriminator": {"optimizer": {"type": "adam", "beta1": 0.25}}})");
  CHECK(config.generator.layers == LayerSpecs{LeakyReluSpec{0.01}, Conv2dSpec{.out_channels = 3},
                                              BatchNormSpec{}, DropoutSpec{0.25}});
  // An optimiser of another type starts from the type's defaults, one of the same type from the
  // preset's values.
  CHECK(config.generator.optimizer == OptimizerConfig{SgdConfig{.momentum = 0.5}});
  CHECK(config.discriminator.optimizer == OptimizerConfig{AdamConfig{.lr = 3e-4, .beta1 = 0.25}});
}

TEST_CASE("Names an unknown key at every level", "[config]") {
  const std::string of_config = error_of(seed_with("batchsize", "8"));
  CHECK(of_config.starts_with("batchsize is not a known key; known keys: preset, "));
  // Those that the preset does not have are named, too.
  for (const std::string_view key : {", seed", ", batch_size", ", shards", ", generator"})
    CHECK(of_config.find(key) != std::string::npos);
  CHECK(error_of(seed_with("generator", R"({"depth": 3})"))
            .starts_with("generator.depth is not a known key; known keys: layers, optimizer, "));
  CHECK(error_of(seed_with("generator", R"({"optimizer": {"momentum": 0.9}})")) ==
        "generator.optimizer.momentum is not a known key; known keys: type, lr, beta1, beta2, eps, "
        "weight_decay, lr_decay_steps");
  CHECK(error_of(seed_with("generator", R"({"layers": [{"type": "tanh", "slope": 1}]})")) ==
        "generator.layers[0].slope is not a known key; known keys: type");
}

TEST_CASE("Names the key of a value with the wrong type", "[config]") {
  const std::string layers =
      "linear, conv2d, conv_transpose2d, batch_norm, leaky_relu, relu, tanh, sigmoid, dropout, "
      "dropout2d, max_pool2d, upsample2x, flatten, reshape, class_concat, class_projection";
  CHECK(error_of(R"({"preset": 5})") == "preset must be a string of up to 255 bytes");
  GanConfig long_name = find_preset("seed").value();
  long_name.preset.assign(256, 'x');
  CHECK(error_of(config_to_json(long_name)) == "preset must be a string of up to 255 bytes");
  CHECK(error_of(seed_with("generator", "3")) == "generator must be an object");
  CHECK(error_of(seed_with("generator", R"({"layers": 3})")) ==
        "generator.layers must be an array");
  CHECK(error_of(seed_with("generator", R"({"layers": [3]})")) ==
        "generator.layers[0] must be an object");
  CHECK(error_of(seed_with("generator", R"({"layers": [{"type": 3}]})")) ==
        "generator.layers[0].type must be a string of up to 255 bytes");
  CHECK(error_of(seed_with("generator", R"({"layers": [{"type": "linaer"}]})")) ==
        "generator.layers[0].type is 'linaer', must be one of " + layers);
  CHECK(error_of(seed_with("generator", R"({"layers": [{"type": ""}]})")) ==
        "generator.layers[0].type is '', must be one of " + layers);
  CHECK(error_of(seed_with("generator", R"({"optimizer": 3})")) ==
        "generator.optimizer must be an object");
  CHECK(error_of(seed_with("generator", R"({"optimizer": {"lr": "fast"}})")) ==
        "generator.optimizer.lr must be a number");
}

TEST_CASE("Rejects text that is not a JSON object", "[config]") {
  for (const std::string text :
       {"", " ", "null", "3", "[]", "\"seed\"", "{", "{\"preset\": \"seed\"", "{'preset': 'seed'}",
        "{\"preset\": \"seed\"} x", "{\"preset\": \"\xff\xfe\"}", "{\"seed\": 1e999}",
        "{\"seed\": NaN}"}) {
    CHECK(error_of(text) == "the config must be a JSON object");
  }
  CHECK(error_of(std::string("{\"preset\"\0: \"seed\"}", 20)) ==
        "the config must be a JSON object");
}

TEST_CASE("Rejects more members than any config has without searching for each", "[config]") {
  std::string members;
  for (int i = 0; i < 100'000; ++i) members += ", \"k" + std::to_string(i) + "\": 0";
  CHECK(error_of(R"({"preset": "seed")" + members + "}") ==
        "the config must be a JSON object of at most 8 levels, with at most 256 members in each "
        "object");
  CHECK(error_of(seed_with("generator", R"({"optimizer": {"type": "adam")" + members + "}}")) ==
        "the config must be a JSON object of at most 8 levels, with at most 256 members in each "
        "object");
}

TEST_CASE("Rejects deeply nested JSON without exhausting the stack", "[config]") {
  constexpr int kDepth = 500'000;
  std::string objects = R"({"preset": "seed")";
  for (int i = 0; i < kDepth; ++i) objects += R"(, "generator": {"layers": [)";
  CHECK(error_of(objects) == "the config must be a JSON object");
  std::string closed = R"({"preset": "seed", "generator": )";
  for (int i = 0; i < kDepth; ++i) closed += R"({"generator":)";
  closed += "1" + std::string(kDepth, '}') + "}";
  const std::string limited =
      "the config must be a JSON object of at most 8 levels, with at most 256 members in each "
      "object";
  CHECK(error_of(closed) == limited);
  const std::string arrays =
      seed_with("generator", std::string(kDepth, '[') + std::string(kDepth, ']'));
  CHECK(error_of(arrays) == limited);
}
