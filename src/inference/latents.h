// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Latents and paths between them. Latents are rows of latent_size finite standard normal numbers.
// In d dimensions nearly all of them have a radius of about sqrt(d); a straight line between two
// passes far below that, where the generator was not trained. So paths follow great circles (White
// 2016, "Sampling Generative Networks").
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ganvas {

/// `size` standard normal numbers, which depend only on `seed`: a larger size extends the numbers
/// of a smaller one.
template <typename T>
std::vector<T> draw_latents(std::uint64_t seed, std::size_t size);

/// The point at t in [0, 1] on the great circle from a to b: for unit vectors at an angle w, sin((1
/// - t) w) / sin(w) a + sin(t w) / sin(w) b. Otherwise the radius is interpolated linearly. t = 0
/// and 1 give exactly a and b. Nearly parallel vectors, and the zero vector, are joined by a line.
/// Opposite vectors have no unique great circle and use the one through the axis that is farthest
/// from a.
template <typename T>
void slerp(std::span<const T> a, std::span<const T> b, double t, std::span<T> out);

/// path (points, latent_size) = slerp at even steps from a to b, including both; points >= 2.
template <typename T>
void latent_path(std::span<const T> a, std::span<const T> b, std::span<T> path);

/// grid (rows, columns, latent_size) = a surface through three latents: exactly `origin` at the
/// first row and column, `right` at the end of the first row and `below` at the end of the first
/// column. The far corner is the analogy right + below - origin at the mean radius of `right` and
/// `below` (White's J-diagram). The left and right edges and all rows are great circles, so every
/// point has a radius between those of the corners. rows, columns >= 2.
template <typename T>
void latent_plane(std::span<const T> origin, std::span<const T> right, std::span<const T> below,
                  int rows, int columns, std::span<T> grid);

/// latents *= psi, for psi in [0, 1]: smaller values give more typical and less varied samples
/// (truncation trick: Marchesi 2017; Brock et al. 2019 resample outliers instead; scaling as in
/// Karras et al. 2019). Values above 1 give latents that are rare in training.
template <typename T>
void truncate_latents(std::span<T> latents, double psi);

}  // namespace ganvas
