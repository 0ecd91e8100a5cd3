// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A GAN as data: everything that, with the images, decides every bit of a training run.
#pragma once

#include <cstdint>
#include <string>

#include "nn/adam.h"
#include "nn/layer_spec.h"

namespace ganvas {

struct NetworkConfig {
  LayerSpecs layers;
  AdamConfig optimizer;

  friend bool operator==(const NetworkConfig&, const NetworkConfig&) = default;
};

struct GanConfig {
  std::string preset;      // the name it started from, for display
  std::uint64_t seed = 1;  // below 2^53, so that JavaScript holds it exactly
  int batch_size = 0;
  int latent_size = 0;  // noise dimensions, z_dim
  int image_size = 0;   // features of one sample: 784 for MNIST
  int examples = 0;  // train on the first so many images; 0 until data is given, then their number
  NetworkConfig generator;  // latent_size -> image_size
  NetworkConfig
      discriminator;  // image_size -> 1, ending in Sigmoid: the probability that a sample is real

  friend bool operator==(const GanConfig&, const GanConfig&) = default;
};

}  // namespace ganvas
