// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Sampling of 2-D points; see distributions.h. Each point uses two uniform and two normal random
// numbers.
#include "data/distributions.h"

#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "kernels/math.h"
#include "kernels/random.h"

namespace ganvas {
namespace {

struct Draw {
  float u0, u1;  // uniform in [0, 1)
  float n0, n1;  // standard normal
};
struct Point {
  float x, y;
};

/// (cos, sin) of an angle in turns, from our own sine so that the bits are the same everywhere.
Point on_circle(float turns) {
  const float fraction = turns - std::floor(turns);
  const math::SinCos angle = math::sincos_turns(Vec<float>(fraction));
  return {angle.cos.get(0), angle.sin.get(0)};
}

Point line_point(const Draw& d) {
  const float t = 1.6f * d.u0 - 0.8f;
  return {t + 0.02f * d.n0, 0.5f * t + 0.02f * d.n1};
}

Point ring_point(const Draw& d) {
  const Point centre = on_circle(std::floor(8 * d.u0) / 8);
  return {0.7f * centre.x + 0.04f * d.n0, 0.7f * centre.y + 0.04f * d.n1};
}

Point discs_point(const Draw& d) {
  const bool left = d.u0 < 0.5f;
  const float radius = 0.3f * std::sqrt(left ? 2 * d.u0 : 2 * d.u0 - 1);
  const Point direction = on_circle(d.u1);
  return {(left ? -0.5f : 0.5f) + radius * direction.x,
          (left ? -0.3f : 0.3f) + radius * direction.y};
}

Point spiral_point(const Draw& d) {  // two arms of one turn
  const float along = std::sqrt(d.u0);
  const float half_turn = d.u1 < 0.5f ? 0.0f : 0.5f;
  const Point direction = on_circle(along + half_turn);
  return {0.85f * along * direction.x + 0.015f * d.n0, 0.85f * along * direction.y + 0.015f * d.n1};
}

Point swiss_roll_point(const Draw& d) {  // angle 1.5 pi to 4.5 pi, radius in proportion
  const float turns = 0.75f + 1.5f * std::sqrt(d.u0);
  const Point direction = on_circle(turns);
  const float radius = 0.85f * turns / 2.25f;
  return {radius * direction.x + 0.02f * d.n0, radius * direction.y + 0.02f * d.n1};
}

struct Distribution {
  std::string_view name;
  Point (*point)(const Draw&);
};
constexpr std::array kDistributions{
    Distribution{"line", line_point}, Distribution{"ring", ring_point},
    Distribution{"discs", discs_point}, Distribution{"spiral", spiral_point},
    Distribution{"swiss_roll", swiss_roll_point}};

}  // namespace

std::vector<std::string_view> point_distribution_names() {
  std::vector<std::string_view> names;
  for (const Distribution& distribution : kDistributions) names.push_back(distribution.name);
  return names;
}

Result<std::vector<float>> draw_points(std::string_view name, std::uint64_t seed, int count) {
  std::string names;
  for (std::size_t kind = 0; kind < kDistributions.size(); ++kind) {
    names += (kind > 0 ? ", " : "") + std::string(kDistributions[kind].name);
    if (kDistributions[kind].name != name) continue;
    const auto size = 2 * static_cast<std::size_t>(count);
    std::vector<float> uniform(size);
    std::vector<float> normal(size);
    RandomStream(seed, StreamPurpose::points, 2 * kind).fill_uniform(uniform, 0, 1);
    RandomStream(seed, StreamPurpose::points, 2 * kind + 1).fill_normal(normal);
    std::vector<float> points(size);
    for (std::size_t i = 0; i < size; i += 2) {
      const Point p =
          kDistributions[kind].point({uniform[i], uniform[i + 1], normal[i], normal[i + 1]});
      points[i] = p.x;
      points[i + 1] = p.y;
    }
    return points;
  }
  return Error{ErrorCode::not_found,
               "unknown distribution '" + std::string(name) + "'; known distributions: " + names};
}

}  // namespace ganvas
