// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A copy of one of a trainer's networks, with its current weights: computes G's samples for given
// latents and classes, D's scores and input gradients for any images, and every layer's output for
// one sample. Copies are in evaluation mode (running statistics, no dropout), so samples of a batch
// do not influence each other. The trainer is not changed, and can be in the middle of a step.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "gan/trainer.h"
#include "nn/sequential.h"
#include "tensor/shape.h"

namespace ganvas {

/// Classes of samples, for class-conditional networks: one label each. With `others` and `shares`,
/// the classes are mixed: (1 - share) of the one-hot or embedding of the label plus share of the
/// other.
template <typename T>
struct SampleClasses {
  std::span<const std::uint8_t> labels{};
  std::span<const std::uint8_t> others{};
  std::span<const T> shares{};
};

/// A copy of one of the trainer's networks in evaluation mode, for batches of up to max_blocks
/// blocks. G gets the moving average, if there is one. D outputs logits if its final Sigmoid is
/// part of the loss. Fails with invalid_config if such a batch needs too many activations, or with
/// out_of_memory.
template <typename T>
Result<std::unique_ptr<Sequential<T>>> frozen_copy(const Trainer<T>& trainer, Network which,
                                                   int max_blocks);

template <typename T>
class FrozenNetwork {
 public:
  FrozenNetwork(const Trainer<T>& trainer, Network which);

  /// Copies the current weights of the same trainer again, which is faster than a new copy: that
  /// also allocates activations for a whole batch.
  void update(const Trainer<T>& trainer);

  /// The outputs (count, output_features) for rows (count, input_features).
  std::vector<T> outputs(std::span<const T> rows, const SampleClasses<T>& classes) {
    return pass(rows, classes, /*backward=*/false);
  }

  /// D's score (count) of each row (count, sample_size): the probability of being real for bce and
  /// minimax, else the critic's output.
  std::vector<T> scores(std::span<const T> rows, const SampleClasses<T>& classes);

  /// d output 0 / d input for each row, (count, input_features). For D this is a saliency map
  /// (Simonyan et al. 2013): how each pixel changes the logit or the critic's output.
  std::vector<T> input_gradients(std::span<const T> rows, const SampleClasses<T>& classes) {
    return pass(rows, classes, /*backward=*/true);
  }

  /// The output shape of each layer of the config, without D's Sigmoid, and the output of layer
  /// number `index` for the row of the last outputs() call, which must have had one row.
  const std::vector<Shape>& layer_shapes() const { return network_->output_shapes(); }
  std::vector<T> layer_output(std::size_t index) const;

 private:
  std::vector<T> pass(std::span<const T> rows, const SampleClasses<T>& classes, bool backward);

  Network which_;
  int batch_size_;
  bool makes_logits_;
  std::unique_ptr<Sequential<T>> network_;
  AlignedBuffer<T> inputs_;
  AlignedBuffer<T> outputs_;
  std::vector<std::uint8_t> labels_;  // one per lane, as are others_ and shares_
  std::vector<std::uint8_t> others_;
  std::vector<T> shares_;
};

/// Copies of a trainer's networks, made at their first use and updated before each later one.
template <typename T>
class FrozenNetworks {
 public:
  explicit FrozenNetworks(const Trainer<T>& trainer) : trainer_(&trainer) {}

  /// The copy with the trainer's current weights.
  FrozenNetwork<T>& current(Network which) {
    std::unique_ptr<FrozenNetwork<T>>& copy = copies_[static_cast<std::size_t>(which)];
    if (copy) {
      copy->update(*trainer_);
    } else {
      copy = std::make_unique<FrozenNetwork<T>>(*trainer_, which);
    }
    return *copy;
  }

 private:
  const Trainer<T>* trainer_;
  std::array<std::unique_ptr<FrozenNetwork<T>>, 2> copies_;
};

}  // namespace ganvas
