// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The named GAN configs, each for any pictures that the core learns.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "gan/config.h"
#include "nn/problem.h"

namespace ganvas {

/// What a preset has to know of pictures; by default MNIST's digits.
struct PictureShape {
  static constexpr std::array kSides{16, 28, 32, 48, 64};

  int channels = 1;  // 1 or 3
  int side = 28;     // one of kSides
  int classes = 10;  // 0: without labels

  int size() const { return channels * side * side; }
  friend bool operator==(const PictureShape&, const PictureShape&) = default;
};

/// Samples (channels, side, side) as pictures, if presets can follow their shape.
std::optional<PictureShape> picture_shape_of(const Shape& sample_shape, int classes);

struct Preset {
  std::string_view name;
  std::string_view summary;  // one line for --help
  GanConfig (*make)(const PictureShape&);
  PictureShape pictures{};  // those that it has without others

  /// Its config for such pictures. Presets for points ignore them.
  GanConfig config(const PictureShape& shape) const {
    GanConfig config = make(shape);
    config.preset = name;
    config.examples_at_most = config.examples > 0;
    return config;
  }
  GanConfig config() const { return config(pictures); }
};

std::span<const Preset> presets();

/// The preset, or ProblemKind::unknown_preset.
Result<const Preset*, Problem> preset_of(std::string_view name);
/// Its config for its own pictures, or for others.
Result<GanConfig, Problem> find_preset(std::string_view name);
Result<GanConfig, Problem> find_preset(std::string_view name, const PictureShape& pictures);

}  // namespace ganvas
