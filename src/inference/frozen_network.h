// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A copy of one of a trainer's networks as it is now: G's samples of given latents and classes, D's
// scores of any images and the pixels that change them, and every layer's output for one sample. A
// copy is in evaluation mode (running statistics, no dropout), so samples do not influence one
// another. The trainer is left alone: it may train on, or be in the middle of a step.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "gan/trainer.h"
#include "nn/sequential.h"
#include "tensor/shape.h"

namespace ganvas {

/// The classes of samples, for networks that are told them: one label each; with `others` and
/// `shares` a mix, (1 - share) of the label's one-hot or embedding and share of the other's.
template <typename T>
struct SampleClasses {
  std::span<const std::uint8_t> labels{};
  std::span<const std::uint8_t> others{};
  std::span<const T> shares{};
};

/// A copy of one of the trainer's networks for batches of up to max_blocks blocks, in evaluation
/// mode; G's has the moving average if there is one. D comes without the final Sigmoid that belongs
/// to its losses: it makes logits. invalid_config when such a batch needs too many activations.
template <typename T>
Result<std::unique_ptr<Sequential<T>>> frozen_copy(const Trainer<T>& trainer, Network which,
                                                   int max_blocks);

template <typename T>
class FrozenNetwork {
 public:
  FrozenNetwork(const Trainer<T>& trainer, Network which);

  /// The last layer's outputs (count, output_features) on rows (count, input_features).
  std::vector<T> outputs(std::span<const T> rows, const SampleClasses<T>& classes) {
    return pass(rows, classes, /*backward=*/false);
  }

  /// D's verdict on each row (count): the probability of being real for bce and minimax, else the
  /// critic's output.
  std::vector<T> scores(std::span<const T> rows, const SampleClasses<T>& classes);

  /// d output 0 / d input at each row, (count, input_features): of D, how each pixel moves the
  /// logit or the critic's output (a saliency map; Simonyan et al. 2013).
  std::vector<T> input_gradients(std::span<const T> rows, const SampleClasses<T>& classes) {
    return pass(rows, classes, /*backward=*/true);
  }

  /// The shape of what each layer of the config makes of a sample, D's Sigmoid left out, and what
  /// layer number `index` has made of one row when outputs() was called with that alone.
  const std::vector<Shape>& layer_shapes() const { return network_->output_shapes(); }
  std::vector<T> layer_output(std::size_t index) const;

 private:
  std::vector<T> pass(std::span<const T> rows, const SampleClasses<T>& classes, bool backward);

  int batch_size_;
  bool makes_logits_;
  std::unique_ptr<Sequential<T>> network_;
  AlignedBuffer<T> inputs_;
  AlignedBuffer<T> outputs_;
  std::vector<std::uint8_t> labels_;  // one a lane, as the others
  std::vector<std::uint8_t> others_;
  std::vector<T> shares_;
};

}  // namespace ganvas
