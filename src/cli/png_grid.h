// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Rendering of samples as one PNG.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace ganvas::cli {

/// Images (count, channels, side, side) of 1 or 3 channels in a grid with `columns` columns; 0
/// makes it nearly square.
std::vector<std::uint8_t> png_grid(std::span<const std::uint8_t> images, int channels, int side,
                                   int columns);

/// A scatter plot of points (count, 2) in white, over the target distribution in grey.
std::vector<std::uint8_t> png_points(std::span<const float> target, std::span<const float> points);

/// Adds each keyword, in ASCII, and its text, in UTF-8, as an iTXt chunk in front of the pixels.
void add_png_text(std::vector<std::uint8_t>& png,
                  std::span<const std::pair<std::string, std::string>> texts);

}  // namespace ganvas::cli
