// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Checks ranges, layers, and that the networks fit each other; see check_config.h.
#include "gan/check_config.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/joined.h"
#include "gan/augmentation.h"
#include "gan/objective.h"
#include "tensor/batch_layout.h"

namespace ganvas {
namespace {

std::optional<Problem> check_network_ranges(const NetworkConfig& network, const std::string& path) {
  if (const auto misfit = check_ranges(network)) return located(*misfit, path);
  const OptimizerConfig& optimizer = network.optimizer;
  const auto misfit = check_ranges(alternative_of(optimizer).fields, object_in(optimizer));
  if (misfit) return located(*misfit, path + ".optimizer");
  return std::nullopt;
}

std::optional<Problem> check_all_ranges(const GanConfig& config) {
  auto misfit = check_ranges(config);
  check_range("sample_shape's size", element_count(config.sample_shape), {1, kMaxFeatures}, misfit);
  check_range("shards", config.shards, {1, static_cast<double>(config.batch_size)}, misfit);
  if (misfit) return located(*misfit, "");
  if (auto problem = check_network_ranges(config.generator, "generator")) return problem;
  return check_network_ranges(config.discriminator, "discriminator");
}

std::optional<Problem> check_combinations(const GanConfig& config) {
  if (!config.detach && (config.first_update == Network::generator ||
                         config.generator.updates > 1 || config.discriminator.updates > 1)) {
    return Problem{.kind = ProblemKind::needs_one_update, .path = "detach"};
  }
  if (config.auxiliary_classifier && config.classes == 0) {
    return Problem{.kind = ProblemKind::needs_classes, .path = "auxiliary_classifier"};
  }
  const bool each_fits = std::ranges::all_of(config.class_names, [](const std::string& name) {
    return !name.empty() && name.size() <= kMaxClassName;
  });
  const auto names = static_cast<int>(config.class_names.size());
  if (!each_fits || (names > 0 && names != config.classes)) {
    static_assert(kMaxClassName == 64);
    return Problem{.kind = ProblemKind::wrong_type,
                   .path = "class_names",
                   .known = "a list of names of 1 to 64 bytes, one for each class"};
  }
  if (config.data != "images" && element_count(config.sample_shape) != 2) {
    return Problem{
        .kind = ProblemKind::wrong_type, .path = "sample_shape", .known = "(2) for points"};
  }
  if (is_augmented(config) && config.sample_shape.rank() != 3) {
    return Problem{.kind = ProblemKind::wrong_type,
                   .path = "sample_shape",
                   .known = "(channels, height, width) with augmentation"};
  }
  return std::nullopt;
}

/// Reports a network whose output size is wrong, unless it already has a problem.
void check_output(NetworkReport& report, const Shape& input, const Shape& wanted,
                  const std::string& path) {
  const Shape output = report.layers.empty() ? input : report.layers.back().output;
  if (report.problem || output.size() == wanted.size()) return;
  report.problem =
      Problem{.kind = ProblemKind::output_mismatch, .path = path, .got = output, .wanted = wanted};
}

template <std::size_t... Index>
std::string piecewise_linear_types(std::index_sequence<Index...>) {
  std::vector<std::string_view> names;
  const auto add = [&](const LayerTraits& traits, std::string_view type) {
    if (traits.piecewise_linear) names.push_back(type);
  };
  (add(std::variant_alternative_t<Index, LayerSpec>::kTraits,
       std::variant_alternative_t<Index, LayerSpec>::kType),
   ...);
  return joined(names);
}

std::optional<Problem> check_penalty(std::span<const LayerSpec> layers) {
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (traits_of(layers[i]).piecewise_linear) continue;
    return Problem{.kind = ProblemKind::not_piecewise_linear,
                   .path = "discriminator.layers[" + std::to_string(i) + "]",
                   .name = std::string(type_name(layers[i])),
                   .known = piecewise_linear_types(
                       std::make_index_sequence<std::variant_size_v<LayerSpec>>())};
  }
  return std::nullopt;
}

bool ends_in_sigmoid(const LayerSpecs& layers) {
  return !layers.empty() && std::holds_alternative<SigmoidSpec>(layers.back());
}

NetworkReport check_discriminator(const GanConfig& config, int max_blocks) {
  const LayerInput input{config.sample_shape, config.classes};
  const std::span<const LayerSpec> built = built_discriminator(config);
  NetworkReport report = check_layers(built, input, max_blocks, "discriminator");
  if (report.problem) return report;
  if (built.size() < config.discriminator.layers.size()) {
    report.layers.push_back({report.layers.back().output});  // the sigmoid
  } else if (terms_of(config.objective).on_logits) {
    report.problem = Problem{.kind = ProblemKind::needs_sigmoid, .path = "discriminator.layers"};
    return report;
  }
  const Shape wanted{1 + (config.auxiliary_classifier ? config.classes : 0)};
  check_output(report, config.sample_shape, wanted, "discriminator");
  if (is_penalised(config) && !report.problem) report.problem = check_penalty(built);
  return report;
}

std::optional<Problem> check_memory(const GanConfig& config, double memory) {
  const auto needed = static_cast<double>(memory_of_run(config));
  if (needed <= memory) return std::nullopt;
  return Problem{.kind = ProblemKind::too_much_memory, .value = needed, .range = {0, memory}};
}

}  // namespace

std::span<const LayerSpec> built_discriminator(const GanConfig& config) {
  const std::span<const LayerSpec> layers(config.discriminator.layers);
  const bool applied =
      terms_of(config.objective).on_logits && ends_in_sigmoid(config.discriminator.layers);
  return applied ? layers.first(layers.size() - 1) : layers;
}

ConfigReport check_networks(const GanConfig& config) {
  ConfigReport report;
  report.problem = check_all_ranges(config);
  if (report.problem) return report;
  report.problem = check_combinations(config);
  const int batch_blocks = BatchLayout::of(config.batch_size).blocks();
  const Shape latent{config.latent_size};
  NetworkReport generator =
      check_layers(config.generator.layers, {latent, config.classes}, batch_blocks, "generator");
  check_output(generator, latent, config.sample_shape, "generator");
  report.generator = std::move(generator);
  report.discriminator = check_discriminator(config, 2 * batch_blocks);
  return report;
}

ConfigReport check_config(const GanConfig& config, double memory) {
  ConfigReport report = check_networks(config);
  if (!first_problem(report)) report.problem = check_memory(config, memory);
  return report;
}

Problem* first_problem(ConfigReport& report) {
  if (report.problem) return &*report.problem;
  if (report.generator->problem) return &*report.generator->problem;
  return report.discriminator->problem ? &*report.discriminator->problem : nullptr;
}

std::optional<Problem> find_problem(const GanConfig& config, double memory) {
  ConfigReport report = check_config(config, memory);
  Problem* const problem = first_problem(report);
  return problem ? std::optional(std::move(*problem)) : std::nullopt;
}

}  // namespace ganvas
