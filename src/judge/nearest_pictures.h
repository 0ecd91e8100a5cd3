// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finds the training picture that a sample repeats, even if slightly moved, blurred or noisy.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "judge/neighbours.h"

namespace ganvas {

struct PictureExtent {
  int channels;
  int side;

  std::size_t size() const {
    return static_cast<std::size_t>(channels) * static_cast<std::size_t>(side) *
           static_cast<std::size_t>(side);
  }
};

/// The distance of two pictures is the root mean square difference of the means of their squares,
/// seven or eight along a side, from 0 to 1 (black and white); the least one over nine positions of
/// the first picture, moved by up to a pixel, or two at a side of 64. What a generator that
/// memorises gets wrong hardly changes it: small shifts, noise, softness. Pixels and the features
/// of a random network change with every edge that moves; docs/quality.md has figures.
class NearestPictures {
 public:
  /// Takes pictures (count, channels, side, side), 1 or more.
  NearestPictures(PictureExtent extent, std::vector<std::uint8_t> pixels);

  int count() const { return static_cast<int>(pixels_.size() / extent_.size()); }
  PictureExtent extent() const { return extent_; }
  /// Some of the pictures as images (n, channels, side, side) in [-1, 1].
  std::vector<float> images(std::span<const std::uint32_t> pictures) const;

  /// For each image (n, channels, side, side) in [-1, 1], its nearest picture.
  std::vector<Neighbour> nearest(std::span<const float> images) const;

  /// For one of the pictures, its nearest other one that differs from it and is not `without`.
  std::optional<Neighbour> nearest_other(int picture, std::optional<int> without = {}) const;

 private:
  template <typename Use>
  std::optional<Neighbour> best(std::span<const float> image, const Use& use) const;

  PictureExtent extent_;
  std::vector<std::uint8_t> pixels_;
  int means_;                 // of one picture
  std::vector<float> grids_;  // (count, means_)
};

}  // namespace ganvas
