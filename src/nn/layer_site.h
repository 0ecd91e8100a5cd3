// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a layer is built with: its place in a network, and what the network's layers share.
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
  Shape output;  // as the spec's infer() says
  int classes;   // 0 when samples have no labels
  int max_blocks;
  std::uint64_t seed;     // of dropout's masks
  std::uint32_t network;  // tells the networks of one model apart in random streams
  Parameters<T>& parameters;
  NamedTensors<T>& buffers;
  ThreadPool& pool;

  /// As in state_dict: "3.weight".
  std::string name_of(const char* tensor) const { return std::to_string(index) + "." + tensor; }
};

/// Defines the two instances of a spec's build().
#define GANVAS_INSTANTIATE_BUILD(Spec)                                     \
  template LayerPointer<float> Spec::build(const LayerSite<float>&) const; \
  template LayerPointer<double> Spec::build(const LayerSite<double>&) const

}  // namespace ganvas
