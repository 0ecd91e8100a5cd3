// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Samples as one picture.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ganvas::cli {

/// A PNG of images (count, side, side) in a grid of so many columns; 0: as near to a square as it
/// gets.
std::vector<std::uint8_t> png_grid(std::span<const std::uint8_t> images, int side, int columns);

/// A PNG of points (count, 2) in the plane, white over the grey points of what they should look
/// like.
std::vector<std::uint8_t> png_points(std::span<const float> target, std::span<const float> points);

}  // namespace ganvas::cli
