// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layout and initialisation of a network's tensors; see parameters.h.
#include "nn/parameters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "tensor/batch_layout.h"

namespace ganvas {
namespace {

enum class Distribution { constant, uniform, normal };

struct Start {
  Distribution distribution;
  float centre;  // the constant, or the mean
  float spread;  // half the uniform's width, or the normal's standard deviation
};

Start start_of(InitRule rule, InitScheme scheme, int fan_in) {
  constexpr float kDcganStd = 0.02f;
  const bool dcgan = scheme == InitScheme::dcgan;
  switch (rule) {
    case InitRule::zeros:
      return {Distribution::constant, 0, 0};
    case InitRule::ones:
      return {Distribution::constant, 1, 0};
    case InitRule::embedding:
      return {Distribution::normal, 0, 1};
    case InitRule::projection:
      return {Distribution::normal, 0, kDcganStd};
    case InitRule::norm_weight:
      if (dcgan) return {Distribution::normal, 1, kDcganStd};
      return {Distribution::constant, 1, 0};
    case InitRule::conv_weight:
      if (dcgan) return {Distribution::normal, 0, kDcganStd};
      [[fallthrough]];
    case InitRule::linear_weight:
    case InitRule::bias:
      // As in reset_parameters() of Linear and Conv: kaiming_uniform_(a = sqrt(5)) gives the weight
      // this bound too.
      return {Distribution::uniform, 0, 1 / std::sqrt(static_cast<float>(fan_in))};
  }
  return {Distribution::constant, 0, 0};
}

}  // namespace

template <typename T>
int NamedTensors<T>::declare(std::string name, Shape shape, InitRule rule, int fan_in) {
  const std::size_t size = shape.size();
  list_.push_back({std::move(name), shape, rule, fan_in, declared_size_});
  declared_size_ += (size + kLanes - 1) / kLanes * kLanes;
  return static_cast<int>(list_.size()) - 1;
}

template <typename T>
std::size_t NamedTensors<T>::count() const {
  std::size_t count = 0;
  for (const NamedTensor& tensor : list_) count += tensor.shape.size();
  return count;
}

template <typename T>
void NamedTensors<T>::initialise(InitScheme scheme, std::uint64_t seed, std::uint32_t network) {
  for (std::size_t id = 0; id < list_.size(); ++id) {
    const NamedTensor& tensor = list_[id];
    const Start start = start_of(tensor.rule, scheme, tensor.fan_in);
    RandomStream stream(seed, StreamPurpose::initialisation, std::uint64_t{network} << 32 | id);
    const std::span<T> values = slice(this->values(), tensor);
    std::array<float, 256> chunk{};  // floats, so that double networks start from the same values
    for (std::size_t first = 0; first < values.size(); first += chunk.size()) {
      const auto drawn = std::span(chunk).first(std::min(chunk.size(), values.size() - first));
      if (start.distribution == Distribution::uniform) {
        stream.fill_uniform(drawn, -start.spread, start.spread);
      } else if (start.distribution == Distribution::normal) {
        stream.fill_normal(drawn);
        for (float& value : drawn) value *= start.spread;
      }
      for (std::size_t i = 0; i < drawn.size(); ++i) {
        values[first + i] = static_cast<T>(start.centre + drawn[i]);
      }
    }
  }
}

template class NamedTensors<float>;
template class NamedTensors<double>;

}  // namespace ganvas
