// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Copies of networks, and passes through them; see frozen_network.h.
#include "inference/frozen_network.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/memory.h"
#include "gan/objective.h"
#include "kernels/math.h"

namespace ganvas {

namespace {

template <typename T>
void copy_average(const Trainer<T>& trainer, Network which, Sequential<T>& copy) {
  const T* average = trainer.generator_average();
  if (!average || which != Network::generator) return;
  std::copy_n(average, copy.parameters().flat_size(), copy.parameters().values());
}

}  // namespace

template <typename T>
Result<std::unique_ptr<Sequential<T>>> frozen_copy(const Trainer<T>& trainer, Network which,
                                                   int max_blocks) {
  GANVAS_ASSIGN_OR_RETURN(std::unique_ptr<Sequential<T>> copy,
                          trainer.network(which).copy(max_blocks));
  copy_average(trainer, which, *copy);
  copy->set_training(false);
  return copy;
}

template <typename T>
FrozenNetwork<T>::FrozenNetwork(const Trainer<T>& trainer, Network which)
    : which_(which),
      batch_size_(trainer.config().batch_size),
      makes_logits_(terms_of(trainer.config().objective).on_logits) {
  const BatchLayout layout = BatchLayout::of(batch_size_);
  // The trainer's own network takes batches of this size, so only memory can be missing.
  network_ = value_or_fail(frozen_copy(trainer, which, layout.blocks()));
  inputs_ = AlignedBuffer<T>(layout.storage(network_->input_features()));
  outputs_ = AlignedBuffer<T>(layout.storage(network_->output_features()));
  labels_.resize(layout.storage(1));
  others_.resize(layout.storage(1));
  shares_.resize(layout.storage(1));
}

template <typename T>
void FrozenNetwork<T>::update(const Trainer<T>& trainer) {
  network_->copy_values(trainer.network(which_));
  copy_average(trainer, which_, *network_);
}

/// Runs all rows, in batches: forward for the outputs, or also backward for the input gradients.
template <typename T>
std::vector<T> FrozenNetwork<T>::pass(std::span<const T> rows, const SampleClasses<T>& classes,
                                      bool backward) {
  const int inputs = network_->input_features();
  const int outputs = network_->output_features();
  const int result_features = backward ? inputs : outputs;
  const std::size_t count = rows.size() / static_cast<std::size_t>(inputs);
  assert(count * static_cast<std::size_t>(inputs) == rows.size());
  std::vector<T> results(count * static_cast<std::size_t>(result_features));
  AlignedBuffer<T> d_inputs(backward ? inputs_.size() : 0);
  AlignedBuffer<T> d_outputs(backward ? outputs_.size() : 0);  // zero except for feature 0
  const auto max_rows = static_cast<std::size_t>(batch_size_);
  for (std::size_t first = 0; first < count; first += max_rows) {
    const std::size_t size = std::min(max_rows, count - first);
    const auto layout = BatchLayout::of(static_cast<int>(size));
    if (!classes.labels.empty()) std::copy_n(&classes.labels[first], size, labels_.data());
    network_->set_labels(labels_);
    if (!classes.shares.empty()) {
      std::copy_n(&classes.others[first], size, others_.data());
      std::copy_n(&classes.shares[first], size, shares_.data());
      network_->mix_labels(others_, shares_);
    }
    pack_samples(&rows[first * static_cast<std::size_t>(inputs)], layout, inputs, inputs_.data());
    network_->forward(layout, inputs_.data(), outputs_.data());
    if (backward) {
      for (int block = 0; block < layout.blocks(); ++block) {
        T* row = d_outputs.data() + static_cast<std::ptrdiff_t>(block) * outputs * kLanes;
        for (int lane = 0; lane < kLanes; ++lane) row[lane] = T(lane < layout.lanes_used(block));
      }
      network_->backward(d_outputs.data(), d_inputs.data(), Gradients::skip);
    }
    unpack_samples(backward ? d_inputs.data() : outputs_.data(), layout, result_features,
                   &results[first * static_cast<std::size_t>(result_features)]);
  }
  return results;
}

template <typename T>
std::vector<T> FrozenNetwork<T>::scores(std::span<const T> rows, const SampleClasses<T>& classes) {
  std::vector<T> values = outputs(rows, classes);
  const auto features = static_cast<std::size_t>(network_->output_features());
  const std::size_t count = values.size() / features;
  for (std::size_t i = 0; i < count; ++i) {
    const T output = values[i * features];
    values[i] = makes_logits_ ? math::sigmoid(Vec<T>(output)).get(0) : output;
  }
  values.resize(count);
  return values;
}

template <typename T>
std::vector<T> FrozenNetwork<T>::layer_output(std::size_t index) const {
  std::vector<T> values(layer_shapes()[index].size());
  unpack_samples(network_->activations(index), BatchLayout::of(1), static_cast<int>(values.size()),
                 values.data());
  return values;
}

template Result<std::unique_ptr<Sequential<float>>> frozen_copy(const Trainer<float>&, Network,
                                                                int);
template class FrozenNetwork<float>;
template Result<std::unique_ptr<Sequential<double>>> frozen_copy(const Trainer<double>&, Network,
                                                                 int);
template class FrozenNetwork<double>;

}  // namespace ganvas
