// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The names under which a config's fields stand in JSON, once for both directions:
// for_each_field(object, visit) calls visit("name", field) for every field of a layer spec, an
// optimiser's config, or a GanConfig's scalar part.
#pragma once

#include <array>
#include <string_view>

#include "gan/config.h"

namespace ganvas {

/// An enum's names, in the order of its values.
template <typename Enum>
inline constexpr std::array<std::string_view, 0> kEnumNames{};
template <>
inline constexpr std::array<std::string_view, 5> kEnumNames<Objective>{"bce", "minimax", "lsgan",
                                                                       "hinge", "wgan"};
template <>
inline constexpr std::array<std::string_view, 2> kEnumNames<FirstUpdate>{"discriminator",
                                                                         "generator"};
template <>
inline constexpr std::array<std::string_view, 2> kEnumNames<InitScheme>{"pytorch", "dcgan"};

/// In the order of OptimizerConfig's alternatives.
inline constexpr std::array<std::string_view, 3> kOptimizerNames{"adam", "sgd", "rmsprop"};

// `Of` is the struct or its const version.
template <typename Of, typename Visit>
void for_each_field(Of& o, const Visit& visit) {
  using S = std::remove_const_t<Of>;
  if constexpr (std::is_same_v<S, LinearSpec>) {
    visit("out_features", o.out_features);
  } else if constexpr (std::is_same_v<S, Conv2dSpec> || std::is_same_v<S, ConvTranspose2dSpec>) {
    visit("out_channels", o.out_channels);
    visit("kernel_size", o.kernel_size);
    visit("stride", o.stride);
    visit("padding", o.padding);
    if constexpr (std::is_same_v<S, ConvTranspose2dSpec>) visit("output_padding", o.output_padding);
  } else if constexpr (std::is_same_v<S, BatchNormSpec>) {
    visit("eps", o.eps);
    visit("momentum", o.momentum);
  } else if constexpr (std::is_same_v<S, LeakyReluSpec>) {
    visit("negative_slope", o.negative_slope);
  } else if constexpr (std::is_same_v<S, DropoutSpec> || std::is_same_v<S, Dropout2dSpec>) {
    visit("p", o.p);
  } else if constexpr (std::is_same_v<S, MaxPool2dSpec>) {
    visit("kernel_size", o.kernel_size);
  } else if constexpr (std::is_same_v<S, ReshapeSpec>) {
    visit("channels", o.channels);
    visit("height", o.height);
    visit("width", o.width);
  } else if constexpr (std::is_same_v<S, ClassConcatSpec>) {
    visit("embedding_size", o.embedding_size);
  } else if constexpr (std::is_same_v<S, AdamConfig>) {
    visit("lr", o.lr);
    visit("beta1", o.beta1);
    visit("beta2", o.beta2);
    visit("eps", o.eps);
    visit("weight_decay", o.weight_decay);
    visit("lr_decay_steps", o.lr_decay_steps);
  } else if constexpr (std::is_same_v<S, SgdConfig>) {
    visit("lr", o.lr);
    visit("momentum", o.momentum);
    visit("weight_decay", o.weight_decay);
    visit("lr_decay_steps", o.lr_decay_steps);
  } else if constexpr (std::is_same_v<S, RmsPropConfig>) {
    visit("lr", o.lr);
    visit("alpha", o.alpha);
    visit("eps", o.eps);
    visit("weight_decay", o.weight_decay);
    visit("lr_decay_steps", o.lr_decay_steps);
  } else if constexpr (std::is_same_v<S, GanConfig>) {
    visit("preset", o.preset);
    visit("seed", o.seed);
    visit("batch_size", o.batch_size);
    visit("latent_size", o.latent_size);
    visit("sample_shape", o.sample_shape);
    visit("classes", o.classes);
    visit("data", o.data);
    visit("examples", o.examples);
    visit("objective", o.objective);
    visit("first_update", o.first_update);
    visit("detach", o.detach);
    visit("auxiliary_classifier", o.auxiliary_classifier);
    visit("label_smoothing", o.label_smoothing);
    visit("instance_noise", o.instance_noise);
    visit("weight_clip", o.weight_clip);
    visit("gradient_penalty", o.gradient_penalty);
    visit("r1", o.r1);
    visit("ema_decay", o.ema_decay);
  }
}

}  // namespace ganvas
