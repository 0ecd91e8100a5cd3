// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// All parameters of a network in one flat array, and their gradients in another, so that an
// optimiser is one pass over memory. Tensors are row-major in PyTorch's layouts and start on a
// cache line. The padding between them is zero, and stays zero under any optimiser because its
// gradient is zero.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "kernels/random.h"
#include "tensor/aligned_buffer.h"
#include "tensor/shape.h"

namespace ganvas {

/// The role of a tensor in its layer, which together with the InitScheme determines its initial
/// values.
enum class InitRule {
  linear_weight,
  conv_weight,
  bias,         // of a linear or convolutional layer
  norm_weight,  // of a normalisation layer
  embedding,    // torch.nn.Embedding
  projection,   // the class embedding of a projection discriminator
  zeros,
  ones,
};

enum class InitScheme {
  pytorch,  // PyTorch's defaults: U(-1/sqrt(fan_in), 1/sqrt(fan_in)), embeddings N(0, 1)
  dcgan,    // convolutions N(0, 0.02), normalisation weights N(1, 0.02) (Radford, Metz and Chintala
            // 2016); the rest as pytorch
};
template <>
inline constexpr std::array<std::string_view, 2> kEnumNames<InitScheme>{"pytorch", "dcgan"};

struct NamedTensor {
  std::string name;  // as in state_dict, e.g. "0.weight"
  Shape shape;
  InitRule rule;
  int fan_in;
  std::size_t offset = 0;  // into the flat arrays
};

/// Named tensors in one flat array: a network's parameters, or its running statistics.
template <typename T>
class NamedTensors {
 public:
  /// Adds a tensor and returns its id. All tensors are declared before allocate().
  int declare(std::string name, Shape shape, InitRule rule, int fan_in);
  void allocate() {
    owned_ = AlignedBuffer<T>(declared_size_);
    values_ = owned_.data();
  }

  /// Draws the initial values of all tensors. `network` is the number of the network in random
  /// streams.
  void initialise(InitScheme scheme, std::uint64_t seed, std::uint32_t network);

  const std::vector<NamedTensor>& list() const { return list_; }
  /// Number of elements with padding (flat_size) and without (count).
  std::size_t flat_size() const { return declared_size_; }
  std::size_t count() const;
  T* values() { return values_; }
  const T* values() const { return values_; }

  T* value(int id) { return values_ + tensor(id).offset; }
  const T* value(int id) const { return values_ + tensor(id).offset; }

  /// The tensor's elements in a flat array with this layout (values, gradients, moments).
  template <typename U>
  static std::span<U> slice(U* flat, const NamedTensor& tensor) {
    return {flat + tensor.offset, tensor.shape.size()};
  }

 protected:
  const NamedTensor& tensor(int id) const { return list_[static_cast<std::size_t>(id)]; }
  /// Takes the values of other tensors with the same list, which must outlive these.
  void borrow(NamedTensors& lender) { values_ = lender.values_; }

 private:
  std::vector<NamedTensor> list_;
  std::size_t declared_size_ = 0;
  AlignedBuffer<T> owned_;  // empty if the values are borrowed
  T* values_ = nullptr;
};

/// Named tensors with gradients.
template <typename T>
class Parameters : public NamedTensors<T> {
 public:
  /// With a lender, these are gradients of their own for its values.
  void allocate(Parameters* lender = nullptr) {
    lender ? this->borrow(*lender) : NamedTensors<T>::allocate();
    gradients_ = AlignedBuffer<T>(this->flat_size());
  }

  T* gradients() { return gradients_.data(); }
  const T* gradients() const { return gradients_.data(); }
  T* gradient(int id) { return gradients_.data() + this->tensor(id).offset; }

 private:
  AlignedBuffer<T> gradients_;
};

}  // namespace ganvas
