// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// From a layer's spec and the shape it gets to the layer: where shapes are inferred and checked.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "kernels/thread_pool.h"
#include "nn/layer.h"
#include "nn/layer_spec.h"
#include "nn/parameters.h"

namespace ganvas {

/// What the layers of one network share.
template <typename T>
struct NetworkParts {
  Parameters<T>& parameters;
  NamedTensors<T>& buffers;
  ThreadPool& pool;
  int max_blocks;
  int classes;         // 0 when samples have no labels
  std::uint64_t seed;  // of dropout's masks
  std::uint32_t network;
};

template <typename T>
struct BuiltLayer {
  Shape output_shape;
  std::unique_ptr<Layer<T>> layer;  // null for Flatten and Reshape, which move nothing in memory
};

/// Builds layer number `index` of a network on samples of shape `input`. invalid_config says what
/// does not fit: the shape it got and what it needs, or the parameter that is out of range.
template <typename T>
Result<BuiltLayer<T>> build_layer(const LayerSpec& spec, int index, const Shape& input,
                                  const NetworkParts<T>& parts);

}  // namespace ganvas
