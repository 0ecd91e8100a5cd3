// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Compares tensors with those of presets; see infer_config.h.
#include "exchange/infer_config.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/joined.h"
#include "gan/presets.h"
#include "gan/trainer.h"
#include "tensor/allocation_scope.h"

namespace ganvas {
namespace {

constexpr int kImage = 784;
constexpr int kPoint = 2;
constexpr double kSlope = 0.01;  // torch.nn.LeakyReLU's default

/// Whether a state dict has these tensors and no others.
bool has_just(const StateDict& dict, const std::vector<NamedTensor>& tensors) {
  const Result<Match> match = match_tensors(dict, tensors, "");
  return match && match.value().tensors.size() == dict.entries.size();
}

struct Fits {
  bool generator;
  bool discriminator;
};

/// Which networks of a config have just the tensors of the state dicts. Allocates nothing.
Fits fits_of(const GanConfig& config, const StateDict& generator, const StateDict& discriminator) {
  ThreadPool pool(1);
  const AllocationScope scope(AllocationScope::Mode::count);
  const auto trainer = Trainer<float>::allocate(config, pool);
  if (!trainer) return {false, false};
  return {has_just(generator, tensors_of(trainer.value()->generator())),
          has_just(discriminator, tensors_of(trainer.value()->discriminator()))};
}

/// The first preset with these networks. Presets that share them differ in how they train.
std::optional<InferredConfig> find_preset_of(const StateDict& generator,
                                             const StateDict& discriminator, bool both) {
  std::optional<InferredConfig> found;
  std::vector<std::string_view> others;
  for (const Preset& preset : presets()) {
    const Fits fits = fits_of(preset.config(), generator, discriminator);
    if (!fits.generator || (both && !fits.discriminator)) continue;
    if (!found) {
      found = {.config = preset.config(), .with_discriminator = both, .notes = {}};
    } else {
      others.push_back(preset.name);
    }
  }
  if (!found) return std::nullopt;
  found->notes.push_back("Without a config: its tensors are those of preset " +
                         found->config.preset +
                         (others.empty() ? "" : " (as of " + joined(others) + ")") +
                         ", whose activations were assumed.");
  return found;
}

/// The sizes of Linear layers at 0, 2, 4, ... of a Sequential, inputs first: 64, 256, 784.
std::vector<int> linear_sizes(const StateDict& dict) {
  std::vector<int> sizes;
  const std::size_t layers = dict.entries.size() / 2;
  for (std::size_t i = 0; i < layers; ++i) {
    const auto weight = dict.entries.find(std::to_string(2 * i) + ".weight");
    const auto bias = dict.entries.find(std::to_string(2 * i) + ".bias");
    if (weight == dict.entries.end() || bias == dict.entries.end()) return {};
    const std::vector<std::uint64_t>& shape = weight->second.tensor->shape;
    if (shape.size() != 2 || bias->second.tensor->shape != std::vector{shape[0]}) return {};
    if (shape[0] > kMaxFeatures || shape[1] > kMaxFeatures) return {};
    if (sizes.empty()) sizes.push_back(static_cast<int>(shape[1]));
    if (shape[1] != static_cast<std::uint64_t>(sizes.back())) return {};
    sizes.push_back(static_cast<int>(shape[0]));
  }
  if (dict.entries.size() != 2 * layers) return {};
  return sizes;
}

LayerSpecs linear_layers(const std::vector<int>& sizes) {
  LayerSpecs layers;
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    if (i > 1) layers.emplace_back(LeakyReluSpec{kSlope});
    layers.emplace_back(LinearSpec{sizes[i]});
  }
  return layers;
}

std::optional<InferredConfig> infer_linear(const StateDict& generator,
                                           const StateDict& discriminator) {
  const std::vector<int> sizes = linear_sizes(generator);
  if (sizes.empty() || (sizes.back() != kImage && sizes.back() != kPoint)) return std::nullopt;
  const bool image = sizes.back() == kImage;
  InferredConfig inferred{.config = find_preset(image ? "seed" : "toy2d").value(), .notes = {}};
  GanConfig& config = inferred.config;
  config.latent_size = sizes.front();
  config.generator.layers = linear_layers(sizes);
  if (image) config.generator.layers.emplace_back(TanhSpec{});
  const std::vector<int> d = linear_sizes(discriminator);
  if (!d.empty() && d.front() == sizes.back() && d.back() == 1) {
    config.discriminator.layers = linear_layers(d);
    config.discriminator.layers.emplace_back(SigmoidSpec{});
    inferred.with_discriminator = true;
  }
  inferred.notes.push_back(
      std::string("Without a config: LeakyReLU(0.01) was assumed between the Linear layers") +
      (image ? ", and Tanh after the generator's last" : "") +
      (inferred.with_discriminator ? ", and Sigmoid after the discriminator's last" : "") + ".");
  return inferred;
}

}  // namespace

std::vector<NamedTensor> tensors_of(const Sequential<float>& network) {
  std::vector<NamedTensor> tensors = network.parameters().list();
  const std::vector<NamedTensor>& buffers = network.buffers().list();
  tensors.insert(tensors.end(), buffers.begin(), buffers.end());
  return tensors;
}

Result<InferredConfig> infer_config(const StateDict& generator, const StateDict& discriminator) {
  const bool both = !discriminator.entries.empty();
  auto inferred = find_preset_of(generator, discriminator, both);
  if (!inferred) inferred = infer_linear(generator, discriminator);
  if (!inferred && both) inferred = find_preset_of(generator, discriminator, false);
  if (!inferred) {
    return Error{ErrorCode::invalid_config,
                 generator.entries.empty()
                     ? "the file has no tensors of a generator"
                     : "its layers cannot be inferred from its tensors' names and shapes; they are "
                       "needed as a config"};
  }
  if (both && !inferred->with_discriminator) {
    inferred->notes.emplace_back("The discriminator has other layers and was ignored.");
  }
  return *std::move(inferred);
}

}  // namespace ganvas
