// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Square grey images in one picture.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ganvas::cli {

/// A PNG of images (n, side, side) in rows, as many columns as rows or one more, parted by thin
/// lines; the image that comes first is at the top left.
std::vector<std::uint8_t> png_grid(std::span<const std::uint8_t> images, int side);

}  // namespace ganvas::cli
