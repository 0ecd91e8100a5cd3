// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Latents and walks between them. Latents are standard normal, so in d dimensions nearly all of
// them lie at a radius of about sqrt(d); a straight line between two dips far below it, where a
// generator has seen nothing. Hence great circles instead of lines (White 2016, "Sampling
// Generative Networks"). Latents are rows of latent_size finite numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ganvas {

/// `size` standard normal numbers, a function of `seed` alone: a larger size continues a smaller
/// one.
template <typename T>
std::vector<T> draw_latents(std::uint64_t seed, std::size_t size);

/// The point at t in [0, 1] on the great circle from a to b: for unit vectors at an angle w,
/// sin((1 - t) w) / sin(w) a + sin(t w) / sin(w) b; for others the radius goes evenly from one's to
/// the other's. t = 0 and 1 give a and b to the bit. Nearly parallel ones are joined by a line, and
/// so is the zero vector; opposite ones, between which all great circles are as short, by the
/// circle through the axis that a is farthest from.
template <typename T>
void slerp(std::span<const T> a, std::span<const T> b, double t, std::span<T> out);

/// path (points, latent_size): slerp at even steps from a to b, both included; points >= 2.
template <typename T>
void latent_path(std::span<const T> a, std::span<const T> b, std::span<T> path);

/// grid (rows, columns, latent_size): a sheet through three latents, with `origin` at the first row
/// and column, `right` at the end of the first row and `below` at the end of the first column, each
/// to the bit. The far corner is the analogy right + below - origin at the mean radius of `right`
/// and `below` (White's J-diagram); left and right edges are great circles, and so are the rows
/// between them, so every point keeps a radius between those of the corners. rows, columns >= 2.
template <typename T>
void latent_plane(std::span<const T> origin, std::span<const T> right, std::span<const T> below,
                  int rows, int columns, std::span<T> grid);

/// latents *= psi, for psi in [0, 1]: the nearer to 0, the more typical and the less varied are the
/// samples (the truncation trick: Marchesi 2017; Brock et al. 2019, who resample outliers instead;
/// scaling is Karras et al. 2019). Above 1 lie latents that training has hardly seen.
template <typename T>
void truncate_latents(std::span<T> latents, double psi);

}  // namespace ganvas
