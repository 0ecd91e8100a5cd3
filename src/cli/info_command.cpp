// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `ganvas info`: describes a model file.
#include <cmath>
#include <cstdio>
#include <format>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/joined.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/models.h"
#include "cli/text.h"
#include "gan/flops.h"
#include "io/json.h"

namespace ganvas::cli {
namespace {

using Writer = JsonPrettyWriter;

struct InfoOptions {
  std::string model;
  std::optional<std::string> config;
  bool json = false;
};

struct NetworkView {
  std::string_view name;
  const NetworkConfig& config;
  const Parameters<float>& parameters;
};

std::vector<NetworkView> networks_of(const Trainer<float>& trainer) {
  const auto view_of = [&trainer](Network which) -> NetworkView {
    return {name_of(which), trainer.config().network(which), trainer.network(which).parameters()};
  };
  if (trainer.holds() == Holds::generator) return {view_of(Network::generator)};
  return {view_of(Network::generator), view_of(Network::discriminator)};
}

const char* contents_of(Holds holds) {
  switch (holds) {
    case Holds::run:
      return "generator, discriminator and optimisers; training can be resumed";
    case Holds::networks:
      return "generator and discriminator, for sampling and scoring";
    case Holds::generator:
      return "generator only, for sampling";
  }
  return "";
}

/// Fields of a layer spec or an optimiser config, as "lr 0.0003, beta1 0.9".
template <typename Variant>
std::string settings_of(const Variant& variant) {
  std::string text;
  for (const NumberField& field : alternative_of(variant).fields) {
    text += std::format("{}{} {:g}", text.empty() ? "" : ", ", field.name,
                        field.get(object_in(variant)));
  }
  return text;
}

/// The parameters of one layer: those whose names start with its index.
std::vector<NamedTensor> parameters_of_layer(const NetworkView& network, std::size_t layer) {
  std::vector<NamedTensor> found;
  for (const NamedTensor& parameter : network.parameters.list()) {
    if (parameter.name.starts_with(std::to_string(layer) + ".")) found.push_back(parameter);
  }
  return found;
}

std::string_view short_name(const NamedTensor& parameter) {
  return std::string_view(parameter.name).substr(parameter.name.find('.') + 1);
}

void write_network(Writer& writer, const NetworkView& network) {
  write_key(writer, network.name);
  writer.StartObject();
  write_member(writer, "parameterCount", network.parameters.count());
  writer.Key("layers");
  writer.StartArray();
  for (std::size_t i = 0; i < network.config.layers.size(); ++i) {
    writer.StartObject();
    write_member(writer, "type", type_name(network.config.layers[i]));
    const std::vector<NamedTensor> parameters = parameters_of_layer(network, i);
    if (!parameters.empty()) {
      writer.Key("parameters");
      writer.StartObject();
      for (const NamedTensor& parameter : parameters) {
        write_member(writer, short_name(parameter), parameter.shape);
      }
      writer.EndObject();
    }
    writer.EndObject();
  }
  writer.EndArray();
  writer.Key("optimizer");
  writer.StartObject();
  write_member(writer, "type", type_name(network.config.optimizer));
  const OptimizerConfig& optimizer = network.config.optimizer;
  write_numbers(writer, alternative_of(optimizer).fields, object_in(optimizer));
  writer.EndObject();
  writer.EndObject();
}

void print_json(const LoadedModel& model) {
  const Trainer<float>& trainer = *model.trainer;
  const GanConfig& config = trainer.config();
  JsonText text;
  Writer writer(text);
  writer.SetIndent(' ', 2);
  writer.SetFormatOptions(rapidjson::kFormatSingleLineArray);
  writer.StartObject();
  write_member(writer, "preset", config.preset);
  write_member(writer, "seed", config.seed);
  write_member(writer, "step", trainer.steps());
  write_member(writer, "imagesSeen", trainer.images_seen());
  write_member(writer, "examples", config.examples);
  write_member(writer, "batchSize", config.batch_size);
  write_member(writer, "latentSize", config.latent_size);
  write_member(writer, "sampleShape", config.sample_shape);
  write_member(writer, "classes", config.classes);
  if (!config.class_names.empty()) {
    writer.Key("classNames");
    writer.StartArray();
    for (const std::string& name : config.class_names) writer.String(valid_utf8(name).c_str());
    writer.EndArray();
  }
  if (!config.pictures.empty()) write_member(writer, "pictures", config.pictures);
  write_member(writer, "flopsPerStep", flops_per_step(trainer));
  write_member(writer, "trainable", trainer.trainable());
  write_member(writer, "dtype", model.dtype);
  write_member(writer, "fileSize", model.file_size);
  write_member(writer, "hasChecksum", model.has_checksum);
  for (const NetworkView& network : networks_of(trainer)) write_network(writer, network);
  writer.EndObject();
  std::puts(text.GetString());
}

void print_network(const NetworkView& network) {
  const OptimizerConfig& optimizer = network.config.optimizer;
  std::puts(std::format("\n{}: {} parameters, {} {}", network.name,
                        grouped(static_cast<std::int64_t>(network.parameters.count())),
                        type_name(optimizer), settings_of(optimizer))
                .c_str());
  for (std::size_t i = 0; i < network.config.layers.size(); ++i) {
    const LayerSpec& spec = network.config.layers[i];
    std::string detail;
    std::size_t count = 0;
    for (const NamedTensor& parameter : parameters_of_layer(network, i)) {
      detail += std::string(short_name(parameter)) + " " + parameter.shape.to_string() + "  ";
      count += parameter.shape.size();
    }
    if (count == 0) detail = settings_of(spec);
    if (count > 0) detail += grouped(static_cast<std::int64_t>(count));
    const std::string line = std::format("  {:2}  {:<18}{}", i, type_name(spec), detail);
    std::puts(line.substr(0, line.find_last_not_of(' ') + 1).c_str());
  }
}

void print_text(const InfoOptions& options, const LoadedModel& model) {
  const Trainer<float>& trainer = *model.trainer;
  const GanConfig& config = trainer.config();
  std::printf("file      %s (%s, %s%s)\n", one_line(options.model).c_str(),
              file_size(model.file_size).c_str(), model.dtype.c_str(),
              model.has_checksum ? "" : ", without a checksum");
  std::printf("holds     %s\n", contents_of(trainer.holds()));
  std::printf("preset    %s, seed %s\n", one_line(config.preset).c_str(),
              std::to_string(config.seed).c_str());
  std::printf("trained   %s of %d images: %s images, of %s examples\n",
              counted(trainer.steps(), "step").c_str(), config.batch_size,
              grouped(trainer.images_seen()).c_str(), grouped(config.examples).c_str());
  std::printf("samples   %s from %d latents%s\n", config.sample_shape.to_string().c_str(),
              config.latent_size,
              config.classes > 0 ? std::format(" and {} classes", config.classes).c_str() : "");
  if (!config.class_names.empty())
    std::printf("classes   %s\n", one_line(joined(config.class_names)).c_str());
  if (!config.pictures.empty())
    std::printf("pictures  set %s\n", one_line(config.pictures).c_str());
  const double megaflops = flops_per_step(trainer) / 1e6;
  const std::string work =
      megaflops < 1000 ? std::format("{:.3g}", megaflops) : grouped(std::llround(megaflops));
  std::printf("a step    %s MFLOP\n", work.c_str());
  for (const NetworkView& network : networks_of(trainer)) print_network(network);
}

Result<int> info(const InfoOptions& options) {
  ThreadPool pool(1);
  GANVAS_ASSIGN_OR_RETURN(const LoadedModel model, load_model(options.model, options.config, pool));
  options.json ? print_json(model) : print_text(options, model);
  return kSuccess;
}

}  // namespace

void add_info_command(CLI::App& app, Action& action) {
  const auto options = std::make_shared<InfoOptions>();
  CLI::App* command = app.add_subcommand("info", "Describe a model file");
  add_model_option(*command, options->model);
  add_config_option(*command, options->config);
  command->add_flag("--json", options->json, "Print one JSON object");
  command->footer(
      "Examples:\n"
      "  ganvas info --model model.safetensors\n"
      "  ganvas info --model model.safetensors --json");
  command->callback([options, &action] { action = [options] { return info(*options); }; });
}

}  // namespace ganvas::cli
