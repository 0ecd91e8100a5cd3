// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The list of all layers. A new layer is added here.
#pragma once

#include <variant>
#include <vector>

#include "nn/batch_norm.h"
#include "nn/bounded_activations.h"
#include "nn/class_conditioning.h"
#include "nn/conv2d.h"
#include "nn/dropout.h"
#include "nn/leaky_relu.h"
#include "nn/linear.h"
#include "nn/max_pool2d.h"
#include "nn/reshape.h"
#include "nn/upsample2x.h"

namespace ganvas {

/// A layer as data, in the order of the page's menu.
using LayerSpec =
    std::variant<LinearSpec, Conv2dSpec, ConvTranspose2dSpec, BatchNormSpec, LeakyReluSpec,
                 ReluSpec, TanhSpec, SigmoidSpec, DropoutSpec, Dropout2dSpec, MaxPool2dSpec,
                 Upsample2xSpec, FlattenSpec, ReshapeSpec, ClassConcatSpec, ClassProjectionSpec>;
using LayerSpecs = std::vector<LayerSpec>;

const LayerTraits& traits_of(const LayerSpec& spec);

}  // namespace ganvas
