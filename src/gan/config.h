// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A GAN as data: everything that, with the samples, decides every bit of a training run.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "base/fields.h"
#include "data/dataset.h"
#include "gan/network.h"
#include "nn/layer_spec.h"
#include "nn/optimizer_config.h"
#include "nn/parameters.h"
#include "tensor/shape.h"

namespace ganvas {

/// What the two networks play for.
enum class Objective {
  bce,      // non-saturating: G raises log D(G(z)) (Goodfellow et al. 2014, and the seed tutorial)
  minimax,  // saturating: G lowers log(1 - D(G(z)))
  lsgan,    // least squares (Mao et al. 2017)
  hinge,    // (Lim and Ye 2017; Miyato et al. 2018)
  wgan,     // Wasserstein (Arjovsky et al. 2017); wants weight_clip or gradient_penalty
};
template <>
inline constexpr std::array<std::string_view, 5> kEnumNames<Objective>{"bce", "minimax", "lsgan",
                                                                       "hinge", "wgan"};

struct NetworkConfig {
  LayerSpecs layers;
  OptimizerConfig optimizer;
  InitScheme init = InitScheme::pytorch;
  int updates = 1;  // a step: k_D, k_G

  /// The settings besides layers and optimizer.
  static constexpr std::tuple kFields{Field{"init", &NetworkConfig::init},
                                      Field{"updates", &NetworkConfig::updates, {1, 100}}};
  friend bool operator==(const NetworkConfig&, const NetworkConfig&) = default;
};

struct GanConfig {
  std::string preset{};    // the name it started from, for display
  std::uint64_t seed = 1;  // below 2^53, so that JavaScript holds it exactly
  int batch_size = 0;
  int latent_size = 0;          // noise dimensions, z_dim
  Shape sample_shape;           // of one sample: (784,), (1, 28, 28) or (2,)
  int classes = 0;              // 10 when the networks are told (or must tell) the class, else 0
  std::string data = "images";  // what it learns: "images", the name of a point distribution, or
                                // "drawn" for points that somebody gave
  int examples = 0;  // train on the first so many samples; 0 until data is given, then their number

  Objective objective = Objective::bce;
  /// Whose updates come first in a step. The other network's first update gets the same fakes as
  /// the last of these: nothing is generated anew in between.
  Network first_update = Network::discriminator;
  bool detach = true;  // false: lossD's gradient reaches G too, as when a PyTorch loop leaves out
                       // .detach() and zeroes G's gradients before lossD.backward() only
  bool auxiliary_classifier = false;  // D also outputs `classes` logits (ACGAN, Odena et al. 2017)
  double label_smoothing = 0;  // D's target for real samples is 1 - this (Salimans et al. 2016)
  double instance_noise =
      0;  // standard deviation of noise on all that D sees (Arjovsky and Bottou 2017)
  double weight_clip = 0;       // after each update of D, weights are cut to +-this; 0: not
  double gradient_penalty = 0;  // lambda of WGAN-GP (Gulrajani et al. 2017); 0: none
  double r1 = 0;                // gamma of R1 (Mescheder et al. 2018); 0: none
  double ema_decay =
      0;  // samples come from a moving average of G with decay min(this, t / (t + 10)); 0: from G

  NetworkConfig generator;      // latent (and class) -> sample
  NetworkConfig discriminator;  // sample (and class) -> 1 output, 1 + classes with an auxiliary
                                // classifier; for bce and minimax it ends in Sigmoid: the
                                // probability that a sample is real

  /// The settings besides the two networks.
  static constexpr std::tuple kFields{
      Field{"preset", &GanConfig::preset},
      Field{"seed", &GanConfig::seed, {0, 9007199254740991}},
      Field{"batch_size", &GanConfig::batch_size, {1, 4096}},
      Field{"latent_size", &GanConfig::latent_size, {1, 4096}},
      Field{"sample_shape", &GanConfig::sample_shape},
      Field{"classes", &GanConfig::classes, {0, Dataset::kClasses}},
      Field{"data", &GanConfig::data},
      Field{"examples", &GanConfig::examples, {0, kMaxCount}},
      Field{"objective", &GanConfig::objective},
      Field{"first_update", &GanConfig::first_update},
      Field{"detach", &GanConfig::detach},
      Field{"auxiliary_classifier", &GanConfig::auxiliary_classifier},
      Field{"label_smoothing", &GanConfig::label_smoothing, {0, 1}, Takes::at_once},
      Field{"instance_noise", &GanConfig::instance_noise, {0, 100}, Takes::at_once},
      Field{"weight_clip", &GanConfig::weight_clip, {0, 1000}},
      Field{"gradient_penalty", &GanConfig::gradient_penalty, {0, 1e6}},
      Field{"r1", &GanConfig::r1, {0, 1e6}},
      Field{"ema_decay", &GanConfig::ema_decay, {0, 1}}};

  const NetworkConfig& network(Network which) const {
    return which == Network::generator ? generator : discriminator;
  }
  int sample_size() const { return static_cast<int>(sample_shape.size()); }
  friend bool operator==(const GanConfig&, const GanConfig&) = default;
};

}  // namespace ganvas
