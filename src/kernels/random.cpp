// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Uniform and normal numbers and permutations from Philox blocks; see random.h.
#include "kernels/random.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "kernels/math.h"

namespace ganvas {
namespace {

constexpr float kUlp24 = 0x1p-24f;

/// 24 random bits as a number in [0, 1).
float to_unit(std::uint32_t word) {
  return static_cast<float>(word >> 8) * kUlp24;
}

}  // namespace

PhiloxBlock RandomStream::next_block() {
  return philox4x32(
      {block_++, static_cast<std::uint32_t>(index_), static_cast<std::uint32_t>(index_ >> 32),
       static_cast<std::uint32_t>(purpose_)},
      seed_);
}

void RandomStream::fill_uniform(std::span<float> out, float low, float high) {
  for (std::size_t start = 0; start < out.size(); start += 4) {
    const PhiloxBlock words = next_block();
    const std::size_t count = std::min<std::size_t>(4, out.size() - start);
    for (std::size_t i = 0; i < count; ++i) {
      out[start + i] = low + (high - low) * to_unit(words[i]);
    }
  }
}

void RandomStream::fill_normal(std::span<float> out) {
  // Works on chunks of pairs, radii first, then angles, so that the transform runs on full
  // registers. The chunk size is fixed, so that the assignment of words to numbers does not depend
  // on the register width.
  constexpr std::size_t kPairs = 32;
  alignas(kAlignment) std::array<float, kPairs> radius_uniform;
  alignas(kAlignment) std::array<float, kPairs> angle_uniform;
  alignas(kAlignment) std::array<float, 2 * kPairs> normal;
  for (std::size_t start = 0; start < out.size(); start += normal.size()) {
    for (std::size_t i = 0; i < kPairs; i += 2) {
      const PhiloxBlock words = next_block();
      radius_uniform[i] = to_unit(words[0]) + kUlp24;  // (0, 1]: its logarithm is finite
      angle_uniform[i] = to_unit(words[1]);
      radius_uniform[i + 1] = to_unit(words[2]) + kUlp24;
      angle_uniform[i + 1] = to_unit(words[3]);
    }
    for (std::size_t i = 0; i < kPairs; i += Vec<float>::size) {
      const Vec<float> radius =
          xsimd::sqrt(Vec<float>(-2.0f) * math::log(load(&radius_uniform[i])));
      const math::SinCos turn = math::sincos_turns(load(&angle_uniform[i]));
      (radius * turn.cos).store_aligned(&normal[i]);
      (radius * turn.sin).store_aligned(&normal[kPairs + i]);
    }
    const std::size_t count = std::min(normal.size(), out.size() - start);
    std::copy_n(normal.begin(), count, out.begin() + static_cast<std::ptrdiff_t>(start));
  }
}

void RandomStream::fill_permutation(std::span<std::uint32_t> out) {
  std::iota(out.begin(), out.end(), 0u);
  PhiloxBlock words{};
  std::size_t used = words.size();
  for (std::size_t remaining = out.size(); remaining > 1; --remaining) {
    if (used == words.size()) {
      words = next_block();
      used = 0;
    }
    // The high half of word * remaining is uniform in [0, remaining) up to a bias of 2^-32 *
    // remaining.
    const auto pick = static_cast<std::size_t>((std::uint64_t{words[used++]} * remaining) >> 32);
    std::swap(out[remaining - 1], out[pick]);
  }
}

}  // namespace ganvas
