// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A GAN as data: together with the samples, a config determines every bit of a training run.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/fields.h"
#include "gan/network.h"
#include "nn/layer_spec.h"
#include "nn/optimizer_config.h"
#include "nn/parameters.h"
#include "tensor/shape.h"

namespace ganvas {

/// The losses of the two networks.
enum class Objective {
  bce,      // non-saturating: G maximises log D(G(z)) (Goodfellow et al. 2014)
  minimax,  // saturating: G minimises log(1 - D(G(z))) (Goodfellow et al. 2014)
  lsgan,    // least squares (Mao et al. 2017)
  hinge,    // (Lim and Ye 2017; Miyato et al. 2018)
  wgan,     // Wasserstein (Arjovsky et al. 2017); use with weight_clip or gradient_penalty
};
template <>
inline constexpr std::array<std::string_view, 5> kEnumNames<Objective>{"bce", "minimax", "lsgan",
                                                                       "hinge", "wgan"};

struct NetworkConfig {
  LayerSpecs layers;
  OptimizerConfig optimizer;
  InitScheme init = InitScheme::pytorch;
  int updates = 1;  // per training step: k_G or k_D

  /// All settings except layers and optimizer.
  static constexpr std::tuple kFields{Field{"init", &NetworkConfig::init},
                                      Field{"updates", &NetworkConfig::updates, {1, 100}}};
  friend bool operator==(const NetworkConfig&, const NetworkConfig&) = default;
};

inline constexpr int kMaxClasses = 100;
inline constexpr int kMaxShards = 1024;
inline constexpr std::size_t kMaxClassName = 64;  // bytes

struct GanConfig {
  std::string preset{};  // name of the preset it is based on, for display
  std::uint64_t seed = 1;
  int batch_size = 0;
  int latent_size = 0;  // noise dimensions, z_dim
  Shape sample_shape;   // of one sample: (784,), (3, 32, 32) or (2,)
  int classes = 0;      // of the labels, if networks are conditioned on them or predict them
  /// In the order of the classes, in UTF-8; empty if they have no names.
  std::vector<std::string> class_names{};
  /// "images", the name of a point distribution, or "drawn" for points that the user provides.
  std::string data = "images";
  /// Which pictures: id_of() their set, or "" for MNIST's digits and for points.
  std::string pictures{};
  int examples = 0;  // train on this many samples, from the first; 0: all that are given
  /// Fewer samples than `examples` will do, because a preset chose it and not the user. Not saved.
  bool examples_at_most = false;

  Objective objective = Objective::bce;
  /// The network that is updated first in a step. The other network's first update uses the same
  /// fakes as the last of these updates.
  Network first_update = Network::discriminator;
  /// If false, lossD's gradient also reaches G, as in a PyTorch loop that omits .detach() and
  /// zeroes G's gradients only before lossD.backward().
  bool detach = true;
  bool auxiliary_classifier = false;  // D also outputs `classes` logits (ACGAN, Odena et al. 2017)
  double label_smoothing = 0;  // D's target for real samples is 1 - this (Salimans et al. 2016)
  /// Standard deviation of noise on D's inputs (Arjovsky and Bottou 2017).
  double instance_noise = 0;
  // Differentiable augmentation of images (Zhao et al. 2020; see augmentation.h); 0: none.
  double augment_color = 0;        // brightness, saturation and contrast; 1: as in the paper
  double augment_translation = 0;  // largest shift, as a share of the side; the paper's is 1/8
  double augment_cutout = 0;       // side of the square cut out, likewise; the paper's is 1/2
  double weight_clip = 0;          // D's weights are clipped to +-this after each update; 0: not
  double gradient_penalty = 0;     // lambda of WGAN-GP (Gulrajani et al. 2017); 0: none
  double r1 = 0;                   // gamma of R1 (Mescheder et al. 2018); 0: none
  /// R1 is added in each of this many updates of D, with as many times its weight: "lazy
  /// regularization" (Karras et al. 2020, StyleGAN2).
  int r1_interval = 1;
  /// Decay of a moving average of G from which samples come: min(this, t / (t + 10)) at step t.
  /// 0: samples come from G.
  double ema_decay = 0;
  /// Sub-batches of each batch that pass through the networks on their own; see shard.h.
  int shards = 1;

  NetworkConfig generator;  // latent (and class) -> sample
  /// sample (and class) -> 1 output, or 1 + classes with an auxiliary classifier. For bce and
  /// minimax it ends in Sigmoid, and output 0 is the probability that a sample is real.
  NetworkConfig discriminator;

  /// All settings except class_names and those of the networks.
  static constexpr std::tuple kFields{
      Field{"preset", &GanConfig::preset},
      Field{"seed", &GanConfig::seed, {0, kMaxSeed}},
      Field{"batch_size", &GanConfig::batch_size, {1, 4096}},
      Field{"latent_size", &GanConfig::latent_size, {1, 4096}},
      Field{"sample_shape", &GanConfig::sample_shape},
      Field{"classes", &GanConfig::classes, {0, kMaxClasses}},
      Field{"data", &GanConfig::data},
      Field{"examples", &GanConfig::examples, {0, kMaxCount}},
      Field{"objective", &GanConfig::objective},
      Field{"first_update", &GanConfig::first_update},
      Field{"detach", &GanConfig::detach},
      Field{"auxiliary_classifier", &GanConfig::auxiliary_classifier},
      Field{"label_smoothing", &GanConfig::label_smoothing, {0, 1}, TakesEffect::at_once},
      Field{"instance_noise", &GanConfig::instance_noise, {0, 100}, TakesEffect::at_once},
      Field{"weight_clip", &GanConfig::weight_clip, {0, 1000}},
      Field{"gradient_penalty", &GanConfig::gradient_penalty, {0, 1e6}},
      Field{"r1", &GanConfig::r1, {0, 1e6}},
      Field{"ema_decay", &GanConfig::ema_decay, {0, 1}},
      Field{"r1_interval", &GanConfig::r1_interval, {1, 1000}, TakesEffect::from_start, true},
      Field{"augment_color", &GanConfig::augment_color, {0, 1}, TakesEffect::from_start, true},
      Field{"augment_translation",
            &GanConfig::augment_translation,
            {0, 1},
            TakesEffect::from_start,
            true},
      Field{"augment_cutout", &GanConfig::augment_cutout, {0, 1}, TakesEffect::from_start, true},
      Field{"pictures", &GanConfig::pictures, {}, TakesEffect::from_start, true},
      Field{"shards", &GanConfig::shards, {1, kMaxShards}, TakesEffect::from_start, true}};

  const NetworkConfig& network(Network which) const {
    return which == Network::generator ? generator : discriminator;
  }
  int sample_size() const { return static_cast<int>(sample_shape.size()); }
  friend bool operator==(const GanConfig&, const GanConfig&) = default;
};

/// Whether D's loss has a penalty on its gradients.
inline bool is_penalised(const GanConfig& config) {
  return config.gradient_penalty > 0 || config.r1 > 0;
}

}  // namespace ganvas
