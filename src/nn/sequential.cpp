// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Building layers from their specs, and the passes through them; see sequential.h.
#include "nn/sequential.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <utility>

#include "nn/activations.h"
#include "nn/linear.h"

namespace ganvas {
namespace {

// Bounds on what a config (which may come from a file or a link) can make us allocate.
constexpr int kMaxFeatures = 1 << 16;
constexpr std::size_t kMaxLayers = 64;
constexpr std::uint64_t kMaxParameters = std::uint64_t{1} << 24;  // of a network
constexpr std::size_t kMaxActivations = std::size_t{1}
                                        << 26;  // of a network, for its largest batch

template <typename T>
struct LayerBuilder {
  std::string name;  // the layer's position, as in state_dict
  Shape input;
  Parameters<T>& parameters;
  ThreadPool& pool;

  using Built = Result<std::unique_ptr<Layer<T>>>;

  Built operator()(const LinearSpec& spec) const {
    if (input.rank() != 1) {
      return Error{ErrorCode::invalid_config,
                   "needs flat samples (features,), but gets " + input.to_string()};
    }
    if (spec.out_features < 1 || spec.out_features > kMaxFeatures) {
      return Error{ErrorCode::invalid_config, "out_features is " +
                                                  std::to_string(spec.out_features) +
                                                  ", must be 1 to " + std::to_string(kMaxFeatures)};
    }
    // In 64 bits: the product of two allowed extents is too large for a 32-bit size.
    std::uint64_t size =
        (std::uint64_t{input.size()} + 1) * static_cast<std::uint64_t>(spec.out_features);
    for (const Parameter& parameter : parameters.list()) size += parameter.shape.size();
    if (size > kMaxParameters) {
      return Error{ErrorCode::invalid_config,
                   "with its weight (" + std::to_string(spec.out_features) + ", " +
                       std::to_string(input[0]) + ") there would be more than " +
                       std::to_string(kMaxParameters) + " parameters"};
    }
    return std::unique_ptr<Layer<T>>(
        std::make_unique<Linear<T>>(name, input[0], spec.out_features, parameters, pool));
  }
  Built operator()(const LeakyReluSpec& spec) const {
    if (!(spec.negative_slope >= 0 && spec.negative_slope <= 1)) {
      return Error{ErrorCode::invalid_config, "negative_slope must be 0 to 1"};
    }
    return std::unique_ptr<Layer<T>>(
        std::make_unique<LeakyRelu<T>>(input, spec.negative_slope, pool));
  }
  Built operator()(const TanhSpec&) const {
    return std::unique_ptr<Layer<T>>(std::make_unique<Tanh<T>>(input, pool));
  }
  Built operator()(const SigmoidSpec&) const {
    return std::unique_ptr<Layer<T>>(std::make_unique<Sigmoid<T>>(input, pool));
  }
};

}  // namespace

std::string_view layer_type_name(const LayerSpec& spec) {
  // In the order of LayerSpec's alternatives.
  constexpr std::array<std::string_view, std::variant_size_v<LayerSpec>> kNames{
      "linear", "leaky_relu", "tanh", "sigmoid"};
  return kNames[spec.index()];
}

template <typename T>
Result<std::unique_ptr<Sequential<T>>> Sequential<T>::create(const std::string& network_name,
                                                             const LayerSpecs& specs,
                                                             Shape input_shape, int max_blocks,
                                                             ThreadPool& pool) {
  if (specs.empty() || specs.size() > kMaxLayers) {
    return Error{ErrorCode::invalid_config, network_name + " has " + std::to_string(specs.size()) +
                                                " layers, must have 1 to " +
                                                std::to_string(kMaxLayers)};
  }
  std::unique_ptr<Sequential> network(new Sequential(input_shape, max_blocks));
  const std::size_t samples = static_cast<std::size_t>(max_blocks) * kLanes;
  Shape shape = input_shape;
  std::size_t activations = shape.size() * samples;
  std::size_t largest_hidden = 0;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const std::string name = std::to_string(i);
    const auto does_not_fit = [&](const std::string& why) {
      return Error{ErrorCode::invalid_config, network_name + " layer " + name + " (" +
                                                  std::string(layer_type_name(specs[i])) +
                                                  "): " + why};
    };
    Result<std::unique_ptr<Layer<T>>> layer =
        std::visit(LayerBuilder<T>{name, shape, network->parameters_, pool}, specs[i]);
    if (!layer) return does_not_fit(layer.error().message);
    shape = layer.value()->output_shape();
    const std::size_t size = shape.size() * samples;
    activations += size;
    if (activations > kMaxActivations) {
      return does_not_fit("a batch would need more than " + std::to_string(kMaxActivations) +
                          " activations");
    }
    if (i + 1 < specs.size()) {
      network->hidden_.emplace_back(size);
      largest_hidden = std::max(largest_hidden, size);
    }
    network->layers_.push_back(std::move(layer).value());
  }
  for (AlignedBuffer<T>& buffer : network->gradients_) buffer = AlignedBuffer<T>(largest_hidden);
  network->parameters_.allocate();
  return network;
}

template <typename T>
const Shape& Sequential<T>::output_shape() const {
  return layers_.back()->output_shape();
}

template <typename T>
void Sequential<T>::forward(BatchLayout layout, const T* x, T* y) {
  assert(layout.blocks() <= max_blocks_);
  layout_ = layout;
  x_ = x;
  y_ = y;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    layers_[i]->forward(layout, i == 0 ? x : hidden_[i - 1].data(),
                        i + 1 == layers_.size() ? y : hidden_[i].data());
  }
}

template <typename T>
void Sequential<T>::backward(const T* dy, T* dx, bool parameter_gradients) {
  assert(x_ != nullptr);
  for (std::size_t i = layers_.size(); i-- > 0;) {
    T* d_input = i == 0 ? dx : gradients_[i % 2].data();
    layers_[i]->backward({.layout = layout_,
                          .x = i == 0 ? x_ : hidden_[i - 1].data(),
                          .y = i + 1 == layers_.size() ? y_ : hidden_[i].data(),
                          .dy = dy,
                          .dx = d_input,
                          .parameter_gradients = parameter_gradients});
    dy = d_input;
  }
}

template class Sequential<float>;
template class Sequential<double>;

}  // namespace ganvas
