// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Checks layers one after the other; see check_layers.h.
#include "nn/check_layers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tensor/batch_layout.h"

namespace ganvas {
namespace {

// Limits on the memory that a config from a file or link can allocate.
constexpr std::size_t kMaxLayers = 64;
constexpr std::int64_t kMaxParameters = std::int64_t{1} << 24;  // of a network
constexpr double kMaxActivations = 1 << 26;  // of a network with its largest batch

Inferred infer(const LayerSpec& spec, const LayerInput& input) {
  if (const auto misfit = check_ranges(alternative_of(spec).fields, object_in(spec)))
    return *misfit;
  return std::visit([&](const auto& layer) { return layer.infer(input); }, spec);
}

template <std::size_t... Index>
constexpr std::array<LayerTraits, sizeof...(Index)> all_traits(std::index_sequence<Index...>) {
  return {std::variant_alternative_t<Index, LayerSpec>::kTraits...};
}
constexpr auto kTraits = all_traits(std::make_index_sequence<std::variant_size_v<LayerSpec>>());

}  // namespace

const LayerTraits& traits_of(const LayerSpec& spec) {
  return kTraits[spec.index()];
}

NetworkReport check_layers(std::span<const LayerSpec> specs, const LayerInput& input,
                           int max_blocks, const std::string& path) {
  NetworkReport report;
  if (specs.size() > kMaxLayers) {
    report.problem =
        located({.kind = ProblemKind::too_many_layers, .value = kMaxLayers}, path + ".layers");
    return report;
  }
  const double samples = static_cast<double>(max_blocks) * kLanes;
  double activations = element_count(input.shape) * samples;
  Shape shape = input.shape;
  bool computes = false;
  const auto next = [&](const LayerSpec& spec) -> std::optional<Misfit> {
    const Inferred inferred = infer(spec, {shape, input.classes});
    if (!inferred) return inferred.error();
    const LayerShape& layer = inferred.value();
    if (report.parameters + layer.parameters > kMaxParameters) {
      return Misfit{.kind = ProblemKind::too_many_parameters, .value = double{kMaxParameters}};
    }
    activations += element_count(layer.output) * samples;
    if (activations > kMaxActivations) {
      return Misfit{.kind = ProblemKind::too_many_activations, .value = kMaxActivations};
    }
    report.parameters += layer.parameters;
    report.layers.push_back(layer);
    shape = layer.output;
    computes = computes || traits_of(spec).computes;
    return std::nullopt;
  };
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const auto misfit = next(specs[i]);
    if (!misfit) continue;
    report.problem = located(*misfit, path + ".layers[" + std::to_string(i) + "]");
    report.problem->name = type_name(specs[i]);
    report.problem->got = shape;
    return report;
  }
  if (!computes) report.problem = located({.kind = ProblemKind::no_layers}, path + ".layers");
  return report;
}

bool take_classes(std::span<const LayerSpec> specs) {
  return std::any_of(specs.begin(), specs.end(),
                     [](const LayerSpec& spec) { return traits_of(spec).takes_classes; });
}

}  // namespace ganvas
