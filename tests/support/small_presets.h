// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The presets with an eighth of their width and small batches, which train in milliseconds, and
// data for them.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <variant>

#include "data/distributions.h"
#include "gan/presets.h"
#include "support/small_gan.h"

namespace ganvas::test {

inline LayerSpecs narrowed(LayerSpecs layers, const GanConfig& config) {
  // Widths that the shape of the samples or the number of classes asks for stay.
  const bool reshapes = std::ranges::any_of(
      layers, [](const LayerSpec& spec) { return std::holds_alternative<ReshapeSpec>(spec); });
  const auto narrow = [&](int& width) {
    const bool samples = width == config.sample_size() && !reshapes;
    if (width > 11 && !samples && width != 1 + config.classes) width /= 8;
  };
  for (LayerSpec& spec : layers) {
    if (auto* linear = std::get_if<LinearSpec>(&spec)) narrow(linear->out_features);
    if (auto* conv = std::get_if<Conv2dSpec>(&spec)) narrow(conv->out_channels);
    if (auto* conv = std::get_if<ConvTranspose2dSpec>(&spec)) narrow(conv->out_channels);
    if (auto* reshape = std::get_if<ReshapeSpec>(&spec)) narrow(reshape->channels);
  }
  return layers;
}

inline GanConfig scaled_down(GanConfig config, int batch_size = 6) {
  config.batch_size = batch_size;
  config.examples = 0;
  config.generator.layers = narrowed(config.generator.layers, config);
  config.discriminator.layers = narrowed(config.discriminator.layers, config);
  return config;
}

inline std::shared_ptr<const Dataset> data_for(const GanConfig& config, int count = 40) {
  if (config.data == "images") return some_images(count, config.sample_size());
  auto points = draw_points(config.data, config.seed, count);
  REQUIRE(points.ok());
  auto dataset = Dataset::of_points(std::move(points).value(), config.sample_size());
  REQUIRE(dataset.ok());
  return std::make_shared<const Dataset>(std::move(dataset).value());
}

}  // namespace ganvas::test
