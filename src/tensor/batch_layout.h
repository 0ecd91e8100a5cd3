// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How a batch of samples lies in memory. Samples are taken in blocks of kLanes = 16, and inside a
// block the sample is the innermost axis:
//
//     element (sample s, feature f)  ->  data[(s / 16) * features * 16 + f * 16 + s % 16]
//
// One feature of one block is a row of 16 lanes: whole SIMD registers on every tier, a cache line
// of floats. So each layer computes on full registers whatever its shapes, a matrix product reads
// its activations in the very order in which they lie (no packing), and the lane width never
// changes the order in which anything is summed.
//
// A batch may consist of several groups of equal size (the discriminator sees [real | fake]); each
// group starts a new block, since batch norm keeps the statistics of each apart. When a group's
// size is no multiple of 16, its last block has padding lanes. They hold finite values without
// meaning; in gradients they are zero, so that sums over a batch need no masks.
#pragma once

#include <cassert>
#include <cstddef>

namespace ganvas {

inline constexpr int kLanes = 16;

struct BatchLayout {
  int groups = 1;
  int group_size = 0;  // samples in each group

  static BatchLayout of(int samples) { return {1, samples}; }

  int blocks_per_group() const { return (group_size + kLanes - 1) / kLanes; }
  int blocks() const { return groups * blocks_per_group(); }
  /// How many lanes of a block hold samples: kLanes, but in the last block of a group.
  int lanes_used(int block) const {
    const int first = block % blocks_per_group() * kLanes;
    return group_size - first < kLanes ? group_size - first : kLanes;
  }
  /// Elements of storage that activations of `features` features take.
  std::size_t storage(int features) const {
    return static_cast<std::size_t>(blocks()) * static_cast<std::size_t>(features) * kLanes;
  }
};

/// Copies row-major samples (samples, features) into a one-group layout; padding lanes become zero.
template <typename From, typename T>
void pack_samples(const From* rows, BatchLayout layout, int features, T* packed) {
  assert(layout.groups == 1);
  for (int block = 0; block < layout.blocks(); ++block) {
    const int lanes = layout.lanes_used(block);
    for (int feature = 0; feature < features; ++feature) {
      for (int lane = 0; lane < kLanes; ++lane) {
        const std::size_t row = static_cast<std::size_t>(block) * kLanes + lane;
        *packed++ = lane < lanes ? static_cast<T>(rows[row * features + feature]) : T{0};
      }
    }
  }
}

/// The inverse of pack_samples: packed activations to row-major samples (samples, features).
template <typename T, typename To>
void unpack_samples(const T* packed, BatchLayout layout, int features, To* rows) {
  assert(layout.groups == 1);
  for (int block = 0; block < layout.blocks(); ++block) {
    const int lanes = layout.lanes_used(block);
    for (int feature = 0; feature < features; ++feature, packed += kLanes) {
      for (int lane = 0; lane < lanes; ++lane) {
        const std::size_t row = static_cast<std::size_t>(block) * kLanes + lane;
        rows[row * features + feature] = static_cast<To>(packed[lane]);
      }
    }
  }
}

}  // namespace ganvas
