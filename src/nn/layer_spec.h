// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layers as data: what a preset or a config says, before shapes are known. Input sizes are
// inferred. Fields carry the names of torch.nn's arguments.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "tensor/shape.h"

namespace ganvas {

struct LinearSpec {
  int out_features = 0;
  friend bool operator==(const LinearSpec&, const LinearSpec&) = default;
};
struct Conv2dSpec {
  int out_channels = 0;
  int kernel_size = 0;
  int stride = 1;
  int padding = 0;
  friend bool operator==(const Conv2dSpec&, const Conv2dSpec&) = default;
};
struct ConvTranspose2dSpec {
  int out_channels = 0;
  int kernel_size = 0;
  int stride = 1;
  int padding = 0;
  int output_padding = 0;
  friend bool operator==(const ConvTranspose2dSpec&, const ConvTranspose2dSpec&) = default;
};
/// BatchNorm1d on flat samples, BatchNorm2d on images.
struct BatchNormSpec {
  double eps = 1e-5;
  double momentum = 0.1;
  friend bool operator==(const BatchNormSpec&, const BatchNormSpec&) = default;
};
struct LeakyReluSpec {
  double negative_slope = 0.01;
  friend bool operator==(const LeakyReluSpec&, const LeakyReluSpec&) = default;
};
struct ReluSpec {
  friend bool operator==(const ReluSpec&, const ReluSpec&) = default;
};
struct TanhSpec {
  friend bool operator==(const TanhSpec&, const TanhSpec&) = default;
};
struct SigmoidSpec {
  friend bool operator==(const SigmoidSpec&, const SigmoidSpec&) = default;
};
struct DropoutSpec {
  double p = 0.5;
  friend bool operator==(const DropoutSpec&, const DropoutSpec&) = default;
};
struct Dropout2dSpec {
  double p = 0.5;
  friend bool operator==(const Dropout2dSpec&, const Dropout2dSpec&) = default;
};
struct MaxPool2dSpec {
  int kernel_size = 2;
  friend bool operator==(const MaxPool2dSpec&, const MaxPool2dSpec&) = default;
};
struct Upsample2xSpec {
  friend bool operator==(const Upsample2xSpec&, const Upsample2xSpec&) = default;
};
struct FlattenSpec {
  friend bool operator==(const FlattenSpec&, const FlattenSpec&) = default;
};
/// Unflatten: samples take the shape (channels, height, width).
struct ReshapeSpec {
  int channels = 0;
  int height = 0;
  int width = 0;
  friend bool operator==(const ReshapeSpec&, const ReshapeSpec&) = default;
};

/// Appends the class to flat samples: one-hot, or an embedding of the given size.
struct ClassConcatSpec {
  int embedding_size = 0;  // 0: one-hot
  friend bool operator==(const ClassConcatSpec&, const ClassConcatSpec&) = default;
};
/// A projection discriminator's last layer: one logit from flat samples and their class.
struct ClassProjectionSpec {
  friend bool operator==(const ClassProjectionSpec&, const ClassProjectionSpec&) = default;
};

using LayerSpec =
    std::variant<LinearSpec, Conv2dSpec, ConvTranspose2dSpec, BatchNormSpec, LeakyReluSpec,
                 ReluSpec, TanhSpec, SigmoidSpec, DropoutSpec, Dropout2dSpec, MaxPool2dSpec,
                 Upsample2xSpec, FlattenSpec, ReshapeSpec, ClassConcatSpec, ClassProjectionSpec>;
using LayerSpecs = std::vector<LayerSpec>;

/// The layer's name in configs, as "conv_transpose2d".
std::string_view layer_type_name(const LayerSpec& spec);

}  // namespace ganvas
