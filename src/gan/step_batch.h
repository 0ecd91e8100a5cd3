// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The batch of a training step: the inputs of both networks, and D's outputs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tensor/aligned_buffer.h"
#include "tensor/batch_layout.h"

namespace ganvas {

template <typename T>
struct StepBatch {
  /// Allocates memory for batches of up to `batch_size` samples.
  StepBatch(int batch_size, int latent_size, int sample_size, int d_outputs)
      : noise(BatchLayout::of(batch_size).storage(latent_size)),
        samples(BatchLayout{2, batch_size}.storage(sample_size)),
        outputs(BatchLayout{3, batch_size}.storage(d_outputs)),
        labels(BatchLayout{2, batch_size}.storage(1)),
        sample_size_(sample_size),
        d_outputs_(d_outputs) {}

  BatchLayout layout;  // of the real samples and of the fakes; empty before the first step

  AlignedBuffer<T> noise;    // (samples, latent_size)
  AlignedBuffer<T> samples;  // [real | fake], each (samples, sample_size)
  AlignedBuffer<T> outputs;  // of D: [real | fake | fake in G's half], each (samples, d_outputs)
  std::vector<std::uint8_t> labels;  // [real | fake], one per lane

  // Numbers of the forward passes, for layers that draw random numbers.
  std::int64_t generator_pass = 0;      // that made the fakes
  std::int64_t discriminator_pass = 0;  // of D's half

  // Whether each group of `outputs` belongs to the current samples.
  bool has_d_real = false;
  bool has_d_fake = false;
  bool has_d_fake_of_g = false;

  /// The layout of [real | fake]: two groups.
  BatchLayout both() const { return {.groups = 2, .group_size = layout.group_size}; }
  T* real() { return samples.data(); }
  const T* real() const { return samples.data(); }
  T* fake() { return samples.data() + layout.storage(sample_size_); }
  const T* fake() const { return samples.data() + layout.storage(sample_size_); }

  /// Offset of a group in `outputs`: 0 real, 1 fake, 2 fake in G's half.
  std::size_t outputs_offset(int group) const {
    return static_cast<std::size_t>(group) * layout.storage(d_outputs_);
  }

  std::span<std::uint8_t> labels_of(int group) {
    return std::span(labels).subspan(static_cast<std::size_t>(group) * layout.storage(1),
                                     layout.storage(1));
  }
  std::span<const std::uint8_t> labels_of(int group) const {
    return std::span(labels).subspan(static_cast<std::size_t>(group) * layout.storage(1),
                                     layout.storage(1));
  }
  std::span<const std::uint8_t> labels_of_both() const {
    return std::span(labels).first(2 * layout.storage(1));
  }

 private:
  int sample_size_;
  int d_outputs_;
};

}  // namespace ganvas
