// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Named, counter-based random streams. The n-th number of a stream depends on (seed, purpose,
// index, n) alone: the noise of step 1,000 is the same whether or not steps 1 to 999 ran in this
// process, so a resumed run is the same run.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kernels/philox.h"

namespace ganvas {

/// What a stream is for. The numbers are part of what a seed means: never renumber.
enum class StreamPurpose : std::uint32_t {
  initialisation = 0,  // index: the network, and the tensor's position in it
  noise = 1,           // index: draw of noise; a step draws once or more
  shuffle = 2,         // index: epoch
  sampling = 3,        // index: 0
  dropout = 4,         // index: number of the pass and of the layer
  fake_labels = 5,     // index: draw of noise
  instance_noise = 6,  // index: pass through D
  interpolation = 7,   // index: update of D (WGAN-GP's place between real and fake)
  points = 8,          // index: which distribution
  augmentation = 9,    // index: training step of a classifier
};

class RandomStream {
 public:
  RandomStream(std::uint64_t seed, StreamPurpose purpose, std::uint64_t index)
      : seed_(seed), purpose_(purpose), index_(index) {}

  /// Fills with uniform numbers in [low, high), 24 random bits each.
  void fill_uniform(std::span<float> out, float low, float high);
  /// Fills with standard normal numbers by Box and Muller's transform.
  void fill_normal(std::span<float> out);
  /// A uniform permutation of 0 .. size - 1 (Fisher and Yates).
  void fill_permutation(std::span<std::uint32_t> out);

 private:
  PhiloxBlock next_block();

  std::uint64_t seed_;
  StreamPurpose purpose_;
  std::uint64_t index_;
  std::uint32_t block_ = 0;
};

}  // namespace ganvas
