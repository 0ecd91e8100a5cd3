// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A look at all pictures without shifts, and at the nearest of them with; see nearest_pictures.h.
#include "judge/nearest_pictures.h"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace ganvas {
namespace {

using Grids = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The nearest pictures that are compared in all positions: others are too far to win by a shift.
constexpr std::size_t kCandidates = 32;
constexpr std::array<std::array<int, 2>, 8> kShifts{
    {{0, 1}, {0, -1}, {1, 0}, {-1, 0}, {1, 1}, {1, -1}, {-1, 1}, {-1, -1}}};

int square_of(int side) {
  return (side + 7) / 8;
}

/// The means of squares of an image that is moved; what comes in at an edge repeats it.
void write_means(PictureExtent extent, std::span<const float> image, int down, int right,
                 float* means) {
  const int side = extent.side;
  const int square = square_of(side);
  const int count = side / square;
  const float weight = 1.0f / static_cast<float>(square * square);
  std::fill_n(means, extent.channels * count * count, 0.0f);
  for (int channel = 0; channel < extent.channels; ++channel) {
    for (int y = 0; y < count * square; ++y) {
      const int from_y = std::clamp(y - down, 0, side - 1);
      const float* row = image.data() + (channel * side + from_y) * side;
      float* out = means + (channel * count + y / square) * count;
      for (int x = 0; x < count * square; ++x)
        out[x / square] += weight * row[std::clamp(x - right, 0, side - 1)];
    }
  }
}

}  // namespace

NearestPictures::NearestPictures(PictureExtent extent, std::vector<std::uint8_t> pixels)
    : extent_(extent), pixels_(std::move(pixels)) {
  const int along = extent.side / square_of(extent.side);
  means_ = extent.channels * along * along;
  assert(count() > 0);
  grids_.resize(static_cast<std::size_t>(count()) * static_cast<std::size_t>(means_));
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(count()); ++i) {
    write_means(extent, images({&i, 1}), 0, 0,
                grids_.data() + std::size_t{i} * static_cast<std::size_t>(means_));
  }
}

std::vector<float> NearestPictures::images(std::span<const std::uint32_t> pictures) const {
  std::vector<float> images;
  images.reserve(pictures.size() * extent_.size());
  for (const std::uint32_t picture : pictures) {
    const std::uint8_t* pixels = pixels_.data() + picture * extent_.size();
    for (std::size_t i = 0; i < extent_.size(); ++i)
      images.push_back(static_cast<float>(pixels[i]) / 127.5f - 1);
  }
  return images;
}

/// Use: (squared distance without a shift, index) -> whether the picture is one to compare with.
template <typename Use>
std::optional<Neighbour> NearestPictures::best(std::span<const float> image, const Use& use) const {
  const Eigen::Map<const Grids> grids(grids_.data(), count(), means_);
  Eigen::RowVectorXf query(means_);
  write_means(extent_, image, 0, 0, query.data());
  const Eigen::VectorXf unshifted = (grids.rowwise() - query).rowwise().squaredNorm();
  std::vector<int> candidates;
  for (int i = 0; i < count(); ++i)
    if (use(unshifted[i], i)) candidates.push_back(i);
  if (candidates.empty()) return {};
  const auto last =
      candidates.begin() + static_cast<std::ptrdiff_t>(std::min(kCandidates, candidates.size()));
  std::partial_sort(candidates.begin(), last, candidates.end(), [&](int a, int b) {
    return unshifted[a] < unshifted[b] || (unshifted[a] == unshifted[b] && a < b);
  });
  Neighbour nearest{.index = candidates.front(), .distance = unshifted[candidates.front()]};
  const int step = std::max(1, extent_.side / 32);
  for (const auto& [down, right] : kShifts) {
    write_means(extent_, image, step * down, step * right, query.data());
    for (auto candidate = candidates.begin(); candidate < last; ++candidate) {
      const float distance = (grids.row(*candidate) - query).squaredNorm();
      if (distance < nearest.distance) nearest = {.index = *candidate, .distance = distance};
    }
  }
  nearest.distance = std::sqrt(nearest.distance / static_cast<float>(means_)) / 2;
  return nearest;
}

std::vector<Neighbour> NearestPictures::nearest(std::span<const float> images) const {
  std::vector<Neighbour> nearest;
  for (std::size_t first = 0; first < images.size(); first += extent_.size()) {
    nearest.push_back(
        *best(images.subspan(first, extent_.size()), [](float, int) { return true; }));
  }
  return nearest;
}

std::optional<Neighbour> NearestPictures::nearest_other(int picture,
                                                        std::optional<int> without) const {
  const auto index = static_cast<std::uint32_t>(picture);
  return best(images({&index, 1}), [&](float distance, int other) {
    return distance > 0 && other != picture && other != without;
  });
}

}  // namespace ganvas
