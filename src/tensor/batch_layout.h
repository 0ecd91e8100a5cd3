// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Memory layout of a batch. Samples are grouped in blocks of kLanes = 16, and within a block the
// sample is the innermost axis:
//
//     element (sample s, feature f)  ->  data[(s / 16) * features * 16 + f * 16 + s % 16]
//
// One feature of one block is a row of 16 lanes: whole SIMD registers on every tier, and one cache
// line of floats. Layers therefore work on full registers for any shape, matrix products read
// activations in memory order (no packing), and the lane width does not affect summation order.
//
// A batch can consist of several groups of equal size: the discriminator's input is [real | fake].
// Each group starts a new block, because batch norm computes separate statistics for each. If a
// group's size is not a multiple of 16, its last block has padding lanes. Their values are finite
// but meaningless; in gradients they are zero, so sums over a batch need no masks.
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
  /// Lanes of a block that hold samples: kLanes, or fewer in the last block of a group.
  int lanes_used(int block) const {
    const int first = block % blocks_per_group() * kLanes;
    return group_size - first < kLanes ? group_size - first : kLanes;
  }
  /// Elements of storage for activations with `features` features.
  std::size_t storage(int features) const {
    return static_cast<std::size_t>(blocks()) * static_cast<std::size_t>(features) * kLanes;
  }
};

/// Copies row-major samples (samples, features) to a one-group layout; padding lanes become zero.
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

/// The inverse of pack_samples(): packed activations to row-major samples (samples, features).
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
