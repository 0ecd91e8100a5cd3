// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Random halves of the set, and verdicts; see picture_judge.h.
#include "judge/picture_judge.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "kernels/random.h"

namespace ganvas {
namespace {

constexpr std::uint64_t kHalvesSeed = 1;
constexpr int kMaxHalf = 500;      // pictures; a comparison takes time with its square
constexpr int kMaxCompared = 500;  // pictures whose nearest other ones are looked for
constexpr int kPerHalving = 2000;  // pictures in all halvings together
constexpr float kUnknown = -1;
constexpr float kNone = -2;    // all other pictures are the same
constexpr float kCopy = 0.5f;  // of the gap

// Thresholds; docs/quality.md has the runs that they are based on.
constexpr double kLike = 0.1;          // density in units of real pictures', at least
constexpr double kFar = 1.3;           // distance to the nearest in units of pictures', at most
constexpr double kMemorised = 0.25;    // share of copies above real pictures', at least
constexpr double kNarrowAt = 0.6;      // remaining variety below which samples are narrow
constexpr double kCollapsedAt = 0.35;  // remaining variety below which they have collapsed

double median(std::vector<float> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return static_cast<double>(*middle);
}

/// A measure of several halvings.
struct Sums {
  double samples = 0;
  double real = 0;
  double squares = 0;

  void add(double of_samples, double of_real) {
    samples += of_samples;
    real += of_real;
    squares += of_real * of_real;
  }
  Compared over(std::size_t count) const {
    const auto n = static_cast<double>(count);
    return {.samples = samples / n,
            .real = real / n,
            .spread = std::sqrt(std::max(0.0, squares - real * real / n) / (n - 1))};
  }
};

/// Samples that are none of the pictures' kind cover none of them either: what coverage says of
/// variety is what it says beyond density.
double variety_of(const PictureQuality& quality) {
  const double likeness = std::min(1.0, quality.density.samples / quality.density.real);
  const double covered = quality.coverage.samples / quality.coverage.real;
  return std::min(quality.diversity.samples / quality.diversity.real, covered / likeness);
}

PictureVerdict verdict_of(const PictureQuality& quality) {
  if (quality.density.samples < kLike * quality.density.real) return PictureVerdict::unlike;
  // A generator that has collapsed can be far from every picture, and time will not help it.
  const double variety = variety_of(quality);
  if (variety < kCollapsedAt) return PictureVerdict::collapsed;
  // Pictures that are like no others have wide balls, which hold much that is like none.
  if (quality.nearest.samples > kFar * quality.nearest.real) return PictureVerdict::unlike;
  if (quality.copies.samples - quality.copies.real >= kMemorised) return PictureVerdict::memorised;
  return variety < kNarrowAt ? PictureVerdict::narrowing : PictureVerdict::healthy;
}

/// Some rows of (n, width).
std::vector<float> rows_of(std::span<const float> values, int width,
                           std::span<const std::uint32_t> rows) {
  const auto size = static_cast<std::size_t>(width);
  std::vector<float> chosen;
  chosen.reserve(rows.size() * size);
  for (const std::uint32_t row : rows) {
    const auto from = values.subspan(row * size, size);
    chosen.insert(chosen.end(), from.begin(), from.end());
  }
  return chosen;
}

std::vector<std::uint32_t> shuffled(int count, std::uint64_t index) {
  std::vector<std::uint32_t> order(static_cast<std::size_t>(count));
  RandomStream(kHalvesSeed, StreamPurpose::shuffle, index).fill_permutation(order);
  return order;
}

}  // namespace

Result<std::unique_ptr<PictureJudge>> PictureJudge::create(std::vector<std::uint8_t> pixels,
                                                           PictureExtent extent, ThreadPool& pool) {
  const std::size_t count = pixels.size() / extent.size();
  if (pixels.size() != count * extent.size()) {
    return Error{ErrorCode::shape_mismatch, std::to_string(pixels.size()) +
                                                " bytes are no pictures of " +
                                                std::to_string(extent.size()) + " each"};
  }
  if (count < kMinPictures) {
    return Error{ErrorCode::no_data, "at least " + std::to_string(kMinPictures) +
                                         " pictures are needed, not " + std::to_string(count)};
  }
  const auto rest = std::span(pixels).subspan(extent.size());
  if (std::ranges::equal(rest, std::span(pixels).first(rest.size())))
    return Error{ErrorCode::no_data, "all pictures are the same"};
  GANVAS_ASSIGN_OR_RETURN(RandomFeatures network, RandomFeatures::create(extent, pool));
  return std::unique_ptr<PictureJudge>(
      new PictureJudge(NearestPictures(extent, std::move(pixels)), std::move(network)));
}

PictureJudge::PictureJudge(NearestPictures pictures, RandomFeatures network)
    : pictures_(std::move(pictures)),
      network_(std::move(network)),
      half_(std::min(pictures_.count() / 2, kMaxHalf)),
      gaps_(static_cast<std::size_t>(pictures_.count()), kUnknown) {}

void PictureJudge::split() {
  // Features take longer than all else: each picture's are computed once.
  std::vector<std::uint32_t> pictures(static_cast<std::size_t>(pictures_.count()));
  std::iota(pictures.begin(), pictures.end(), 0U);
  if (pictures_.count() > 2 * kMaxHalf) {
    pictures = shuffled(pictures_.count(), 0);
    pictures.resize(std::size_t{2} * kMaxHalf);
  }
  const std::vector<float> features = network_.of(pictures_.images(pictures));
  const auto size = static_cast<std::size_t>(half_);
  const int count = std::clamp(kPerHalving / half_, 4, 20);
  for (int i = 0; i < count; ++i) {
    const auto order = shuffled(static_cast<int>(pictures.size()), std::uint64_t(i));
    Halves halves;
    halves.reference = rows_of(features, network_.features(), std::span(order).first(size));
    halves.other = rows_of(features, network_.features(), std::span(order).subspan(size, size));
    // Of all halvings, since one half can be of pictures that are all the same.
    mean_distance_ += mean_distance(halves.reference, network_.features()) / count;
    halves_.push_back(std::move(halves));
  }
}

void PictureJudge::measure_copies() {
  std::vector<float> distances;
  int copies = 0;
  for (const std::uint32_t index : shuffled(pictures_.count(), 0)) {
    if (std::ssize(distances) == kMaxCompared) break;
    const int picture = static_cast<int>(index);
    const auto nearest = pictures_.nearest_other(picture);
    if (!nearest) continue;
    distances.push_back(nearest->distance);
    const auto beyond = pictures_.nearest_other(nearest->index, picture);
    copies += beyond && nearest->distance < kCopy * beyond->distance;
  }
  real_nearest_ = median(distances);
  real_copies_ = copies / std::max(1.0, static_cast<double>(distances.size()));
}

float PictureJudge::gap_of(int picture) {
  float& gap = gaps_[static_cast<std::size_t>(picture)];
  if (gap == kUnknown) {
    const auto other = pictures_.nearest_other(picture);
    gap = other ? other->distance : kNone;
  }
  return gap;
}

PictureJudge::Measured PictureJudge::measure(std::span<const float> samples) {
  return {pictures_.nearest(samples), network_.of(samples)};
}

PictureQuality PictureJudge::quality(const Measured& samples) {
  // Not before, since those who only measure need none of it.
  if (halves_.empty()) {
    split();
    measure_copies();
  }
  PictureQuality quality;
  quality.count = static_cast<int>(samples.nearest.size());
  quality.pictures = pictures_.count();
  quality.compared = std::min(half_, quality.count);

  std::vector<float> distances;
  int copies = 0;
  for (const Neighbour& nearest : samples.nearest) {
    distances.push_back(nearest.distance);
    copies += nearest.distance < kCopy * gap_of(nearest.index);
  }
  quality.nearest = {.samples = median(distances), .real = real_nearest_};
  quality.copies = {.samples = copies / static_cast<double>(quality.count), .real = real_copies_};

  const int width = network_.features();
  const auto part = static_cast<std::size_t>(quality.compared) * static_cast<std::size_t>(width);
  const int groups = quality.count / quality.compared;
  Sums density;
  Sums coverage;
  Sums diversity;
  for (std::size_t i = 0; i < halves_.size(); ++i) {
    const Halves& halves = halves_[i];
    const auto generated =
        std::span(samples.features).subspan(i % std::size_t(groups) * part, part);
    const auto real = std::span(halves.other).first(part);
    const DensityCoverage of_samples = density_coverage(halves.reference, generated, width);
    const DensityCoverage of_real = density_coverage(halves.reference, real, width);
    density.add(of_samples.density, of_real.density);
    coverage.add(of_samples.coverage, of_real.coverage);
    diversity.add(mean_distance(generated, width) / mean_distance_,
                  mean_distance(real, width) / mean_distance_);
  }
  quality.density = density.over(halves_.size());
  quality.coverage = coverage.over(halves_.size());
  quality.diversity = diversity.over(halves_.size());
  quality.verdict = verdict_of(quality);
  return quality;
}

}  // namespace ganvas
