// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Toy distributions of points in the plane, within [-1, 1]^2, on which a whole GAN can be plotted.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ganvas {

/// "line", "ring" (eight Gaussians on a circle), "discs" (two), "spiral" and "swiss_roll".
std::vector<std::string_view> point_distribution_names();

/// GanConfig::data of points drawn by hand on the page, which draw_points() does not know.
inline constexpr std::string_view kDrawnPoints = "drawn";

/// Row-major points (count, 2), a function of (name, seed); a larger count extends a smaller one.
/// Error: not_found, with the known names.
Result<std::vector<float>> draw_points(std::string_view name, std::uint64_t seed, int count);

}  // namespace ganvas
