// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layers and rates of the presets, with their sources. "Linder-Norén" is
// github.com/eriklindernoren/PyTorch-GAN, whose scripts update G before D.
#include "gan/presets.h"

#include <array>
#include <string>
#include <vector>

namespace ganvas {
namespace {

const Shape kFlatImage{784};
const Shape kImage{1, 28, 28};

LayerSpecs joined(LayerSpecs layers, const LayerSpecs& more) {
  layers.insert(layers.end(), more.begin(), more.end());
  return layers;
}

/// Adam settings of Linder-Norén and the DCGAN paper.
AdamConfig adam_of_dcgan() {
  return {.lr = 2e-4, .beta1 = 0.5, .beta2 = 0.999};
}

/// The fully connected GAN of PyTorch tutorials: one hidden layer per network, Adam with lr 3e-4
/// and default betas.
GanConfig seed_preset() {
  const AdamConfig adam{.lr = 3e-4, .beta1 = 0.9, .beta2 = 0.999};
  return {
      .batch_size = 32,
      .latent_size = 64,
      .sample_shape = kFlatImage,
      .generator = {.layers = {LinearSpec{256}, LeakyReluSpec{0.01}, LinearSpec{784}, TanhSpec{}},
                    .optimizer = adam},
      .discriminator = {.layers = {LinearSpec{128}, LeakyReluSpec{0.01}, LinearSpec{1},
                                   SigmoidSpec{}},
                        .optimizer = adam},
  };
}

/// The generator of gan.py: four doublings with batch norm. Its eps of 0.8 is a well-known slip (a
/// momentum passed as eps), kept as it is.
LayerSpecs mlp_generator_layers() {
  return {LinearSpec{128},
          LeakyReluSpec{0.2},
          LinearSpec{256},
          BatchNormSpec{.eps = 0.8},
          LeakyReluSpec{0.2},
          LinearSpec{512},
          BatchNormSpec{.eps = 0.8},
          LeakyReluSpec{0.2},
          LinearSpec{1024},
          BatchNormSpec{.eps = 0.8},
          LeakyReluSpec{0.2},
          LinearSpec{784},
          TanhSpec{}};
}
LayerSpecs mlp_discriminator_layers() {
  return {LinearSpec{512}, LeakyReluSpec{0.2}, LinearSpec{256}, LeakyReluSpec{0.2}, LinearSpec{1}};
}

/// Linder-Norén's gan.py.
GanConfig mlp_preset() {
  return {
      .batch_size = 64,
      .latent_size = 100,
      .sample_shape = kFlatImage,
      .first_update = Network::generator,
      .generator = {.layers = mlp_generator_layers(), .optimizer = adam_of_dcgan()},
      .discriminator = {.layers = joined(mlp_discriminator_layers(), {SigmoidSpec{}}),
                        .optimizer = adam_of_dcgan()},
  };
}

/// The networks of Radford, Metz and Chintala 2016, reduced to 28 x 28.
LayerSpecs dcgan_generator_layers() {
  return {LinearSpec{6272},
          BatchNormSpec{},
          ReluSpec{},
          ReshapeSpec{128, 7, 7},
          ConvTranspose2dSpec{.out_channels = 64, .kernel_size = 4, .stride = 2, .padding = 1},
          BatchNormSpec{},
          ReluSpec{},
          ConvTranspose2dSpec{.out_channels = 1, .kernel_size = 4, .stride = 2, .padding = 1},
          TanhSpec{}};
}

GanConfig dcgan_preset() {
  return {
      .batch_size = 64,
      .latent_size = 64,
      .sample_shape = kImage,
      .generator = {.layers = dcgan_generator_layers(), .optimizer = adam_of_dcgan()},
      .discriminator =
          {.layers = {Conv2dSpec{.out_channels = 64, .kernel_size = 4, .stride = 2, .padding = 1},
                      LeakyReluSpec{0.2},
                      Conv2dSpec{.out_channels = 128, .kernel_size = 4, .stride = 2, .padding = 1},
                      BatchNormSpec{}, LeakyReluSpec{0.2}, FlattenSpec{}, LinearSpec{1},
                      SigmoidSpec{}},
           .optimizer = adam_of_dcgan()},
  };
}

/// Our own: a small GAN, conditional by one-hot classes in G and projection in D (Miyato and Koyama
/// 2018), with high learning rates, no momentum, and samples from a moving average. It draws
/// readable digits after a few hundred steps; found by tests/bench/quick_search.py.
GanConfig quick_preset() {
  return {
      .batch_size = 16,
      .latent_size = 16,
      .sample_shape = kImage,
      .classes = 10,
      .examples = 10000,
      .ema_decay = 0.98,
      .generator = {.layers = {ClassConcatSpec{}, LinearSpec{1176}, ReshapeSpec{24, 7, 7},
                               BatchNormSpec{}, ReluSpec{},
                               ConvTranspose2dSpec{
                                   .out_channels = 16, .kernel_size = 4, .stride = 2, .padding = 1},
                               BatchNormSpec{}, ReluSpec{},
                               ConvTranspose2dSpec{
                                   .out_channels = 1, .kernel_size = 4, .stride = 2, .padding = 1},
                               TanhSpec{}},
                    .optimizer = AdamConfig{.lr = 5e-3, .beta1 = 0, .beta2 = 0.99}},
      .discriminator =
          {.layers = {Conv2dSpec{.out_channels = 16, .kernel_size = 5, .stride = 2, .padding = 2},
                      LeakyReluSpec{0.2},
                      Conv2dSpec{.out_channels = 16, .kernel_size = 4, .stride = 2, .padding = 1},
                      BatchNormSpec{}, LeakyReluSpec{0.2}, FlattenSpec{}, ClassProjectionSpec{},
                      SigmoidSpec{}},
           .optimizer = AdamConfig{.lr = 3e-3, .beta1 = 0, .beta2 = 0.99}},
  };
}

/// Conditional GAN (Mirza and Osindero 2014) after Linder-Norén's cgan.py: class embeddings of size
/// 10 in both networks, least-squares loss.
GanConfig cgan_preset() {
  return {
      .batch_size = 64,
      .latent_size = 100,
      .sample_shape = kFlatImage,
      .classes = 10,
      .objective = Objective::lsgan,
      .first_update = Network::generator,
      .generator = {.layers =
                        joined({ClassConcatSpec{.embedding_size = 10}}, mlp_generator_layers()),
                    .optimizer = adam_of_dcgan()},
      .discriminator = {.layers = {ClassConcatSpec{.embedding_size = 10}, LinearSpec{512},
                                   LeakyReluSpec{0.2}, LinearSpec{512}, DropoutSpec{0.4},
                                   LeakyReluSpec{0.2}, LinearSpec{512}, DropoutSpec{0.4},
                                   LeakyReluSpec{0.2}, LinearSpec{1}},
                        .optimizer = adam_of_dcgan()},
  };
}

/// Auxiliary-classifier GAN (Odena, Olah and Shlens 2017) after Linder-Norén's acgan.py, on 28 x 28
/// images.
GanConfig acgan_preset() {
  const auto d_block = [](int channels) {
    return LayerSpecs{
        Conv2dSpec{.out_channels = channels, .kernel_size = 3, .stride = 2, .padding = 1},
        LeakyReluSpec{0.2}, Dropout2dSpec{0.25}};
  };
  const auto g_block = [](int channels) {
    return LayerSpecs{
        Upsample2xSpec{},
        Conv2dSpec{.out_channels = channels, .kernel_size = 3, .stride = 1, .padding = 1},
        BatchNormSpec{.eps = 0.8}, LeakyReluSpec{0.2}};
  };
  LayerSpecs generator{ClassConcatSpec{}, LinearSpec{3136}, ReshapeSpec{64, 7, 7}, BatchNormSpec{}};
  generator = joined(joined(generator, g_block(64)), g_block(32));
  generator = joined(
      generator,
      {Conv2dSpec{.out_channels = 1, .kernel_size = 3, .stride = 1, .padding = 1}, TanhSpec{}});
  LayerSpecs discriminator = joined(joined(d_block(16), d_block(32)), d_block(64));
  discriminator = joined(discriminator, {FlattenSpec{}, LinearSpec{11}, SigmoidSpec{}});
  return {
      .batch_size = 64,
      .latent_size = 100,
      .sample_shape = kImage,
      .classes = 10,
      .first_update = Network::generator,
      .auxiliary_classifier = true,
      .generator = {.layers = generator, .optimizer = adam_of_dcgan(), .init = InitScheme::dcgan},
      .discriminator = {.layers = discriminator,
                        .optimizer = adam_of_dcgan(),
                        .init = InitScheme::dcgan},
  };
}

/// Least squares (Mao et al. 2017) on the networks of `mlp`.
GanConfig lsgan_preset() {
  GanConfig config = mlp_preset();
  config.objective = Objective::lsgan;
  config.discriminator.layers = mlp_discriminator_layers();
  return config;
}

/// Wasserstein loss with gradient penalty (Gulrajani et al. 2017): lambda 10, five updates of the
/// critic per update of G, and the paper's Adam, on the networks of `mlp`.
GanConfig wgan_gp_preset() {
  const AdamConfig adam{.lr = 1e-4, .beta1 = 0.0, .beta2 = 0.9};
  GanConfig config = mlp_preset();
  config.objective = Objective::wgan;
  config.first_update = Network::discriminator;
  config.gradient_penalty = 10;
  config.generator.optimizer = adam;
  config.discriminator = {.layers = mlp_discriminator_layers(), .optimizer = adam, .updates = 5};
  return config;
}

/// Hinge loss (Lim and Ye 2017; Miyato et al. 2018) on a convolutional critic without batch norm,
/// with R1 instead of spectral normalisation.
GanConfig hinge_preset() {
  return {
      .batch_size = 64,
      .latent_size = 64,
      .sample_shape = kImage,
      .objective = Objective::hinge,
      .r1 = 0.1,
      .generator = {.layers = dcgan_generator_layers(), .optimizer = adam_of_dcgan()},
      .discriminator =
          {.layers = {Conv2dSpec{.out_channels = 32, .kernel_size = 4, .stride = 2, .padding = 1},
                      LeakyReluSpec{0.2},
                      Conv2dSpec{.out_channels = 64, .kernel_size = 4, .stride = 2, .padding = 1},
                      LeakyReluSpec{0.2}, FlattenSpec{}, LinearSpec{1}},
           .optimizer = adam_of_dcgan()},
  };
}

/// As in GAN Lab (Kahng et al. 2019): 2-d noise, small networks, points in the plane.
GanConfig toy2d_preset() {
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
    Preset{"cgan", "conditional GAN: the class is an input of both networks", &cgan_preset},
    Preset{"acgan", "auxiliary-classifier GAN: D also predicts the class", &acgan_preset},
    Preset{"lsgan", "least-squares loss", &lsgan_preset},
    Preset{"wgan-gp", "Wasserstein loss with gradient penalty", &wgan_gp_preset},
    Preset{"hinge", "hinge loss on a convolutional critic with R1", &hinge_preset},
    Preset{"toy2d", "points in the plane", &toy2d_preset},
};

}  // namespace

std::span<const Preset> presets() {
  return kPresets;
}

Result<GanConfig, Problem> find_preset(std::string_view name) {
  std::vector<std::string_view> known;
  for (const Preset& preset : kPresets) {
    if (preset.name == name) return preset.config();
    known.push_back(preset.name);
  }
  return Problem{.kind = ProblemKind::unknown_preset,
                 .path = "preset",
                 .name = std::string(name),
                 .known = joined(known)};
}

}  // namespace ganvas
