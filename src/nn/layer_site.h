// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The arguments for building a layer: its place in a network, and what all layers of the network
// share.
#pragma once

#include <cstdint>
#include <string>

#include "kernels/thread_pool.h"
#include "nn/layer.h"
#include "nn/parameters.h"
#include "tensor/shape.h"

namespace ganvas {

template <typename T>
struct LayerSite {
  int index;     // position in the network
  Shape input;   // of one sample
  Shape output;  // from the spec's infer()
  int classes;   // 0 if samples have no labels
  int max_blocks;
  std::uint64_t seed;     // for dropout masks
  std::uint32_t network;  // number of the network in random streams
  Parameters<T>& parameters;
  NamedTensors<T>& buffers;
  ThreadPool& pool;

  /// Name in state_dict, e.g. "3.weight".
  std::string name_of(const char* tensor) const { return std::to_string(index) + "." + tensor; }
};

/// Instantiates a spec's build() for float and double.
#define GANVAS_INSTANTIATE_BUILD(Spec)                                     \
  template LayerPointer<float> Spec::build(const LayerSite<float>&) const; \
  template LayerPointer<double> Spec::build(const LayerSite<double>&) const

}  // namespace ganvas
