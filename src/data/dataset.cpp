// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Validation of samples, and packing of batches; see dataset.h.
#include "data/dataset.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <string>
#include <utility>

namespace ganvas {
namespace {

/// The normalised value of each byte, with torchvision's operations in torchvision's order.
template <typename T>
std::array<T, 256> normalised_levels() {
  std::array<T, 256> levels{};
  for (std::size_t byte = 0; byte < levels.size(); ++byte) {
    const T scaled = static_cast<T>(byte) / T{255};  // ToTensor
    levels[byte] = (scaled - T(0.5)) / T(0.5);       // Normalize((0.5,), (0.5,))
  }
  return levels;
}

}  // namespace

Result<Dataset> Dataset::of_images(std::vector<std::uint8_t> images, int features,
                                   std::vector<std::uint8_t> labels) {
  assert(features > 0);
  const auto width = static_cast<std::size_t>(features);
  if (labels.empty() && images.size() % width == 0) {
    if (images.empty()) return Error{ErrorCode::shape_mismatch, "the dataset has no examples"};
  } else if (images.size() != labels.size() * width) {
    return Error{ErrorCode::shape_mismatch, std::to_string(labels.size()) + " labels need " +
                                                std::to_string(labels.size() * width) +
                                                " bytes of images (" + std::to_string(features) +
                                                " each), but there are " +
                                                std::to_string(images.size())};
  }
  Dataset dataset;
  dataset.size_ = static_cast<int>(images.size() / width);
  dataset.features_ = features;
  dataset.images_ = std::move(images);
  dataset.labels_ = std::move(labels);
  return dataset;
}

Result<Dataset> Dataset::of_points(std::vector<float> points, int features) {
  assert(features > 0);
  const auto width = static_cast<std::size_t>(features);
  if (points.empty() || points.size() % width != 0) {
    return Error{ErrorCode::shape_mismatch, std::to_string(points.size()) +
                                                " values do not form points of " +
                                                std::to_string(features) + " coordinates"};
  }
  if (!std::all_of(points.begin(), points.end(), [](float x) { return std::isfinite(x); })) {
    return Error{ErrorCode::non_finite, "a point has a coordinate that is NaN or Inf"};
  }
  Dataset dataset;
  dataset.size_ = static_cast<int>(points.size() / width);
  dataset.features_ = features;
  dataset.points_ = std::move(points);
  return dataset;
}

template <typename T>
void Dataset::load_batch(std::span<const std::uint32_t> indices, T* packed) const {
  static const std::array<T, 256> levels = normalised_levels<T>();
  const auto features = static_cast<std::size_t>(features_);
  for (std::size_t first = 0; first < indices.size(); first += kLanes) {
    const std::size_t used = std::min<std::size_t>(kLanes, indices.size() - first);
    std::array<std::size_t, kLanes> rows{};
    for (std::size_t lane = 0; lane < used; ++lane) rows[lane] = indices[first + lane] * features;
    for (std::size_t feature = 0; feature < features; ++feature, packed += kLanes) {
      for (std::size_t lane = 0; lane < used; ++lane) {
        const std::size_t at = rows[lane] + feature;
        packed[lane] = points_.empty() ? levels[images_[at]] : static_cast<T>(points_[at]);
      }
      std::fill(packed + used, packed + kLanes, T{0});
    }
  }
}

template void Dataset::load_batch<float>(std::span<const std::uint32_t>, float*) const;
template void Dataset::load_batch<double>(std::span<const std::uint32_t>, double*) const;

}  // namespace ganvas
