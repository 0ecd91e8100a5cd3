// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What every layer spec defines. A spec is a layer as data, before shapes are known: a struct whose
// members have the names of torch.nn's arguments, with
//
//   static constexpr std::string_view kType    its name in configs: "conv_transpose2d"
//   static constexpr std::array kFields        its members, see base/fields.h
//   static constexpr LayerTraits kTraits       properties of all such layers
//   static constexpr std::string_view kPytorch its line of torch.nn in generated scripts
//   Inferred infer(const LayerInput&) const    output shape and parameter count, or a Problem
//   build<T>(const LayerSite<T>&) const        the layer; null if kTraits.computes is false
//
// infer() can assume that all members are in their ranges, and does not allocate tensors. In
// kPytorch {in} is the input's features or channels, {rank} is 1 or 2, {shape} is the output's
// shape, and other names are fields. An argument followed by ? is omitted if the field has its
// default. It is empty for layers that take classes, which the script generator handles itself.
// layer_spec.h lists all specs.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/fields.h"
#include "base/result.h"
#include "nn/problem.h"
#include "tensor/shape.h"

namespace ganvas {

template <typename T>
class Layer;
template <typename T>
struct LayerSite;

// Limits on the memory that a config from a file or link can allocate.
inline constexpr int kMaxFeatures = 1 << 17;
inline constexpr int kMaxChannels = 2048;
inline constexpr int kMaxKernel = 31;

struct LayerTraits {
  /// Whether the layer is linear in x apart from choices made by x, such as LeakyReLU's sign.
  /// Gradient penalties require it.
  bool piecewise_linear = false;
  bool takes_classes = false;
  /// False if only the shape changes, not the memory: then build() returns null.
  bool computes = true;
};

struct LayerInput {
  Shape shape;      // of one sample
  int classes = 0;  // 0 if samples have no labels
};

struct LayerShape {
  Shape output;  // of one sample
  std::int64_t parameters = 0;
};

using Inferred = Result<LayerShape, Misfit>;

template <typename T>
using LayerPointer = std::unique_ptr<Layer<T>>;

/// Number of elements of any shape in a config. A double, because the product can overflow an
/// integer.
inline double element_count(const Shape& shape) {
  double count = 1;
  for (int axis = 0; axis < shape.rank(); ++axis) count *= shape[axis];
  return count;
}

}  // namespace ganvas
