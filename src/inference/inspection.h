// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A look at a trainer's last step: what went through the networks, and what each layer makes of it.
// Nothing here changes the trainer, which may be in the middle of a step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "gan/trainer.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

/// The last batch of the last step or, in the middle of one, of that step: packed, and owned by the
/// trainer. D's outputs are logits where D ends in a Sigmoid, and null until D has seen the present
/// samples.
template <typename T>
struct StepFlow {
  BatchLayout batch;  // empty before the first step
  const T* noise;     // (samples, latent_size)
  const T* real;      // (samples, sample_size)
  const T* fake;
  std::span<const std::uint8_t> real_labels;  // one a lane
  std::span<const std::uint8_t> fake_labels;
  const T* d_real;  // (samples, outputs of D), in D's half
  const T* d_fake;
  const T* d_fake_of_g;  // in G's half
};

template <typename T>
StepFlow<T> flow_of(const Trainer<T>& trainer);

/// What a layer of a network makes of that batch in training mode, with the present weights:
/// (samples, features) packed in flow_of().batch. G runs on the noise; D on both groups, of which
/// `group` selects one (0: real, 1: fake). Empty before the first step.
template <typename T>
AlignedBuffer<T> layer_activations(const Trainer<T>& trainer, Network which, std::size_t layer,
                                   int group = 0);

}  // namespace ganvas
