// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Passes through a list of layers; see sequential.h.
#include "nn/sequential.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/memory.h"
#include "nn/check_layers.h"
#include "nn/layer_site.h"

namespace ganvas {
template <typename T>
Sequential<T>::Sequential(NetworkOptions options, LayerSpecs specs, const Shape& input_shape,
                          ThreadPool& pool)
    : options_(std::move(options)),
      specs_(std::move(specs)),
      input_shape_(input_shape),
      pool_(pool) {}

template <typename T>
Result<std::unique_ptr<Sequential<T>>> Sequential<T>::create(const NetworkOptions& options,
                                                             std::span<const LayerSpec> specs,
                                                             const Shape& input_shape,
                                                             ThreadPool& pool) {
  GANVAS_ASSIGN_OR_RETURN(std::unique_ptr<Sequential> network,
                          allocate(options, specs, input_shape, pool));
  network->initialise();
  return network;
}

template <typename T>
Result<std::unique_ptr<Sequential<T>>> Sequential<T>::allocate(const NetworkOptions& options,
                                                               std::span<const LayerSpec> specs,
                                                               const Shape& input_shape,
                                                               ThreadPool& pool,
                                                               Sequential* lender) {
  std::unique_ptr<Sequential> network(
      new Sequential(options, {specs.begin(), specs.end()}, input_shape, pool));
  GANVAS_RETURN_IF_ERROR(network->build(lender));
  return network;
}

template <typename T>
void Sequential<T>::initialise() {
  parameters_.initialise(options_.init, options_.seed, options_.network);
  buffers_.initialise(options_.init, options_.seed, options_.network);
}

template <typename T>
Result<std::unique_ptr<Sequential<T>>> Sequential<T>::allocate_copy(int max_blocks) const {
  NetworkOptions options = options_;
  options.max_blocks = max_blocks;
  options.tangents = false;
  return allocate(options, specs_, input_shape_, pool_);
}

template <typename T>
Result<std::unique_ptr<Sequential<T>>> Sequential<T>::copy(int max_blocks) const {
  const AllocationScope scope(AllocationScope::Mode::check);
  GANVAS_ASSIGN_OR_RETURN(std::unique_ptr<Sequential> network, allocate_copy(max_blocks));
  if (scope.failed()) return out_of_memory("a copy of the " + options_.name, scope.bytes());
  network->copy_values(*this);
  return network;
}

template <typename T>
void Sequential<T>::copy_values(const Sequential& from) {
  std::copy_n(from.parameters_.values(), parameters_.flat_size(), parameters_.values());
  std::copy_n(from.buffers_.values(), buffers_.flat_size(), buffers_.values());
}

template <typename T>
Status Sequential<T>::build(Sequential* lender) {
  const NetworkReport report =
      check_layers(specs_, {input_shape_, options_.classes}, options_.max_blocks, options_.name);
  if (report.problem) return error_of(*report.problem);
  Shape shape = input_shape_;
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    const LayerSite<T> site{.index = static_cast<int>(i),
                            .input = shape,
                            .output = report.layers[i].output,
                            .classes = options_.classes,
                            .max_blocks = options_.max_blocks,
                            .seed = options_.seed,
                            .network = options_.network,
                            .parameters = parameters_,
                            .buffers = buffers_,
                            .pool = pool_};
    const std::size_t parameter_begin = parameters_.flat_size();
    LayerPointer<T> layer =
        std::visit([&](const auto& spec) { return spec.template build<T>(site); }, specs_[i]);
    shape = site.output;
    output_shapes_.push_back(shape);
    if (layer) {
      if (parameters_.list().empty()) ++first_trained_;
      layers_.push_back(std::move(layer));
      parameter_begins_.push_back(parameter_begin);
    }
    layer_counts_.push_back(layers_.size());
  }
  allocate_buffers(lender);
  return {};
}

template <typename T>
void Sequential<T>::allocate_buffers(Sequential* lender) {
  const std::size_t samples = static_cast<std::size_t>(options_.max_blocks) * kLanes;
  std::size_t largest_hidden = 0;
  for (std::size_t i = 0; i + 1 < layers_.size(); ++i) {
    const std::size_t size = layers_[i]->output_shape().size() * samples;
    hidden_.emplace_back(size);
    if (options_.tangents) tangents_.emplace_back(size);
    largest_hidden = std::max(largest_hidden, size);
  }
  for (AlignedBuffer<T>& buffer : gradients_) buffer = AlignedBuffer<T>(largest_hidden);
  parameters_.allocate(lender ? &lender->parameters_ : nullptr);
  buffers_.allocate();
}

template <typename T>
std::int64_t Sequential<T>::first_product_flops() const {
  return first_trained_ < layers_.size() ? layers_[first_trained_]->product_flops() : 0;
}

template <typename T>
std::int64_t Sequential<T>::product_flops() const {
  std::int64_t sum = 0;
  for (const auto& layer : layers_) sum += layer->product_flops();
  return sum;
}

template <typename T>
void Sequential<T>::set_training(bool training) {
  for (const auto& layer : layers_) layer->set_training(training);
}

template <typename T>
void Sequential<T>::set_labels(std::span<const std::uint8_t> labels) {
  for (const auto& layer : layers_) layer->set_labels(labels);
}

template <typename T>
void Sequential<T>::mix_labels(std::span<const std::uint8_t> others, std::span<const T> shares) {
  for (const auto& layer : layers_) layer->mix_labels(others, shares);
}

template <typename T>
void Sequential<T>::set_pass_number(std::uint64_t number) {
  for (const auto& layer : layers_) layer->set_pass_number(number);
}

template <typename T>
void Sequential<T>::forward(BatchLayout layout, const T* x, T* y) {
  assert(layout.blocks() <= options_.max_blocks);
  layout_ = layout;
  x_ = x;
  y_ = y;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    layers_[i]->forward(layout, i == 0 ? x : hidden_[i - 1].data(),
                        is_last(i) ? y : hidden_[i].data());
  }
}

template <typename T>
const T* Sequential<T>::activations(std::size_t index) const {
  const std::size_t layers = layer_counts_[index];
  if (layers == 0) return x_;
  return is_last(layers - 1) ? y_ : hidden_[layers - 1].data();
}

template <typename T>
void Sequential<T>::backward(const T* dy, T* dx, Gradients gradients, GradientWatcher* watcher) {
  assert(x_ != nullptr);
  const std::size_t first = dx ? 0 : first_trained_;
  for (std::size_t i = layers_.size(); i-- > first;) {
    T* d_input = i == first ? dx : gradients_[i % 2].data();
    layers_[i]->backward({.layout = layout_,
                          .x = i == 0 ? x_ : hidden_[i - 1].data(),
                          .y = is_last(i) ? y_ : hidden_[i].data(),
                          .dy = dy,
                          .dx = d_input,
                          .gradients = gradients});
    dy = d_input;
    if (watcher) watcher->final_from(parameter_begins_[i]);
  }
}

template <typename T>
void Sequential<T>::forward_tangent(const T* t_x) {
  assert(tangents_.size() == hidden_.size());
  t_x_ = t_x;
  // The last layer's tangent is not needed: the derivative in its parameters uses the tangent of
  // its input.
  for (std::size_t i = 0; i + 1 < layers_.size(); ++i) {
    layers_[i]->forward_tangent(layout_, hidden_[i].data(), i == 0 ? t_x : tangents_[i - 1].data(),
                                tangents_[i].data());
  }
}

template <typename T>
void Sequential<T>::backward_tangent(const T* dy) {
  for (std::size_t i = layers_.size(); i-- > first_trained_;) {
    T* d_input = i == first_trained_ ? nullptr : gradients_[i % 2].data();
    layers_[i]->backward({.layout = layout_,
                          .x = i == 0 ? t_x_ : tangents_[i - 1].data(),
                          .y = is_last(i) ? y_ : hidden_[i].data(),
                          .dy = dy,
                          .dx = d_input,
                          .gradients = Gradients::add_products});
    dy = d_input;
  }
}

template class Sequential<float>;
template class Sequential<double>;

}  // namespace ganvas
