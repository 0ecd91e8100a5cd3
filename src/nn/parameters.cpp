// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layout and initialisation of a network's parameters; see parameters.h.
#include "nn/parameters.h"

#include <array>
#include <utility>

#include "tensor/batch_layout.h"

namespace ganvas {

template <typename T>
int Parameters<T>::declare(std::string name, Shape shape, UniformInit init) {
  const std::size_t size = shape.size();
  list_.push_back({std::move(name), shape, init, declared_size_});
  declared_size_ += (size + kLanes - 1) / kLanes * kLanes;
  return static_cast<int>(list_.size()) - 1;
}

template <typename T>
void Parameters<T>::allocate() {
  values_ = AlignedBuffer<T>(declared_size_);
  gradients_ = AlignedBuffer<T>(declared_size_);
}

template <typename T>
void Parameters<T>::initialise(std::uint64_t seed, std::uint32_t network) {
  for (std::size_t id = 0; id < list_.size(); ++id) {
    const Parameter& parameter = list_[id];
    RandomStream stream(seed, StreamPurpose::initialisation, std::uint64_t{network} << 32 | id);
    std::span<T> values = slice(this->values(), parameter);
    std::array<float, 256>
        chunk;  // numbers are drawn as floats so that double starts from the same values
    for (std::size_t start = 0; start < values.size(); start += chunk.size()) {
      const std::size_t count = std::min(chunk.size(), values.size() - start);
      stream.fill_uniform(std::span(chunk).first(count), -parameter.init.bound,
                          parameter.init.bound);
      for (std::size_t i = 0; i < count; ++i) values[start + i] = static_cast<T>(chunk[i]);
    }
  }
}

template class Parameters<float>;
template class Parameters<double>;

}  // namespace ganvas
