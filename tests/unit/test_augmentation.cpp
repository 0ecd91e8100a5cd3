// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Augmentations of images: their ranges, and what their random numbers depend on.
#include "gan/augmentation.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <set>
#include <vector>

#include "gan/check_config.h"
#include "support/packed.h"
#include "support/small_presets.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr int kSide = 16;
constexpr int kPixels = kSide * kSide;

GanConfig augmenting(double color, double translation, double cutout, int channels = 1) {
  GanConfig config;
  config.sample_shape = {channels, kSide, kSide};
  config.augment_color = color;
  config.augment_translation = translation;
  config.augment_cutout = cutout;
  return config;
}

/// The augmented rows of one group.
std::vector<double> augmented(const GanConfig& config, const std::vector<double>& rows, int samples,
                              std::int64_t pass = 0, int threads = 1) {
  ThreadPool pool(threads);
  const auto layout = BatchLayout::of(samples);
  const auto x = pack<double>(rows, layout, config.sample_size());
  AlignedBuffer<double> y(x.size());
  augment(config, pass, layout, x.data(), y.data(), pool);
  return unpack<double>(y.data(), layout, config.sample_size());
}

std::vector<double> random_images(int samples, int size) {
  Random random(3);
  return random_values<double>(std::size_t(samples * size), random, 0.5, 1);
}

/// The number of rows or columns without any value.
template <typename At>
int blank_lines(const At& at) {
  int blank = 0;
  for (int i = 0; i < kSide; ++i) {
    bool all = true;
    for (int j = 0; j < kSide; ++j) all = all && at(i, j) == 0;
    blank += all;
  }
  return blank;
}

}  // namespace

TEST_CASE("Translations move by up to an eighth of the side and fill with zeros",
          "[augmentation]") {
  constexpr int kSamples = 200;
  const auto images = random_images(kSamples, kPixels);
  const auto moved = augmented(augmenting(0, 0.125, 0), images, kSamples);
  std::set<std::pair<int, int>> seen;
  for (int s = 0; s < kSamples; ++s) {
    const double* x = images.data() + s * kPixels;
    const double* y = moved.data() + s * kPixels;
    int found = 0;
    for (int down = -2; down <= 2; ++down) {
      for (int right = -2; right <= 2; ++right) {
        bool same = true;
        for (int i = 0; i < kPixels; ++i) {
          const int row = i / kSide - down;
          const int column = i % kSide - right;
          const bool inside = row >= 0 && row < kSide && column >= 0 && column < kSide;
          same = same && y[i] == (inside ? x[row * kSide + column] : 0);
        }
        if (same) seen.insert({down, right});
        found += same;
      }
    }
    REQUIRE(found == 1);
  }
  CHECK(seen.size() == 25);
}

TEST_CASE("Cutouts blank a square of half the side, anywhere", "[augmentation]") {
  constexpr int kSamples = 200;
  const auto images = random_images(kSamples, kPixels);
  const auto cut = augmented(augmenting(0, 0, 0.5), images, kSamples);
  std::set<long> sizes;
  for (int s = 0; s < kSamples; ++s) {
    const double* y = cut.data() + s * kPixels;
    const auto blank = std::count(y, y + kPixels, 0.0);
    sizes.insert(blank);
    // The square reaches over the edge by up to half of it.
    REQUIRE(blank >= 16);
    REQUIRE(blank <= 64);
    for (int i = 0; i < kPixels; ++i) {
      REQUIRE((y[i] == 0 || y[i] == images[std::size_t(s * kPixels + i)]));
    }
  }
  CHECK(*sizes.begin() < 40);
  CHECK(*sizes.rbegin() == 64);
}

TEST_CASE("Colours change in brightness, saturation and contrast within the paper's ranges",
          "[augmentation]") {
  constexpr int kSamples = 300;
  const int size = 3 * kPixels;
  const auto images = random_images(kSamples, size);
  const auto changed = augmented(augmenting(1, 0, 0, 3), images, kSamples);
  double largest_shift = 0;
  double least_spread = HUGE_VAL;
  double largest_spread = 0;
  for (int s = 0; s < kSamples; ++s) {
    const double* x = images.data() + s * size;
    const double* y = changed.data() + s * size;
    double mean_x = 0;
    double mean_y = 0;
    for (int i = 0; i < size; ++i) {
      mean_x += x[i] / size;
      mean_y += y[i] / size;
    }
    // Saturation and contrast keep the mean; saturation keeps each pixel's grey.
    const double shift = std::fabs(mean_y - mean_x);
    REQUIRE(shift <= 0.5);
    const auto grey = [](const double* image, int i) {
      return (image[i] + image[kPixels + i] + image[2 * kPixels + i]) / 3;
    };
    const double contrast = (grey(y, 0) - mean_y) / (grey(x, 0) - mean_x);
    const double saturation = (y[0] - grey(y, 0)) / (x[0] - grey(x, 0)) / contrast;
    REQUIRE(contrast >= 0.5 - 1e-9);
    REQUIRE(contrast <= 1.5 + 1e-9);
    REQUIRE(saturation >= -1e-9);
    REQUIRE(saturation <= 2 + 1e-9);
    largest_shift = std::fmax(largest_shift, shift);
    least_spread = std::fmin(least_spread, saturation);
    largest_spread = std::fmax(largest_spread, saturation);
  }
  CHECK(largest_shift > 0.45);
  CHECK(least_spread < 0.1);
  CHECK(largest_spread > 1.9);
}

TEST_CASE("A sample's augmentation depends on the seed, the pass and its place alone",
          "[augmentation]") {
  GanConfig config = augmenting(1, 0.125, 0.5, 3);
  const int size = config.sample_size();
  const auto images = random_images(40, size);
  const auto all = augmented(config, images, 40);
  CHECK(augmented(config, images, 40, 0, 3) == all);
  const auto few = augmented(config, {images.begin(), images.begin() + 5 * size}, 5);
  CHECK(few == std::vector(all.begin(), all.begin() + 5 * size));
  CHECK(augmented(config, images, 40, 1) != all);
  config.seed = 2;
  CHECK(augmented(config, images, 40) != all);
}

TEST_CASE("Real and fake samples of a step are augmented differently", "[augmentation]") {
  const GanConfig config = augmenting(1, 0.125, 0.5);
  ThreadPool pool(1);
  const auto rows = random_images(5, kPixels);
  const auto group = pack<double>(rows, BatchLayout::of(5), kPixels);
  AlignedBuffer<double> both(2 * group.size());
  for (std::size_t i = 0; i < both.size(); ++i) both[i] = group[i % group.size()];
  AlignedBuffer<double> out(both.size());
  augment(config, 0, BatchLayout{2, 5}, both.data(), out.data(), pool);
  const auto real = unpack<double>(out.data(), BatchLayout::of(5), kPixels);
  const auto fake = unpack<double>(out.data() + group.size(), BatchLayout::of(5), kPixels);
  CHECK(real == augmented(config, rows, 5));
  CHECK(fake != real);
}

TEST_CASE("Only images can be augmented", "[augmentation]") {
  GanConfig config = find_preset("seed").value();
  config.augment_cutout = 0.5;
  const auto problem = find_problem(config);
  REQUIRE(problem);
  CHECK(describe(*problem) == "sample_shape must be (channels, height, width) with augmentation");
  config = find_preset("seed", {.side = 16}).value();
  config.augment_cutout = 0.5;
  CHECK_FALSE(find_problem(config));
}

TEST_CASE("An augmented run gives the same bits on any number of threads", "[augmentation]") {
  GanConfig config = scaled_down(find_preset("hinge", {.channels = 3, .side = 16}).value(), 19);
  config.augment_color = 1;
  config.augment_translation = 0.125;
  config.augment_cutout = 0.5;
  const auto after_two_steps = [&](int threads) {
    ThreadPool pool(threads);
    const auto trainer = make_trainer<float>(config, pool);
    REQUIRE(trainer->set_data(data_for(config)).ok());
    take_step(*trainer);
    take_step(*trainer);
    return values_of(trainer->generator());
  };
  const auto expected = after_two_steps(1);
  CHECK(after_two_steps(3) == expected);
  config.augment_cutout = 0;
  CHECK(after_two_steps(1) != expected);
}
