// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layers and rates of the presets, with their sources. "Linder-Norén" is
// github.com/eriklindernoren/PyTorch-GAN, whose scripts update G before D.
#include "gan/presets.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "base/joined.h"

namespace ganvas {
namespace {

using Pictures = PictureShape;

using LayerList = std::initializer_list<LayerSpec>;

/// In place and from lists, since vectors that are joined are several times as much code.
void add(LayerSpecs& layers, LayerList more) {
  layers.insert(layers.end(), more.begin(), more.end());
}

/// How often a convolutional network halves or doubles the side: 16 = 4 * 4, 28 = 7 * 4, 32 = 8 *
/// 4, 48 = 6 * 8, 64 = 4 * 16.
int stages_of(const Pictures& pictures) {
  return pictures.side >= 64 ? 4 : pictures.side >= 48 ? 3 : 2;
}
/// The side after all halvings.
int base_of(const Pictures& pictures) {
  return pictures.side >> stages_of(pictures);
}
/// Where an image of `channels` begins: Linear and Reshape.
void add_base(LayerSpecs& layers, const Pictures& pictures, int channels) {
  const int base = base_of(pictures);
  add(layers, {LinearSpec{channels * base * base}, ReshapeSpec{channels, base, base}});
}

Shape image_of(const Pictures& pictures) {
  return {pictures.channels, pictures.side, pictures.side};
}

/// Whether fully connected networks take the samples as rows, as MNIST's tutorials do.
bool is_flat(const Pictures& pictures) {
  return pictures.size() == 784;
}
/// The samples of fully connected networks.
Shape samples_of(const Pictures& pictures) {
  return is_flat(pictures) ? Shape{784} : image_of(pictures);
}
/// A fully connected discriminator.
LayerSpecs flattened(const Pictures& pictures, LayerList layers) {
  LayerSpecs all;
  if (!is_flat(pictures)) add(all, {FlattenSpec{}});
  add(all, layers);
  return all;
}

/// D's score, by projection if there are classes.
LayerSpec score(const Pictures& pictures) {
  return pictures.classes > 0 ? LayerSpec(ClassProjectionSpec{}) : LayerSpec(LinearSpec{1});
}

/// Layers that halve or double the side.
LayerSpec halving(int channels) {
  return Conv2dSpec{.out_channels = channels, .kernel_size = 4, .stride = 2, .padding = 1};
}
LayerSpec doubling(int channels) {
  return ConvTranspose2dSpec{.out_channels = channels, .kernel_size = 4, .stride = 2, .padding = 1};
}

/// Adam settings of Linder-Norén and the DCGAN paper.
AdamConfig adam_of_dcgan() {
  return {.lr = 2e-4, .beta1 = 0.5, .beta2 = 0.999};
}

/// The fully connected GAN of PyTorch tutorials: one hidden layer per network, Adam with lr 3e-4
/// and default betas.
GanConfig seed_preset(const Pictures& pictures) {
  const AdamConfig adam{.lr = 3e-4, .beta1 = 0.9, .beta2 = 0.999};
  return {
      .batch_size = 32,
      .latent_size = 64,
      .sample_shape = samples_of(pictures),
      .generator = {.layers = {LinearSpec{256}, LeakyReluSpec{0.01}, LinearSpec{pictures.size()},
                               TanhSpec{}},
                    .optimizer = adam},
      .discriminator = {.layers = flattened(pictures, {LinearSpec{128}, LeakyReluSpec{0.01},
                                                       LinearSpec{1}, SigmoidSpec{}}),
                        .optimizer = adam},
  };
}

/// The generator of gan.py: four doublings with batch norm. Its eps of 0.8 is a well-known slip (a
/// momentum passed as eps), kept as it is.
void add_mlp_generator(LayerSpecs& layers, const Pictures& pictures) {
  add(layers, {LinearSpec{128}, LeakyReluSpec{0.2}});
  for (const int width : {256, 512, 1024}) {
    add(layers, {LinearSpec{width}, BatchNormSpec{.eps = 0.8}, LeakyReluSpec{0.2}});
  }
  add(layers, {LinearSpec{pictures.size()}, TanhSpec{}});
}
LayerSpecs mlp_discriminator_layers(const Pictures& pictures) {
  return flattened(pictures, {LinearSpec{512}, LeakyReluSpec{0.2}, LinearSpec{256},
                              LeakyReluSpec{0.2}, LinearSpec{1}});
}

/// Linder-Norén's gan.py.
GanConfig mlp_preset(const Pictures& pictures) {
  LayerSpecs generator;
  add_mlp_generator(generator, pictures);
  LayerSpecs discriminator = mlp_discriminator_layers(pictures);
  add(discriminator, {SigmoidSpec{}});
  return {
      .batch_size = 64,
      .latent_size = 100,
      .sample_shape = samples_of(pictures),
      .first_update = Network::generator,
      .generator = {.layers = std::move(generator), .optimizer = adam_of_dcgan()},
      .discriminator = {.layers = std::move(discriminator), .optimizer = adam_of_dcgan()},
  };
}

/// The networks of Radford, Metz and Chintala 2016, with channels that double from 64 on.
LayerSpecs dcgan_generator_layers(const Pictures& pictures) {
  const int stages = stages_of(pictures);
  const int channels = 32 << stages;
  const int base = base_of(pictures);
  LayerSpecs layers{LinearSpec{channels * base * base}, BatchNormSpec{}, ReluSpec{},
                    ReshapeSpec{channels, base, base}};
  for (int stage = stages - 1; stage > 0; --stage) {
    add(layers, {doubling(32 << stage), BatchNormSpec{}, ReluSpec{}});
  }
  add(layers, {doubling(pictures.channels), TanhSpec{}});
  return layers;
}

GanConfig dcgan_preset(const Pictures& pictures) {
  LayerSpecs discriminator{halving(64), LeakyReluSpec{0.2}};
  for (int stage = 1; stage < stages_of(pictures); ++stage) {
    add(discriminator, {halving(64 << stage), BatchNormSpec{}, LeakyReluSpec{0.2}});
  }
  add(discriminator, {FlattenSpec{}, LinearSpec{1}, SigmoidSpec{}});
  return {
      .batch_size = 64,
      .latent_size = 64,
      .sample_shape = image_of(pictures),
      .generator = {.layers = dcgan_generator_layers(pictures), .optimizer = adam_of_dcgan()},
      .discriminator = {.layers = std::move(discriminator), .optimizer = adam_of_dcgan()},
  };
}

/// Our own: a small GAN, conditional by one-hot classes in G and projection in D (Miyato and Koyama
/// 2018), with high learning rates, no momentum, and samples from a moving average. It draws
/// readable digits after a few hundred steps; found by tests/bench/quick_search.py.
GanConfig quick_preset(const Pictures& pictures) {
  LayerSpecs generator;
  if (pictures.classes > 0) add(generator, {ClassConcatSpec{}});
  add_base(generator, pictures, 24);
  LayerSpecs discriminator{
      Conv2dSpec{.out_channels = 12, .kernel_size = 5, .stride = 2, .padding = 2},
      LeakyReluSpec{0.2}};
  for (int stage = 1; stage < stages_of(pictures); ++stage) {
    add(generator, {BatchNormSpec{}, ReluSpec{}, doubling(12)});
    add(discriminator, {halving(12), BatchNormSpec{}, LeakyReluSpec{0.2}});
  }
  add(generator, {BatchNormSpec{}, ReluSpec{}, doubling(pictures.channels), TanhSpec{}});
  add(discriminator, {FlattenSpec{}, score(pictures), SigmoidSpec{}});
  return {
      .batch_size = 16,
      .latent_size = 16,
      .sample_shape = image_of(pictures),
      .classes = pictures.classes,
      .examples = 10000,
      .ema_decay = 0.98,
      .generator = {.layers = std::move(generator),
                    .optimizer = AdamConfig{.lr = 8e-3, .beta1 = 0, .beta2 = 0.99}},
      .discriminator = {.layers = std::move(discriminator),
                        .optimizer = AdamConfig{.lr = 5e-3, .beta1 = 0, .beta2 = 0.99}},
  };
}

/// Our own: digits that are crisp after a minute. R1 (Mescheder et al. 2018) in the place of batch
/// norm holds back a D with one more layer than that of `quick`, and the rates fall, without which
/// digits get worse again after the first minute; found by tests/bench/fine_search.py.
GanConfig fine_preset(const Pictures& pictures) {
  const AdamConfig adam{.lr = 2e-3, .beta1 = 0, .beta2 = 0.99, .lr_decay_steps = 24000};
  LayerSpecs generator;
  if (pictures.classes > 0) add(generator, {ClassConcatSpec{}});
  add_base(generator, pictures, 32);
  LayerSpecs discriminator{
      Conv2dSpec{.out_channels = 16, .kernel_size = 5, .stride = 2, .padding = 2},
      LeakyReluSpec{0.2}};
  for (int stage = 1; stage < stages_of(pictures); ++stage) {
    add(generator, {BatchNormSpec{}, ReluSpec{}, doubling(16)});
    add(discriminator, {halving(32), LeakyReluSpec{0.2}});
  }
  add(generator, {BatchNormSpec{}, ReluSpec{}, doubling(pictures.channels), TanhSpec{}});
  add(discriminator, {Conv2dSpec{.out_channels = 32, .kernel_size = 3, .stride = 1, .padding = 1},
                      LeakyReluSpec{0.2}, FlattenSpec{}, score(pictures), SigmoidSpec{}});
  return {
      .batch_size = 16,
      .latent_size = 32,
      .sample_shape = image_of(pictures),
      .classes = pictures.classes,
      .examples = 10000,
      .r1 = 0.5,
      .r1_interval = 4,
      .ema_decay = 0.998,
      .generator = {.layers = std::move(generator), .optimizer = adam},
      .discriminator = {.layers = std::move(discriminator), .optimizer = adam},
  };
}

/// Conditional GAN (Mirza and Osindero 2014) after Linder-Norén's cgan.py: class embeddings of size
/// 10 in both networks, least-squares loss.
GanConfig cgan_preset(const Pictures& pictures) {
  LayerSpecs generator{ClassConcatSpec{.embedding_size = 10}};
  add_mlp_generator(generator, pictures);
  return {
      .batch_size = 64,
      .latent_size = 100,
      .sample_shape = samples_of(pictures),
      .classes = pictures.classes,
      .objective = Objective::lsgan,
      .first_update = Network::generator,
      .generator = {.layers = std::move(generator), .optimizer = adam_of_dcgan()},
      .discriminator = {.layers = flattened(pictures,
                                            {ClassConcatSpec{.embedding_size = 10}, LinearSpec{512},
                                             LeakyReluSpec{0.2}, LinearSpec{512}, DropoutSpec{0.4},
                                             LeakyReluSpec{0.2}, LinearSpec{512}, DropoutSpec{0.4},
                                             LeakyReluSpec{0.2}, LinearSpec{1}}),
                        .optimizer = adam_of_dcgan()},
  };
}

/// Auxiliary-classifier GAN (Odena, Olah and Shlens 2017) after Linder-Norén's acgan.py.
GanConfig acgan_preset(const Pictures& pictures) {
  const auto convolution = [](int channels, int stride) {
    return Conv2dSpec{.out_channels = channels, .kernel_size = 3, .stride = stride, .padding = 1};
  };
  LayerSpecs generator{ClassConcatSpec{}};
  add_base(generator, pictures, 64);
  add(generator, {BatchNormSpec{}});
  LayerSpecs discriminator;
  const int stages = stages_of(pictures);
  for (int stage = 0; stage <= stages; ++stage) {
    add(discriminator, {convolution(16 << stage, 2), LeakyReluSpec{0.2}, Dropout2dSpec{0.25}});
    if (stage == stages) break;
    add(generator, {Upsample2xSpec{}, convolution(stage == 0 ? 64 : 32, 1),
                    BatchNormSpec{.eps = 0.8}, LeakyReluSpec{0.2}});
  }
  add(generator, {convolution(pictures.channels, 1), TanhSpec{}});
  add(discriminator, {FlattenSpec{}, LinearSpec{1 + pictures.classes}, SigmoidSpec{}});
  return {
      .batch_size = 64,
      .latent_size = 100,
      .sample_shape = image_of(pictures),
      .classes = pictures.classes,
      .first_update = Network::generator,
      .auxiliary_classifier = true,
      .generator = {.layers = std::move(generator),
                    .optimizer = adam_of_dcgan(),
                    .init = InitScheme::dcgan},
      .discriminator = {.layers = std::move(discriminator),
                        .optimizer = adam_of_dcgan(),
                        .init = InitScheme::dcgan},
  };
}

/// Least squares (Mao et al. 2017) on the networks of `mlp`.
GanConfig lsgan_preset(const Pictures& pictures) {
  GanConfig config = mlp_preset(pictures);
  config.objective = Objective::lsgan;
  config.discriminator.layers = mlp_discriminator_layers(pictures);
  return config;
}

/// Wasserstein loss with gradient penalty (Gulrajani et al. 2017): lambda 10, five updates of the
/// critic per update of G, and the paper's Adam, on the networks of `mlp`.
GanConfig wgan_gp_preset(const Pictures& pictures) {
  const AdamConfig adam{.lr = 1e-4, .beta1 = 0.0, .beta2 = 0.9};
  GanConfig config = mlp_preset(pictures);
  config.objective = Objective::wgan;
  config.first_update = Network::discriminator;
  config.gradient_penalty = 10;
  config.generator.optimizer = adam;
  config.discriminator = {
      .layers = mlp_discriminator_layers(pictures), .optimizer = adam, .updates = 5};
  return config;
}

/// Hinge loss (Lim and Ye 2017; Miyato et al. 2018) on a convolutional critic without batch norm,
/// with R1 instead of spectral normalisation.
GanConfig hinge_preset(const Pictures& pictures) {
  LayerSpecs discriminator;
  for (int stage = 0; stage < stages_of(pictures); ++stage) {
    add(discriminator, {halving(32 << stage), LeakyReluSpec{0.2}});
  }
  add(discriminator, {FlattenSpec{}, LinearSpec{1}});
  return {
      .batch_size = 64,
      .latent_size = 64,
      .sample_shape = image_of(pictures),
      .objective = Objective::hinge,
      .r1 = 0.1,
      .generator = {.layers = dcgan_generator_layers(pictures), .optimizer = adam_of_dcgan()},
      .discriminator = {.layers = std::move(discriminator), .optimizer = adam_of_dcgan()},
  };
}

/// Our own, for a few dozen to ten thousand pictures: hinge loss on narrow networks, a D whose
/// inputs are moved at random (see augmentation.h) and whose batch norm tells it of samples that
/// are all alike, which is what G makes of sixty drawings without it, and samples from a moving
/// average; found by tests/bench/pictures_search.py. Stages go on until both networks see the whole
/// picture at once: 28 = 7 * 4, 32 = 4 * 8, 48 = 6 * 8.
GanConfig pictures_preset(const Pictures& pictures) {
  int stages = 2;
  while (pictures.side >> stages > 7) ++stages;
  const int base = pictures.side >> stages;
  const int widest = 8 << stages;
  LayerSpecs generator;
  LayerSpecs discriminator;
  if (pictures.classes > 0) add(generator, {ClassConcatSpec{}});
  add(generator, {LinearSpec{widest * base * base}, ReshapeSpec{widest, base, base}});
  for (int stage = 1; stage <= stages; ++stage) {
    const int channels = stage < stages ? widest >> stage : pictures.channels;
    add(generator, {BatchNormSpec{}, ReluSpec{}, doubling(channels)});
    add(discriminator, {halving(8 << stage)});
    if (stage > 1) add(discriminator, {BatchNormSpec{}});
    add(discriminator, {LeakyReluSpec{0.2}});
  }
  add(generator, {TanhSpec{}});
  add(discriminator, {FlattenSpec{}, score(pictures)});
  const AdamConfig adam{.lr = 2e-3, .beta1 = 0, .beta2 = 0.99};
  return {
      .batch_size = 16,
      .latent_size = 32,
      .sample_shape = image_of(pictures),
      .classes = pictures.classes,
      .objective = Objective::hinge,
      .augment_translation = 0.125,
      .ema_decay = 0.99,
      .generator = {.layers = std::move(generator), .optimizer = adam},
      .discriminator = {.layers = std::move(discriminator), .optimizer = adam},
  };
}

/// As in GAN Lab (Kahng et al. 2019): 2-d noise, small networks, points in the plane.
GanConfig toy2d_preset(const Pictures&) {
  const AdamConfig adam{.lr = 1e-3, .beta1 = 0.5, .beta2 = 0.999};
  return {
      .batch_size = 128,
      .latent_size = 2,
      .sample_shape = Shape{2},
      .data = "ring",
      .generator = {.layers = {LinearSpec{64}, ReluSpec{}, LinearSpec{64}, ReluSpec{},
                               LinearSpec{2}},
                    .optimizer = adam},
      .discriminator = {.layers = {LinearSpec{64}, LeakyReluSpec{0.2}, LinearSpec{64},
                                   LeakyReluSpec{0.2}, LinearSpec{1}, SigmoidSpec{}},
                        .optimizer = adam},
  };
}

constexpr std::array kPresets{
    Preset{"seed", "the PyTorch tutorial's fully connected GAN, step for step", &seed_preset},
    Preset{"mlp", "deeper fully connected networks with batch norm", &mlp_preset},
    Preset{"dcgan", "deep convolutional GAN", &dcgan_preset},
    Preset{"quick", "small, class-conditional, readable digits in seconds", &quick_preset},
    Preset{"fine", "class-conditional, crisp digits in a minute; ends at 24,000 steps",
           &fine_preset},
    Preset{"cgan", "conditional GAN: the class is an input of both networks", &cgan_preset},
    Preset{"acgan", "auxiliary-classifier GAN: D also predicts the class", &acgan_preset},
    Preset{"lsgan", "least-squares loss", &lsgan_preset},
    Preset{"wgan-gp", "Wasserstein loss with gradient penalty", &wgan_gp_preset},
    Preset{"hinge", "hinge loss on a convolutional critic with R1", &hinge_preset},
    Preset{"pictures",
           "small, for your own pictures, with or without classes",
           &pictures_preset,
           {.channels = 3, .side = 32, .classes = 0}},
    Preset{"toy2d", "points in the plane", &toy2d_preset},
};

}  // namespace

std::span<const Preset> presets() {
  return kPresets;
}

std::optional<PictureShape> picture_shape_of(const Shape& sample_shape, int classes) {
  if (sample_shape.rank() != 3) return std::nullopt;
  const PictureShape pictures{sample_shape[0], sample_shape[1], classes};
  const auto& sides = PictureShape::kSides;
  const bool known = std::find(sides.begin(), sides.end(), pictures.side) != sides.end();
  const bool colours = pictures.channels == 1 || pictures.channels == 3;
  if (!known || !colours || sample_shape[2] != pictures.side) return std::nullopt;
  return pictures;
}

Result<const Preset*, Problem> preset_of(std::string_view name) {
  std::vector<std::string_view> known;
  for (const Preset& preset : kPresets) {
    if (preset.name == name) return &preset;
    known.push_back(preset.name);
  }
  return Problem{.kind = ProblemKind::unknown_preset,
                 .path = "preset",
                 .name = std::string(name),
                 .known = joined(known)};
}

Result<GanConfig, Problem> find_preset(std::string_view name) {
  GANVAS_ASSIGN_OR_RETURN(const Preset* preset, preset_of(name));
  return preset->config();
}

Result<GanConfig, Problem> find_preset(std::string_view name, const PictureShape& pictures) {
  GANVAS_ASSIGN_OR_RETURN(const Preset* preset, preset_of(name));
  return preset->config(pictures);
}

}  // namespace ganvas
