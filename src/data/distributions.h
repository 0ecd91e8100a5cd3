// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Distributions of points in the plane, inside [-1, 1]^2: what GANs are watched on when the eye
// should see everything.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ganvas {

/// "line", "ring" (eight Gaussians on a circle), "discs" (two), "spiral" and "swiss_roll".
std::vector<std::string_view> point_distribution_names();

/// What a config calls points that were drawn by hand: no distribution, so draw_points() has none.
inline constexpr std::string_view kDrawnPoints = "drawn";

/// points (count, 2) row-major, a function of (name, seed): a larger count continues a smaller one.
/// not_found lists the names there are.
Result<std::vector<float>> draw_points(std::string_view name, std::uint64_t seed, int count);

}  // namespace ganvas
