// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Counter-based random streams. The n-th number of a stream depends only on (seed, purpose, index,
// n): the noise of step 1,000 is the same whether or not steps 1 to 999 ran in this process, so a
// resumed run continues identically.
#pragma once

#include <cstdint>
#include <span>

#include "kernels/philox.h"

namespace ganvas {

/// What a stream is used for. The numbers determine the values that a seed gives: never renumber.
enum class StreamPurpose : std::uint32_t {
  initialisation = 0,                // index: network and tensor number
  noise = 1,                         // index: draw, counted over the run
  shuffle = 2,                       // index: epoch
  sampling = 3,                      // index: 0
  dropout = 4,                       // index: pass and layer number
  fake_labels = 5,                   // index: draw, as for noise
  instance_noise = 6,                // index: forward pass, counted over the run
  interpolation = 7,                 // index: update of D (WGAN-GP's points between real and fake)
  points = 8,                        // index: distribution
  augmentation = 9,                  // index: training step of a classifier
  differentiable_augmentation = 10,  // index: forward pass and sample (gan/augmentation.h)
};

class RandomStream {
 public:
  RandomStream(std::uint64_t seed, StreamPurpose purpose, std::uint64_t index)
      : seed_(seed), purpose_(purpose), index_(index) {}

  /// Fills `out` with uniform numbers in [low, high), of 24 random bits each.
  void fill_uniform(std::span<float> out, float low, float high);
  /// Fills `out` with standard normal numbers (Box-Muller transform).
  void fill_normal(std::span<float> out);
  /// Fills `out` with a uniform permutation of 0 .. size - 1 (Fisher-Yates shuffle).
  void fill_permutation(std::span<std::uint32_t> out);

 private:
  PhiloxBlock next_block();

  std::uint64_t seed_;
  StreamPurpose purpose_;
  std::uint64_t index_;
  std::uint32_t block_ = 0;
};

}  // namespace ganvas
