// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Training, sampling and resuming every preset, with the same bits on any number of threads.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "gan/check_config.h"
#include "gan/flops.h"
#include "gan/presets.h"
#include "io/checkpoint.h"
#include "support/report.h"
#include "support/samples.h"
#include "support/small_presets.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

std::vector<float> samples_with_labels(const Trainer<float>& trainer, std::size_t count = 10) {
  const GanConfig& config = trainer.config();
  std::vector<std::uint8_t> labels(config.classes > 0 ? count : 0);
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = std::uint8_t(i % 10);
  return samples_of(trainer, latents_for(trainer, 3, count), labels);
}

std::unique_ptr<Trainer<float>> trained(const GanConfig& config, int steps, ThreadPool& pool) {
  auto trainer = make_trainer<float>(config, pool);
  REQUIRE(trainer->set_data(data_for(config)).ok());
  for (int step = 0; step < steps; ++step) take_step(*trainer);
  return trainer;
}

/// All pictures that presets follow.
std::vector<PictureShape> picture_shapes() {
  std::vector<PictureShape> all;
  for (const int side : PictureShape::kSides) {
    for (const int channels : {1, 3}) {
      for (const int classes : {0, 12}) all.push_back({channels, side, classes});
    }
  }
  return all;
}

/// The presets scaled down, and a config with options that no preset uses.
std::vector<GanConfig> configs() {
  std::vector<GanConfig> all;
  for (const Preset& preset : presets()) all.push_back(scaled_down(preset.config()));
  GanConfig clipped = scaled_down(find_preset("mlp").value());
  clipped.preset = "wgan with clipping, RMSprop, instance noise, two updates of each network";
  clipped.objective = Objective::wgan;
  clipped.discriminator.layers.pop_back();
  clipped.weight_clip = 0.05;
  clipped.instance_noise = 0.1;
  clipped.discriminator.optimizer = RmsPropConfig{.lr = 5e-5};
  clipped.generator.optimizer = SgdConfig{.lr = 1e-3, .momentum = 0.9};
  clipped.generator.updates = clipped.discriminator.updates = 2;
  all.push_back(clipped);
  return all;
}

}  // namespace

TEST_CASE("Every preset trains two steps at full size and draws samples", "[presets]") {
  ThreadPool pool(2);
  for (const Preset& preset : presets()) {
    INFO(preset.name);
    GanConfig config = preset.config();
    config.batch_size = 4;
    config.examples = 0;
    const auto trainer = trained(config, 2, pool);
    for (const float value : samples_with_labels(*trainer)) REQUIRE(std::isfinite(value));
  }
}

TEST_CASE("Every preset trains on pictures of every shape", "[presets]") {
  ThreadPool pool(1);
  for (const Preset& preset : presets()) {
    if (preset.config().data != "images") continue;
    for (const PictureShape& pictures : picture_shapes()) {
      const GanConfig config = preset.config(pictures);
      INFO(preset.name << " for " << pictures.channels << " x " << pictures.side << ", classes "
                       << pictures.classes);
      const auto problem = find_problem(config);
      const bool takes_classes = preset.name == "cgan" || preset.name == "acgan";
      if (pictures.classes == 0 && takes_classes) {
        REQUIRE(problem);
        CHECK(problem->kind == ProblemKind::needs_classes);
        continue;
      }
      INFO((problem ? describe(*problem) : ""));
      REQUIRE_FALSE(problem);
      CHECK(config.sample_size() == pictures.size());
      if (pictures.side != 28) CHECK(picture_shape_of(config.sample_shape, 0).has_value());
      const auto trainer = trained(scaled_down(config, 4), 2, pool);
      for (const float value : samples_with_labels(*trainer)) REQUIRE(std::isfinite(value));
    }
  }
}

TEST_CASE("Convolutional presets have as many stages as the side needs", "[presets]") {
  const auto layers = [](const char* preset, int side) {
    return find_preset(preset, {.channels = 3, .side = side, .classes = 5}).value();
  };
  const GanConfig large = layers("dcgan", 64);
  CHECK(large.sample_shape == Shape{3, 64, 64});
  CHECK(large.generator.layers ==
        LayerSpecs{LinearSpec{8192}, BatchNormSpec{}, ReluSpec{}, ReshapeSpec{512, 4, 4},
                   ConvTranspose2dSpec{256, 4, 2, 1, 0}, BatchNormSpec{}, ReluSpec{},
                   ConvTranspose2dSpec{128, 4, 2, 1, 0}, BatchNormSpec{}, ReluSpec{},
                   ConvTranspose2dSpec{64, 4, 2, 1, 0}, BatchNormSpec{}, ReluSpec{},
                   ConvTranspose2dSpec{3, 4, 2, 1, 0}, TanhSpec{}});
  CHECK(large.discriminator.layers ==
        LayerSpecs{Conv2dSpec{64, 4, 2, 1}, LeakyReluSpec{0.2}, Conv2dSpec{128, 4, 2, 1},
                   BatchNormSpec{}, LeakyReluSpec{0.2}, Conv2dSpec{256, 4, 2, 1}, BatchNormSpec{},
                   LeakyReluSpec{0.2}, Conv2dSpec{512, 4, 2, 1}, BatchNormSpec{},
                   LeakyReluSpec{0.2}, FlattenSpec{}, LinearSpec{1}, SigmoidSpec{}});
  CHECK(layers("quick", 48).generator.layers[2] == LayerSpec(ReshapeSpec{24, 6, 6}));
  CHECK(layers("fine", 48).generator.layers[2] == LayerSpec(ReshapeSpec{32, 6, 6}));
  CHECK(layers("fine", 48).discriminator.layers[4] == LayerSpec(Conv2dSpec{32, 4, 2, 1}));
  CHECK(layers("hinge", 32).generator.layers[3] == LayerSpec(ReshapeSpec{128, 8, 8}));
  CHECK(layers("pictures", 16).generator.layers[2] == LayerSpec(ReshapeSpec{32, 4, 4}));
  CHECK(layers("pictures", 28).generator.layers[2] == LayerSpec(ReshapeSpec{32, 7, 7}));
  CHECK(layers("pictures", 48).generator.layers[2] == LayerSpec(ReshapeSpec{64, 6, 6}));
  CHECK(layers("pictures", 64).generator.layers[2] == LayerSpec(ReshapeSpec{128, 4, 4}));
  CHECK(layers("acgan", 16).generator.layers[2] == LayerSpec(ReshapeSpec{64, 4, 4}));
  CHECK(layers("acgan", 16).discriminator.layers[10] == LayerSpec(LinearSpec{6}));
}

TEST_CASE("quick, fine and pictures are conditional if there are classes", "[presets]") {
  for (const char* preset : {"quick", "fine", "pictures"}) {
    for (const int classes : {0, 2, 100}) {
      INFO(preset << ", classes " << classes);
      const GanConfig config = find_preset(preset, {.side = 32, .classes = classes}).value();
      CHECK(config.classes == classes);
      CHECK(take_classes(config.generator.layers) == (classes > 0));
      CHECK(take_classes(config.discriminator.layers) == (classes > 0));
    }
  }
}

TEST_CASE("A resumed run of every preset equals an uninterrupted one, bit for bit", "[presets]") {
  ThreadPool pool(1);
  // Includes a short run, because Adam's bias corrections depend on the step and vanish with time.
  for (const int steps : {7, 200}) {
    int differing = 0;
    for (const GanConfig& config : configs()) {
      INFO(config.preset << " after " << steps << " steps");
      const auto uninterrupted = trained(config, 2 * steps, pool);
      const auto saved = save_checkpoint(*trained(config, steps, pool));
      auto loaded = load_checkpoint(saved, pool);
      INFO((loaded.ok() ? "" : loaded.error().message));
      REQUIRE(loaded.ok());
      Trainer<float>& resumed = *loaded.value();
      CHECK(resumed.config() == uninterrupted->config());
      CHECK(save_checkpoint(resumed) == saved);
      REQUIRE(resumed.set_data(data_for(config)).ok());
      for (int step = 0; step < steps; ++step) take_step(resumed);
      const bool same = save_checkpoint(resumed) == save_checkpoint(*uninterrupted) &&
                        samples_with_labels(resumed) == samples_with_labels(*uninterrupted);
      CHECK(same);
      differing += !same;
    }
    report(
        ("runs of presets resumed after " + std::to_string(steps) + " steps that differ:").c_str(),
        differing);
  }
}

TEST_CASE("The exported generator of every preset draws the samples of its checkpoint",
          "[presets]") {
  ThreadPool pool(1);
  for (const GanConfig& config : configs()) {
    INFO(config.preset);
    const auto trainer = trained(config, 3, pool);
    const auto generator = load_checkpoint(save_generator(*trainer, Dtype::f32), pool);
    REQUIRE(generator.ok());
    CHECK(samples_with_labels(*generator.value()) == samples_with_labels(*trainer));
    CHECK_FALSE(generator.value()->trainable());
  }
}

TEST_CASE("Every preset gives the same bits on any number of threads", "[presets]") {
  ThreadPool one(1);
  ThreadPool two(2);
  ThreadPool three(3);
  for (GanConfig config : configs()) {
    INFO(config.preset);
    config.batch_size = 35;  // several blocks, the last one partial
    const auto expected = save_checkpoint(*trained(config, 3, one));
    CHECK(save_checkpoint(*trained(config, 3, two)) == expected);
    CHECK(save_checkpoint(*trained(config, 3, three)) == expected);
  }
}

TEST_CASE("Sampling does not change the training of any preset", "[presets]") {
  ThreadPool pool(1);
  for (const GanConfig& config : configs()) {
    INFO(config.preset);
    const auto plain = trained(config, 3, pool);
    const auto sampled = trained(config, 0, pool);
    for (int step = 0; step < 3; ++step) {
      samples_with_labels(*sampled, 17);
      take_step(*sampled);
    }
    CHECK(save_checkpoint(*sampled) == save_checkpoint(*plain));
  }
}

TEST_CASE("The presets have the values of their sources", "[presets]") {
  const auto of = [](const char* name) { return find_preset(name).value(); };
  CHECK(of("mlp").first_update == Network::generator);
  CHECK(of("mlp").generator.layers[3] == LayerSpec(BatchNormSpec{.eps = 0.8}));
  CHECK(of("mlp").latent_size == 100);
  CHECK(of("dcgan").generator.optimizer ==
        OptimizerConfig(AdamConfig{.lr = 2e-4, .beta1 = 0.5, .beta2 = 0.999}));
  CHECK(of("dcgan").sample_shape == Shape{1, 28, 28});
  const GanConfig quick = of("quick");
  CHECK(quick.generator.layers ==
        LayerSpecs{ClassConcatSpec{}, LinearSpec{1176}, ReshapeSpec{24, 7, 7}, BatchNormSpec{},
                   ReluSpec{}, ConvTranspose2dSpec{12, 4, 2, 1, 0}, BatchNormSpec{}, ReluSpec{},
                   ConvTranspose2dSpec{1, 4, 2, 1, 0}, TanhSpec{}});
  CHECK(quick.discriminator.layers == LayerSpecs{Conv2dSpec{12, 5, 2, 2}, LeakyReluSpec{0.2},
                                                 Conv2dSpec{12, 4, 2, 1}, BatchNormSpec{},
                                                 LeakyReluSpec{0.2}, FlattenSpec{},
                                                 ClassProjectionSpec{}, SigmoidSpec{}});
  CHECK(quick.generator.optimizer ==
        OptimizerConfig(AdamConfig{.lr = 8e-3, .beta1 = 0, .beta2 = 0.99}));
  CHECK(quick.discriminator.optimizer ==
        OptimizerConfig(AdamConfig{.lr = 5e-3, .beta1 = 0, .beta2 = 0.99}));
  CHECK(quick.batch_size == 16);
  CHECK(quick.examples == 10000);
  CHECK(quick.examples_at_most);
  CHECK(quick.classes == 10);
  CHECK(quick.ema_decay == 0.98);
  const GanConfig fine = of("fine");
  CHECK(fine.generator.layers ==
        LayerSpecs{ClassConcatSpec{}, LinearSpec{1568}, ReshapeSpec{32, 7, 7}, BatchNormSpec{},
                   ReluSpec{}, ConvTranspose2dSpec{16, 4, 2, 1, 0}, BatchNormSpec{}, ReluSpec{},
                   ConvTranspose2dSpec{1, 4, 2, 1, 0}, TanhSpec{}});
  CHECK(fine.discriminator.layers ==
        LayerSpecs{Conv2dSpec{16, 5, 2, 2}, LeakyReluSpec{0.2}, Conv2dSpec{32, 4, 2, 1},
                   LeakyReluSpec{0.2}, Conv2dSpec{32, 3, 1, 1}, LeakyReluSpec{0.2}, FlattenSpec{},
                   ClassProjectionSpec{}, SigmoidSpec{}});
  for (const NetworkConfig& network : {fine.generator, fine.discriminator}) {
    CHECK(network.optimizer ==
          OptimizerConfig(
              AdamConfig{.lr = 2e-3, .beta1 = 0, .beta2 = 0.99, .lr_decay_steps = 24000}));
  }
  CHECK(fine.batch_size == 16);
  CHECK(fine.latent_size == 32);
  CHECK(fine.examples == 10000);
  CHECK(fine.examples_at_most);
  CHECK(fine.classes == 10);
  CHECK(fine.r1 == 0.5);
  CHECK(fine.r1_interval == 4);
  CHECK(fine.ema_decay == 0.998);
  CHECK(of("cgan").objective == Objective::lsgan);
  CHECK(of("cgan").classes == 10);
  CHECK(of("acgan").auxiliary_classifier);
  CHECK(of("lsgan").objective == Objective::lsgan);
  CHECK(of("wgan-gp").objective == Objective::wgan);
  CHECK(of("wgan-gp").gradient_penalty == 10);
  CHECK(of("wgan-gp").discriminator.updates == 5);
  CHECK(of("hinge").objective == Objective::hinge);
  CHECK(of("hinge").r1 > 0);
  const GanConfig pictures = of("pictures");
  CHECK(pictures.sample_shape == Shape{3, 32, 32});
  CHECK(pictures.classes == 0);
  CHECK(pictures.examples == 0);
  CHECK(pictures.objective == Objective::hinge);
  CHECK(pictures.augment_translation == 0.125);
  CHECK(pictures.augment_color == 0);
  CHECK(pictures.ema_decay == 0.99);
  CHECK(pictures.generator.layers ==
        LayerSpecs{LinearSpec{1024}, ReshapeSpec{64, 4, 4}, BatchNormSpec{}, ReluSpec{},
                   ConvTranspose2dSpec{32, 4, 2, 1, 0}, BatchNormSpec{}, ReluSpec{},
                   ConvTranspose2dSpec{16, 4, 2, 1, 0}, BatchNormSpec{}, ReluSpec{},
                   ConvTranspose2dSpec{3, 4, 2, 1, 0}, TanhSpec{}});
  CHECK(pictures.discriminator.layers ==
        LayerSpecs{Conv2dSpec{16, 4, 2, 1}, LeakyReluSpec{0.2}, Conv2dSpec{32, 4, 2, 1},
                   BatchNormSpec{}, LeakyReluSpec{0.2}, Conv2dSpec{64, 4, 2, 1}, BatchNormSpec{},
                   LeakyReluSpec{0.2}, FlattenSpec{}, LinearSpec{1}});
  CHECK(of("toy2d").sample_shape == Shape{2});
  CHECK(of("toy2d").latent_size == 2);
}

TEST_CASE("flops_per_step counts each required product once", "[presets]") {
  ThreadPool pool(1);
  const auto flops = [&](GanConfig config) {
    return flops_per_step(*make_trainer<float>(std::move(config), pool));
  };
  // Multiplications and additions of each layer for one sample. The kernel of a convolution is
  // applied at every output pixel, that of a transposed convolution at every input pixel.
  const double g_linear = 2 * 26 * 1176;
  const double g = g_linear + 2 * 24 * 12 * 16 * 7 * 7 + 2 * 12 * 1 * 16 * 14 * 14;
  const double d_conv = 2 * 1 * 12 * 25 * 14 * 14;
  const double d = d_conv + 2 * 12 * 12 * 16 * 7 * 7 + 2 * 588;
  // Forward pass, weight gradients and input gradients. The first layer needs no input gradient,
  // except D's in G's update, where D needs no weight gradients.
  const double g_step = 3 * g - g_linear;
  const double d_step = 2 * (3 * d - d_conv) + 2 * d;
  CHECK(flops(find_preset("quick").value()) == 16 * (g_step + d_step));

  // Several updates, and a penalty with two forward and two backward passes of D.
  GanConfig critic = find_preset("wgan-gp").value();
  critic.generator.layers = {LinearSpec{50}, LinearSpec{784}};
  critic.discriminator.layers = {LinearSpec{30}, LinearSpec{1}};
  critic.discriminator.updates = 3;
  critic.generator.updates = 2;
  const double small_g = 2 * (100 * 50 + 50 * 784);
  const double small_d = 2 * (784 * 30 + 30);
  const double d_update = 2 * (3 * small_d - 2 * 784 * 30) + 5 * small_d - 2 * 784 * 30;
  const double g_update = 2 * small_d + 2 * small_g - 2 * 100 * 50;
  CHECK(flops(critic) == 64 * (4 * small_g + 3 * d_update + 2 * g_update));

  // R1 in each of so many updates.
  GanConfig lazy = find_preset("hinge").value();
  const double every = flops(lazy);
  lazy.r1 = 0;
  const double none = flops(lazy);
  lazy.r1 = 0.1;
  lazy.r1_interval = 4;
  CHECK(flops(lazy) == none + (every - none) / 4);
}
