// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The presets' layers and rates, with their sources.
#include "gan/presets.h"

#include <array>
#include <string>

namespace ganvas {
namespace {

/// The fully connected GAN of the classic PyTorch tutorials: one hidden layer each, Adam with its
/// defaults at 3e-4.
GanConfig seed_preset() {
  const AdamConfig adam{.lr = 3e-4, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8};
  return {
      .preset = "seed",
      .batch_size = 32,
      .latent_size = 64,
      .image_size = 784,
      .generator = {.layers = {LinearSpec{256}, LeakyReluSpec{0.01}, LinearSpec{784}, TanhSpec{}},
                    .optimizer = adam},
      .discriminator = {.layers = {LinearSpec{128}, LeakyReluSpec{0.01}, LinearSpec{1},
                                   SigmoidSpec{}},
                        .optimizer = adam},
  };
}

constexpr std::array kPresets{
    Preset{"seed", "the PyTorch tutorial's fully connected GAN, step for step", &seed_preset},
};

}  // namespace

std::span<const Preset> presets() {
  return kPresets;
}

Result<GanConfig> find_preset(std::string_view name) {
  std::string names;
  for (const Preset& preset : kPresets) {
    if (preset.name == name) return preset.config();
    names += names.empty() ? "" : ", ";
    names += preset.name;
  }
  return Error{ErrorCode::not_found,
               "unknown preset '" + std::string(name) + "'; there are: " + names};
}

}  // namespace ganvas
