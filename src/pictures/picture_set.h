// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Fitted pictures and their classes: what a run trains on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "pictures/fit.h"

namespace ganvas {

struct PictureSet {
  static constexpr int kMaxClasses = 100;
  static constexpr std::size_t kMaxClassName = 64;  // bytes

  int channels = 3;
  int side = 32;
  std::vector<std::uint8_t> pixels{};      // (count, channels, side, side)
  std::vector<std::uint8_t> labels{};      // (count), or empty if there are no classes
  int classes = 0;                         // 0, or 2 to kMaxClasses
  std::vector<std::string> class_names{};  // one for each class, or empty if numbers name them

  std::size_t count() const {
    return pixels.size() / (static_cast<std::size_t>(channels) * static_cast<std::size_t>(side) *
                            static_cast<std::size_t>(side));
  }
};

/// Turns a set of three channels that are the same into grey.
void drop_colour(PictureSet& set);

/// Gives the set classes, one for each distinct number among the labels, in their order. There may
/// be more labels than pictures. Where all labels are below `known`, there are that many classes,
/// even if some have no pictures. A single class is none. Error: too_many_classes for more than
/// kMaxClasses.
Status set_classes(PictureSet& set, std::span<const std::int64_t> labels, int known);

/// The order in which pictures of several classes are kept: the first of every class, then the
/// second, and so on, so that the first N of them hold all classes. `classes` (n) has each
/// picture's class; the result has their indices.
std::vector<std::size_t> alternate_classes(std::span<const std::size_t> classes);

/// A name of a class as sets have it: UTF-8 of at most kMaxClassName bytes, without control
/// characters, not empty. `utf8` is valid.
std::string class_name(std::string utf8);

/// Names what a run learns from: 16 hexadecimal digits, the XXH3 of shape, labels and pixels.
/// Names of classes have no part in it.
std::string id_of(const PictureSet& set);

}  // namespace ganvas
