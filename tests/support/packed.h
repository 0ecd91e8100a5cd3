// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Conversion of row-major samples to and from BatchLayout, written from the formula in
// batch_layout.h rather than its code; and random values. Groups are consecutive in the rows.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "tensor/aligned_buffer.h"
#include "tensor/batch_layout.h"

namespace ganvas::test {

/// The index of feature `f` of sample `s` of group `g`.
inline std::size_t element_index(BatchLayout layout, int features, int g, int s, int f) {
  const int blocks_in_group = layout.group_size / 16 + (layout.group_size % 16 != 0);
  const std::size_t block = std::size_t(g) * std::size_t(blocks_in_group) + std::size_t(s) / 16;
  return (block * std::size_t(features) + std::size_t(f)) * 16 + std::size_t(s) % 16;
}

/// Packs rows (groups * group_size, features); padding lanes become `padding`.
template <typename T, typename From>
AlignedBuffer<T> pack(const std::vector<From>& rows, BatchLayout layout, int features,
                      T padding = T{0}) {
  AlignedBuffer<T> packed(layout.storage(features));
  for (T& value : packed.span()) value = padding;
  std::size_t next = 0;
  for (int g = 0; g < layout.groups; ++g) {
    for (int s = 0; s < layout.group_size; ++s) {
      for (int f = 0; f < features; ++f) {
        packed[element_index(layout, features, g, s, f)] = T(rows[next++]);
      }
    }
  }
  return packed;
}

/// The inverse of pack().
template <typename To, typename T>
std::vector<To> unpack(const T* packed, BatchLayout layout, int features) {
  std::vector<To> rows;
  for (int g = 0; g < layout.groups; ++g) {
    for (int s = 0; s < layout.group_size; ++s) {
      for (int f = 0; f < features; ++f) {
        rows.push_back(To(packed[element_index(layout, features, g, s, f)]));
      }
    }
  }
  return rows;
}

using Random = std::mt19937_64;

/// Uniform in [low, high). Unlike std::uniform_real_distribution, the same on every platform;
/// rounded to float, so that float and double tests get the same values.
inline double uniform(Random& random, double low = -1, double high = 1) {
  return double(float(low + (high - low) * double(random() >> 40) * 0x1p-24));
}

inline int uniform_int(Random& random, int low, int high) {
  return low + int(random() % std::uint64_t(high - low + 1));
}

template <typename T>
std::vector<T> random_values(std::size_t count, Random& random, double low = -1, double high = 1) {
  std::vector<T> values(count);
  for (T& value : values) value = T(uniform(random, low, high));
  return values;
}

}  // namespace ganvas::test
