// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Rendering of samples as one PNG.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ganvas::cli {

/// Images (count, side, side) in a grid with `columns` columns; 0 makes it nearly square.
std::vector<std::uint8_t> png_grid(std::span<const std::uint8_t> images, int side, int columns);

/// A scatter plot of points (count, 2) in white, over the target distribution in grey.
std::vector<std::uint8_t> png_points(std::span<const float> target, std::span<const float> points);

}  // namespace ganvas::cli
