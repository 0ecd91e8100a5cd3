// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How good generated pictures are beside a set of anybody's pictures, without any network that has
// learned from others. Every number comes with that of real pictures which nobody compared with.
//
// A run trains on all pictures, since few sets can spare some. So the numbers of real pictures come
// from the set itself: distances to the nearest *other* picture, and comparisons of one half with
// the other. Samples are compared with the same halves, in the same number.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "judge/nearest_pictures.h"
#include "judge/random_features.h"

namespace ganvas {

/// One measure of the samples, and the same of the set's own pictures.
struct Compared {
  double samples = 0;
  double real = 0;
  double spread = 0;  // standard deviation of `real` between random halves of the set
};

enum class PictureVerdict {
  unlike,     // the samples are not as close to the pictures yet as these to each other
  collapsed,  // most of the pictures' variety is missing
  memorised,  // at least a quarter more of the samples than of real pictures are near-copies
  narrowing,  // a good part of it is missing
  healthy,
};
template <>
inline constexpr std::array<std::string_view, 5> kEnumNames<PictureVerdict>{
    "unlike", "collapsed", "memorised", "narrowing", "healthy"};

struct PictureQuality {
  int count = 0;     // samples
  int pictures = 0;  // of the set
  int compared = 0;  // samples, and real pictures, at a time for density, coverage and diversity
  /// Median distance to the nearest training picture; of pictures, to the nearest other one.
  Compared nearest;
  /// Share that is nearer to a picture than half of that picture's distance to its nearest other.
  Compared copies;
  Compared density;  // see DensityCoverage
  Compared coverage;
  Compared diversity;  // mean distance between two, in units of that of the set
  PictureVerdict verdict = PictureVerdict::unlike;
};

class PictureJudge {
 public:
  static constexpr int kMinPictures = 12;  // each half has to have one more than k = 5
  static constexpr int kMinSamples = 6;

  /// Takes a set (count, channels, side, side). Errors: shape_mismatch; no_data for fewer than
  /// kMinPictures, or without two different ones; those of RandomFeatures::create(). `pool` must
  /// outlive the judge.
  static Result<std::unique_ptr<PictureJudge>> create(std::vector<std::uint8_t> pixels,
                                                      PictureExtent extent, ThreadPool& pool);

  const NearestPictures& pictures() const { return pictures_; }

  /// What is measured of each sample by itself.
  struct Measured {
    std::vector<Neighbour> nearest;
    std::vector<float> features;  // (n, features())
  };
  /// Takes images (n, channels, side, side) in [-1, 1].
  Measured measure(std::span<const float> samples);
  int features() const { return network_.features(); }

  /// Takes at least kMinSamples samples.
  PictureQuality quality(const Measured& samples);
  PictureQuality quality(std::span<const float> samples) { return quality(measure(samples)); }

 private:
  /// Features (half_, features) of two disjoint random parts of the set, and how they compare.
  struct Halves {
    std::vector<float> reference;
    std::vector<float> other;
  };

  PictureJudge(NearestPictures pictures, RandomFeatures network);
  void split();
  void measure_copies();
  /// Distance of a picture to its nearest other one.
  float gap_of(int picture);

  NearestPictures pictures_;
  RandomFeatures network_;
  int half_;
  std::vector<Halves> halves_;
  double mean_distance_ = 0;  // of two pictures
  std::vector<float> gaps_;   // of each picture; negative where not known yet
  double real_nearest_ = 0;
  double real_copies_ = 0;
};

}  // namespace ganvas
