// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Inspection of a trainer's last step: the data that went through the networks, and the outputs of
// their layers. The trainer is not changed, and can be in the middle of a step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "gan/trainer.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

/// The batch of the current step or, between steps, of the last one. Arrays are packed and owned by
/// the trainer. D's outputs are logits if D ends in a Sigmoid, and null until D has seen the
/// current samples.
template <typename T>
struct StepFlow {
  BatchLayout batch;  // empty before the first step
  const T* noise;     // (samples, latent_size)
  const T* real;      // (samples, sample_size)
  const T* fake;
  std::span<const std::uint8_t> real_labels;  // one per lane
  std::span<const std::uint8_t> fake_labels;
  const T* d_real;  // (samples, outputs of D), in D's half
  const T* d_fake;
  const T* d_fake_of_g;  // in G's half
};

template <typename T>
StepFlow<T> flow_of(const Trainer<T>& trainer);

/// The output of a layer for the batch of flow_of(), in training mode and with the current weights:
/// (samples, features), packed. The input of G is the noise; that of D is both groups, of which
/// `group` selects one (0: real, 1: fake). Empty before the first step.
template <typename T>
AlignedBuffer<T> layer_activations(const Trainer<T>& trainer, Network which, std::size_t layer,
                                   int group = 0);

}  // namespace ganvas
