// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What every layer's spec states. A spec is a layer as data, before shapes are known: a struct
// whose members carry the names of torch.nn's arguments, with
//
//   static constexpr std::string_view kType         its name in configs: "conv_transpose2d"
//   static constexpr LayerTraits kTraits            what else holds for all such layers
//   static constexpr std::tuple kFields             its members, see base/fields.h
//   Inferred infer(const LayerInput&) const         the output's shape and the parameters, or what
//   does not fit build<T>(const LayerSite<T>&) const             the layer; null when
//   kTraits.computes is false
//
// infer() may rely on the members being in their ranges, and does not allocate tensors. The list of
// all specs is in layer_spec.h.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <tuple>

#include "base/fields.h"
#include "base/result.h"
#include "nn/problem.h"
#include "tensor/shape.h"

namespace ganvas {

template <typename T>
class Layer;
template <typename T>
struct LayerSite;

// Bounds on what a config, which may come from a file or a link, can make us allocate.
inline constexpr int kMaxFeatures = 1 << 17;
inline constexpr int kMaxChannels = 2048;
inline constexpr int kMaxKernel = 31;

struct LayerTraits {
  /// The layer in torch.nn. {in} stands for the input's features or channels, {rank} for 1 or 2,
  /// {shape} for the output's shape, other names for fields; an argument followed by ? is left out
  /// where the field has its default. Empty for layers that take classes, which the script writes
  /// itself.
  std::string_view pytorch;
  /// Whether the layer is linear in x but for a choice that x makes, as LeakyReLU's sign: what
  /// gradient penalties need.
  bool piecewise_linear = false;
  bool takes_classes = false;
  bool computes =
      true;  // false: build() makes no layer, since samples of either shape lie in memory alike
};

struct LayerInput {
  Shape shape;      // of one sample
  int classes = 0;  // of the labels; 0 when samples have none
};

struct LayerShape {
  Shape output;  // of one sample
  std::int64_t parameters = 0;
};

using Inferred = Result<LayerShape, Misfit>;

template <typename T>
using LayerPointer = std::unique_ptr<Layer<T>>;

/// The numbers in a sample of any shape that a config may ask for: their product could overflow an
/// integer.
inline double element_count(const Shape& shape) {
  double count = 1;
  for (int axis = 0; axis < shape.rank(); ++axis) count *= shape[axis];
  return count;
}

}  // namespace ganvas
