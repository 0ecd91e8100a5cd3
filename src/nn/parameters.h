// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// All parameters of a network in one flat array, and their gradients in another, so that an
// optimiser is one pass over memory and a checkpoint one loop over names. Tensors are row-major in
// PyTorch's layouts and start on a cache line; the padding between them holds zeros, and stays zero
// under any optimiser since its gradient is zero.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "kernels/random.h"
#include "tensor/aligned_buffer.h"
#include "tensor/shape.h"

namespace ganvas {

/// PyTorch's default for Linear: weight and bias from U(-bound, bound) with bound = 1 /
/// sqrt(fan_in).
struct UniformInit {
  float bound;
};

struct Parameter {
  std::string name;  // as in state_dict, e.g. "0.weight"
  Shape shape;
  UniformInit init;
  std::size_t offset = 0;  // into the flat arrays
};

template <typename T>
class Parameters {
 public:
  /// Adds a parameter and returns its id. All are declared before allocate().
  int declare(std::string name, Shape shape, UniformInit init);
  void allocate();

  /// Draws every parameter afresh. `network` tells the networks of one model apart.
  void initialise(std::uint64_t seed, std::uint32_t network);

  const std::vector<Parameter>& list() const { return list_; }
  std::size_t flat_size() const { return values_.size(); }
  T* values() { return values_.data(); }
  const T* values() const { return values_.data(); }
  T* gradients() { return gradients_.data(); }
  const T* gradients() const { return gradients_.data(); }

  const T* value(int id) const { return values_.data() + parameter(id).offset; }
  T* gradient(int id) { return gradients_.data() + parameter(id).offset; }

  /// The parameter's own elements of a flat array laid out as this one (values, gradients,
  /// moments).
  template <typename U>
  static std::span<U> slice(U* flat, const Parameter& parameter) {
    return {flat + parameter.offset, parameter.shape.size()};
  }

 private:
  const Parameter& parameter(int id) const { return list_[static_cast<std::size_t>(id)]; }

  std::vector<Parameter> list_;
  std::size_t declared_size_ = 0;
  AlignedBuffer<T> values_;
  AlignedBuffer<T> gradients_;
};

}  // namespace ganvas
