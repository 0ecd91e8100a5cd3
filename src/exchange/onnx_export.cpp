// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A network's inputs, layers and outputs as a graph, and what the file says of itself; see
// onnx_export.h.
#include "exchange/onnx_export.h"

#include <optional>
#include <string>
#include <utility>

#include "exchange/onnx_graph.h"
#include "exchange/onnx_layers.h"
#include "gan/check_config.h"
#include "gan/objective.h"
#include "io/checkpoint.h"

namespace ganvas {
namespace {

constexpr const char* kLatents = "latents";
constexpr const char* kLogits = "logits";
constexpr const char* kProbability = "probability";

bool holds(const SafetensorsFile& file, const std::string& prefix) {
  const auto found = file.tensors().lower_bound(prefix);
  return found != file.tensors().end() && found->first.starts_with(prefix);
}

/// The name of samples as an input or output.
const char* samples_of(const GanConfig& config) {
  return config.data == "images" ? "images" : "points";
}

struct Source {
  const SafetensorsFile& file;
  GanConfig config;
  ConfigReport report;
};

Result<OnnxWeights> weights_of(const Source& source, const OnnxOptions& options) {
  const std::string prefix = std::string(name_of(options.network)) + ".";
  if (!holds(source.file, prefix)) {
    return Error{ErrorCode::invalid_argument,
                 "the file has no " + std::string(name_of(options.network))};
  }
  const std::string average = "generator_average.";
  const bool averaged = options.network == Network::generator && holds(source.file, average);
  return OnnxWeights{source.file, averaged ? average : prefix, prefix, options.dtype};
}

/// Adds the input of samples or latents, the classes and all layers, and returns the last output.
Result<std::string> add_network(OnnxGraph& graph, const Source& source,
                                const OnnxOptions& options) {
  const GanConfig& config = source.config;
  const bool generator = options.network == Network::generator;
  const std::span<const LayerSpec> specs =
      generator ? std::span<const LayerSpec>(config.generator.layers) : built_discriminator(config);
  const NetworkReport& report = generator ? *source.report.generator : *source.report.discriminator;
  const bool takes_classes = take_classes(specs);
  if (options.class_mix && (!generator || !takes_classes)) {
    return Error{ErrorCode::invalid_argument, "only a generator that takes classes can mix them"};
  }
  GANVAS_ASSIGN_OR_RETURN(OnnxWeights weights, weights_of(source, options));

  std::string value = generator ? kLatents : samples_of(config);
  Shape shape = generator ? Shape{config.latent_size} : config.sample_shape;
  graph.add_input(value, OnnxType::float32, shape);
  if (takes_classes && options.class_mix) {
    graph.add_input(kOnnxClassWeights, OnnxType::float32, {config.classes});
  } else if (takes_classes) {
    graph.add_input(kOnnxLabels, OnnxType::int64, {});
  }
  OnnxLayers layers(graph, std::move(weights), config.classes, options.class_mix);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const Shape& output = report.layers[i].output;
    GANVAS_ASSIGN_OR_RETURN(value, layers.add(specs[i], static_cast<int>(i), value, shape, output));
    shape = output;
  }
  return value;
}

/// Samples of the config's shape, whatever shape the last layer gives them.
void add_samples(OnnxGraph& graph, const GanConfig& config, const std::string& value) {
  std::vector<std::int64_t> shape{-1};
  for (int axis = 0; axis < config.sample_shape.rank(); ++axis) {
    shape.push_back(config.sample_shape[axis]);
  }
  const char* samples = samples_of(config);
  graph.add_node("Reshape", {value, graph.add_integers("sample_shape", shape)}, {samples});
  graph.add_output(samples, config.sample_shape);
}

/// D's outputs: "logits" and "probability" where the loss is of a probability, else "score"; with
/// an auxiliary classifier also "class_logits".
void add_scores(OnnxGraph& graph, const GanConfig& config, const std::string& value) {
  const bool probabilistic = terms_of(config.objective).on_logits;
  const char* score = probabilistic ? kLogits : "score";
  if (config.auxiliary_classifier) {
    const std::vector<std::int64_t> parts{1, config.classes};
    graph.add_node("Split", {value, graph.add_integers("parts", parts)}, {score, "class_logits"},
                   {{"axis", 1}});
  } else {
    graph.add_node("Identity", {value}, {score});
  }
  graph.add_output(score, {1});
  if (probabilistic) {
    graph.add_node("Sigmoid", {score}, {kProbability});
    graph.add_output(kProbability, {1});
  }
  if (config.auxiliary_classifier) graph.add_output("class_logits", {config.classes});
}

void add_metadata(OnnxGraph& graph, const GanConfig& config, std::int64_t steps) {
  graph.set_metadata("ganvas.preset", config.preset);
  graph.set_metadata("ganvas.seed", std::to_string(config.seed));
  graph.set_metadata(kStepKey, std::to_string(steps));
  graph.set_metadata("ganvas.latent_size", std::to_string(config.latent_size));
  graph.set_metadata("ganvas.sample_shape", config.sample_shape.to_string());
  graph.set_metadata("ganvas.value_range", "(-1, 1)");
  graph.set_metadata("ganvas.classes", std::to_string(config.classes));
}

}  // namespace

Result<std::vector<std::uint8_t>> export_onnx(std::span<const std::uint8_t> model,
                                              const OnnxOptions& options) {
  GANVAS_ASSIGN_OR_RETURN(const SafetensorsFile file, SafetensorsFile::parse(model));
  GANVAS_ASSIGN_OR_RETURN(GanConfig config, saved_config(file));
  GANVAS_ASSIGN_OR_RETURN(const std::int64_t steps, saved_steps(file));
  ConfigReport report = check_networks(config);
  if (const Problem* problem = first_problem(report)) return error_of(*problem);
  const Source source{file, std::move(config), std::move(report)};

  OnnxGraph graph(name_of(options.network));
  GANVAS_ASSIGN_OR_RETURN(const std::string value, add_network(graph, source, options));
  if (options.network == Network::generator) {
    add_samples(graph, source.config, value);
  } else {
    add_scores(graph, source.config, value);
  }
  add_metadata(graph, source.config, steps);
  return graph.finish();
}

}  // namespace ganvas
