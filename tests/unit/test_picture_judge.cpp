// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge of anybody's pictures on samples of which the answer is known: unseen pictures of the
// same kinds, copies, a part of the kinds, noise.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "judge/picture_judge.h"
#include "kernels/random.h"
#include "support/digits.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr int kKinds = 16;

/// Blots: each of a colour and a place of its kind, with a size, an ellipse and a shift of its own.
std::vector<std::uint8_t> blots(PictureExtent extent, int count, int kinds, std::uint64_t seed) {
  std::vector<std::uint8_t> pixels;
  for (int i = 0; i < count; ++i) {
    std::vector<float> own(8);
    std::vector<float> of_kind(8);
    RandomStream(seed, StreamPurpose::sampling, std::uint64_t(i)).fill_uniform(own, -1, 1);
    RandomStream(99, StreamPurpose::sampling, std::uint64_t(i % kinds)).fill_uniform(of_kind, 0, 1);
    const auto side = static_cast<float>(extent.side);
    const float x0 = side * (0.2f + 0.6f * of_kind[0] + 0.03f * own[0]);
    const float y0 = side * (0.2f + 0.6f * of_kind[1] + 0.03f * own[1]);
    const float width = side * (0.25f + 0.05f * own[2]);
    const float height = side * (0.25f + 0.05f * own[3]);
    for (std::size_t channel = 0; channel < std::size_t(extent.channels); ++channel) {
      const float paint = 200 * of_kind[2 + channel] + 20 * own[4 + channel];
      for (int y = 0; y < extent.side; ++y) {
        for (int x = 0; x < extent.side; ++x) {
          const float u = (float(x) - x0) / width;
          const float v = (float(y) - y0) / height;
          const float inside = std::clamp(4 * (1 - u * u - v * v), 0.0f, 1.0f);
          pixels.push_back(std::uint8_t(std::clamp(255 + inside * (paint - 255), 0.0f, 255.0f)));
        }
      }
    }
  }
  return pixels;
}

std::vector<float> to_images(const std::vector<std::uint8_t>& pixels) {
  std::vector<float> images;
  for (const std::uint8_t level : pixels) images.push_back(float(level) / 127.5f - 1);
  return images;
}

/// Moved by one pixel to the right, and with noise.
std::vector<float> near_copies(PictureExtent extent, const std::vector<std::uint8_t>& pixels) {
  const std::vector<float> images = to_images(pixels);
  std::vector<float> noise(images.size());
  RandomStream(5, StreamPurpose::noise, 0).fill_normal(noise);
  std::vector<float> moved(images.size());
  const auto side = std::size_t(extent.side);
  for (std::size_t i = 0; i < images.size(); ++i)
    moved[i] = images[i % side == 0 ? i : i - 1] + 0.1f * noise[i];
  return moved;
}

/// A set, unseen pictures of all its kinds, of half of them and of few.
struct Known {
  PictureExtent extent;
  std::vector<std::uint8_t> set, unseen, half, few;
  // Digits are so alike that five kinds of them cover three quarters of all.
  PictureVerdict half_verdict;
};

Known known_blots() {
  const PictureExtent extent{3, 32};
  return {extent,
          blots(extent, 800, kKinds, 1),
          blots(extent, 400, kKinds, 2),
          blots(extent, 400, kKinds / 2, 3),
          blots(extent, 400, 2, 4),
          PictureVerdict::narrowing};
}

Known known_digits() {
  const PictureExtent extent{1, 28};
  Known known{.extent = extent,
              .set = {},
              .unseen = {},
              .half = {},
              .few = {},
              .half_verdict = PictureVerdict::healthy};
  const auto file = inflate_mnist_file("train-images-idx3-ubyte");
  const auto label_file = inflate_mnist_file("train-labels-idx1-ubyte");
  const auto pixels = parse_idx(file).value().bytes;
  const auto labels = parse_idx(label_file).value().bytes;
  for (std::size_t i = 0; i < 6000; ++i) {
    const auto one = pixels.subspan(i * extent.size(), extent.size());
    const auto add_to = [&](std::vector<std::uint8_t>& part, std::size_t most) {
      if (part.size() < most * extent.size()) part.insert(part.end(), one.begin(), one.end());
    };
    if (i < 1500) i % 3 == 0 ? add_to(known.unseen, 500) : add_to(known.set, 1000);
    if (i >= 2000 && labels[i] < 5) add_to(known.half, 400);
    if (i >= 2000 && labels[i] < 1) add_to(known.few, 400);
  }
  return known;
}

PictureQuality judged(PictureJudge& judge, const std::vector<float>& samples, const char* what) {
  const PictureQuality quality = judge.quality(samples);
  std::printf("%s %s", what, std::string(name_of(quality.verdict)).c_str());
  for (const Compared& of :
       {quality.nearest, quality.copies, quality.density, quality.coverage, quality.diversity})
    std::printf("; %.3f, real %.3f +- %.3f", of.samples, of.real, of.spread);
  std::puts("");
  return quality;
}

std::unique_ptr<PictureJudge> judge_of(std::vector<std::uint8_t> pixels, PictureExtent extent,
                                       ThreadPool& pool) {
  return std::move(PictureJudge::create(std::move(pixels), extent, pool)).value();
}

}  // namespace

TEST_CASE("Pictures are told from their copies, a part of them, and noise", "[judge][pictures]") {
  ThreadPool pool(1);
  for (const Known& known : {known_blots(), known_digits()}) {
    const PictureExtent extent = known.extent;
    const auto judge = judge_of(known.set, extent, pool);
    constexpr std::size_t kCount = 400;

    const auto unseen = judged(*judge, to_images(known.unseen), "unseen pictures:");
    CHECK(unseen.verdict == PictureVerdict::healthy);
    CHECK(std::fabs(unseen.density.samples - unseen.density.real) < 0.15);
    CHECK(std::fabs(unseen.coverage.samples - unseen.coverage.real) < 0.1);
    CHECK(std::fabs(unseen.diversity.samples - unseen.diversity.real) < 0.05);
    CHECK(std::fabs(unseen.copies.samples - unseen.copies.real) < 0.05);
    CHECK(std::fabs(unseen.nearest.samples / unseen.nearest.real - 1) < 0.1);

    const std::vector<std::uint8_t> first(
        known.set.begin(), known.set.begin() + std::ptrdiff_t(kCount * extent.size()));
    const auto copies = judged(*judge, near_copies(extent, first), "copies, moved and noisy:");
    CHECK(copies.verdict == PictureVerdict::memorised);
    CHECK(copies.copies.samples > 0.3 + copies.copies.real);
    CHECK(copies.nearest.samples < 0.6 * copies.nearest.real);

    const auto half = judged(*judge, to_images(known.half), "half of the kinds:");
    CHECK(half.coverage.samples < 0.8 * half.coverage.real);
    CHECK(half.verdict == known.half_verdict);
    CHECK(half.copies.samples < 0.1);
    CHECK(judged(*judge, to_images(known.few), "few of the kinds:").verdict ==
          PictureVerdict::collapsed);

    std::vector<float> same;
    const std::vector<float> all = to_images(known.unseen);
    for (std::size_t i = 0; i < kCount; ++i)
      same.insert(same.end(), all.begin(), all.begin() + std::ptrdiff_t(extent.size()));
    const auto collapsed = judged(*judge, same, "one picture:");
    CHECK(collapsed.verdict == PictureVerdict::collapsed);
    CHECK(collapsed.diversity.samples >= 0);
    CHECK(collapsed.diversity.samples < 0.01);

    std::vector<float> noise(kCount * extent.size());
    RandomStream(6, StreamPurpose::noise, 0).fill_uniform(noise, -1, 1);
    CHECK(judged(*judge, noise, "noise:").verdict == PictureVerdict::unlike);
    const std::vector<float> grey(kCount * extent.size(), 0.0f);
    CHECK(judged(*judge, grey, "plain grey:").verdict == PictureVerdict::unlike);
  }
}

TEST_CASE("Samples that are all the same are a collapse, however far from the pictures",
          "[judge][pictures]") {
  // Patterns of squares, each with a twin: what is far from its nearest picture, in units of twins,
  // still lies within the wide balls of many.
  const PictureExtent extent{1, 32};
  std::vector<std::uint8_t> twins;
  for (int i = 0; i < 120; ++i) {
    std::vector<float> levels(64);
    RandomStream(7, StreamPurpose::sampling, std::uint64_t(i / 2)).fill_uniform(levels, 0, 240);
    for (std::size_t y = 0; y < 32; ++y) {
      for (std::size_t x = 0; x < 32; ++x)
        twins.push_back(std::uint8_t(levels[y / 4 * 8 + x / 4] + float(i % 2) * 10));
    }
  }
  std::vector<float> pale = to_images(twins);
  pale.resize(extent.size());
  for (float& pixel : pale) pixel *= 0.6f;
  std::vector<float> same;
  for (int i = 0; i < 100; ++i) same.insert(same.end(), pale.begin(), pale.end());
  ThreadPool pool(1);
  const auto quality = judged(*judge_of(twins, extent, pool), same, "one pale pattern:");
  CHECK(quality.nearest.samples > 2 * quality.nearest.real);
  CHECK(quality.diversity.samples < 0.01);
  CHECK(quality.verdict == PictureVerdict::collapsed);
}

TEST_CASE("The nearest picture is the one that was moved, on every side", "[judge][pictures]") {
  for (const int side : {16, 28, 32, 48, 64}) {
    const PictureExtent extent{3, side};
    const auto set = blots(extent, 60, kKinds, 1);
    const NearestPictures pictures(extent, set);
    const auto nearest = pictures.nearest(near_copies(extent, set));
    int found = 0;
    for (std::size_t i = 0; i < nearest.size(); ++i) found += nearest[i].index == int(i);
    INFO("side " << side);
    CHECK(found == 60);
    // As they are, all pictures are at distance 0 of themselves, and none of another.
    for (const Neighbour& itself : pictures.nearest(to_images(set))) CHECK(itself.distance == 0);
    const Neighbour other = pictures.nearest_other(7).value();
    CHECK(other.index != 7);
    CHECK(other.distance > 0);
    CHECK(pictures.nearest_other(7, other.index).value().index != other.index);
  }
}

TEST_CASE("Duplicates are no neighbours, and a set of one picture has none", "[judge][pictures]") {
  const PictureExtent extent{1, 16};
  auto set = blots(extent, 3, kKinds, 1);
  set.insert(set.end(), set.begin(), set.begin() + std::ptrdiff_t(extent.size()));
  CHECK(NearestPictures(extent, set).nearest_other(0).value().index % 3 != 0);
  std::vector<std::uint8_t> same;
  for (int i = 0; i < 12; ++i) {
    const auto one = blots(extent, 1, kKinds, 1);
    same.insert(same.end(), one.begin(), one.end());
  }
  ThreadPool pool(1);
  CHECK_FALSE(NearestPictures(extent, same).nearest_other(0).has_value());
  CHECK(PictureJudge::create(same, extent, pool).error().code == ErrorCode::no_data);
  // Most halves of these are of pictures that are all the same.
  const auto other = blots(extent, 2, kKinds, 1);
  same.insert(same.end(), other.begin(), other.end());
  const PictureQuality quality = judge_of(same, extent, pool)->quality(to_images(same));
  CHECK(quality.diversity.real < 10);
  for (const Compared& measure :
       {quality.nearest, quality.copies, quality.density, quality.coverage, quality.diversity}) {
    CHECK(std::isfinite(measure.samples));
    CHECK(std::isfinite(measure.real));
  }
}

TEST_CASE("A small set is judged with its uncertainty, and too small a one not",
          "[judge][pictures]") {
  const PictureExtent extent{3, 32};
  ThreadPool pool(1);
  const auto judge = judge_of(blots(extent, 60, kKinds, 1), extent, pool);
  const PictureQuality quality = judged(*judge, to_images(blots(extent, 200, kKinds, 2)), "60:");
  CHECK(quality.compared == 30);
  CHECK(quality.coverage.spread > 0.02);
  CHECK(judge->quality(to_images(blots(extent, 6, kKinds, 2))).compared == 6);
  const auto few = PictureJudge::create(blots(extent, 11, kKinds, 1), extent, pool);
  REQUIRE_FALSE(few.ok());
  CHECK(few.error().code == ErrorCode::no_data);
  const auto cut = PictureJudge::create(std::vector<std::uint8_t>(50'000), extent, pool);
  REQUIRE_FALSE(cut.ok());
  CHECK(cut.error().code == ErrorCode::shape_mismatch);
}
