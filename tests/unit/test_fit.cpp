// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Fitting of pictures, against plain loops in floating point. tests/cli/test_decoding.py compares
// it with Pillow.
#include "pictures/fit.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <vector>

using namespace ganvas;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes random_rgba(int width, int height, unsigned seed) {
  std::mt19937 random(seed);
  Bytes rgba(std::size_t(4 * width * height));
  for (std::uint8_t& byte : rgba) byte = std::uint8_t(random());
  return rgba;
}

/// The share of [i, i + 1) that [from, to) covers.
double overlap(int i, double from, double to) {
  return std::max(0.0, std::min(i + 1.0, to) - std::max(double(i), from));
}

/// The mean of a picture on white over the area of one pixel of the result, in red.
double mean_red(const PictureView& picture, int left, int top, int size, int side, int x, int y) {
  const double scale = double(size) / side;
  double sum = 0;
  for (int v = 0; v < size; ++v) {
    for (int u = 0; u < size; ++u) {
      const int px = left + u;
      const int py = top + v;
      double value = 255;
      if (px >= 0 && px < picture.width && py >= 0 && py < picture.height) {
        const std::uint8_t* pixel = &picture.rgba[std::size_t(4 * (py * picture.width + px))];
        value = std::round((pixel[0] * pixel[3] + 255.0 * (255 - pixel[3])) / 255);
      }
      sum +=
          value * overlap(u, x * scale, (x + 1) * scale) * overlap(v, y * scale, (y + 1) * scale);
    }
  }
  return sum / (scale * scale);
}

}  // namespace

TEST_CASE("A pixel of a fitted picture is the mean of the area that it covers", "[fit]") {
  struct Case {
    int width, height, side;
    Framing framing;
    int left, top, size;
  };
  for (const Case& c :
       {Case{50, 50, 28, Framing::crop, 0, 0, 50}, Case{64, 64, 32, Framing::crop, 0, 0, 64},
        Case{61, 40, 16, Framing::crop, 10, 0, 40}, Case{40, 61, 16, Framing::pad, -10, 0, 61},
        Case{7, 5, 16, Framing::pad, 0, -1, 7}, Case{5, 9, 16, Framing::crop, 0, 2, 5}}) {
    CAPTURE(c.width, c.height, c.side);
    const Bytes rgba = random_rgba(c.width, c.height, 1);
    const PictureView picture{c.width, c.height, rgba};
    const Bytes fitted = fit(picture, {.side = c.side, .channels = 3, .framing = c.framing});
    REQUIRE(fitted.size() == std::size_t(3 * c.side * c.side));
    double largest = 0;
    for (int y = 0; y < c.side; ++y) {
      for (int x = 0; x < c.side; ++x) {
        const double expected = mean_red(picture, c.left, c.top, c.size, c.side, x, y);
        largest = std::max(largest, std::abs(fitted[std::size_t(y * c.side + x)] - expected));
      }
    }
    CHECK(largest <= 0.5 + 1e-9);
  }
}

TEST_CASE("A picture of the wanted side keeps its pixels, and planes follow each other", "[fit]") {
  Bytes rgba = random_rgba(16, 16, 2);
  for (std::size_t i = 3; i < rgba.size(); i += 4) rgba[i] = 255;
  const Bytes fitted = fit({16, 16, rgba}, {.side = 16});
  for (std::size_t pixel = 0; pixel < 256; ++pixel)
    for (std::size_t c = 0; c < 3; ++c) REQUIRE(fitted[c * 256 + pixel] == rgba[4 * pixel + c]);
}

TEST_CASE("Enlarging by a whole factor repeats pixels", "[fit]") {
  Bytes rgba = random_rgba(8, 8, 3);
  for (std::size_t i = 3; i < rgba.size(); i += 4) rgba[i] = 255;
  const Bytes fitted = fit({8, 8, rgba}, {.side = 32});
  for (std::size_t y = 0; y < 32; ++y)
    for (std::size_t x = 0; x < 32; ++x)
      REQUIRE(fitted[y * 32 + x] == rgba[4 * (y / 4 * 8 + x / 4)]);
}

TEST_CASE("Grey is ITU-R 601's luma, and grey pixels keep their level", "[fit]") {
  const auto grey_of = [](std::uint8_t r, std::uint8_t g, std::uint8_t b) {
    const Bytes rgba{r, g, b, 255};
    return int(fit({1, 1, rgba}, {.side = 1, .channels = 1}).front());
  };
  CHECK(grey_of(255, 0, 0) == 76);  // Pillow 11: Image.new("RGB", (1, 1), (255, 0, 0)).convert("L")
  CHECK(grey_of(0, 255, 0) == 150);
  CHECK(grey_of(0, 0, 255) == 29);
  for (int level = 0; level < 256; ++level)
    REQUIRE(grey_of(std::uint8_t(level), std::uint8_t(level), std::uint8_t(level)) == level);
}

TEST_CASE("Transparent pixels show the ground, and inverting comes last", "[fit]") {
  const Bytes rgba{10, 20, 30, 0};
  CHECK(fit({1, 1, rgba}, {.side = 1, .ground = {1, 2, 3}}) == Bytes{1, 2, 3});
  CHECK(fit({1, 1, rgba}, {.side = 1, .invert = true, .ground = {1, 2, 3}}) ==
        Bytes{254, 253, 252});
}

TEST_CASE("A picture has a colour if anything that is taken has one", "[fit]") {
  // Grey but for one pixel, in the middle of the lower edge.
  Bytes rgba(4 * 4 * 6, 128);
  for (std::size_t i = 3; i < rgba.size(); i += 4) rgba[i] = 255;
  CHECK_FALSE(has_colour({4, 6, rgba}, {.side = 2}));
  std::uint8_t* const pixel = &rgba[4 * (5 * 4 + 2)];
  pixel[1] = 129;
  CHECK_FALSE(has_colour({4, 6, rgba}, {.side = 2}));  // it is cropped
  CHECK(has_colour({4, 6, rgba}, {.side = 2, .framing = Framing::pad}));
  pixel[3] = 0;
  CHECK_FALSE(has_colour({4, 6, rgba}, {.side = 2, .framing = Framing::pad}));
  const FitOptions on_red{.side = 2, .framing = Framing::pad, .ground = {255, 0, 0}};
  CHECK(has_colour({4, 6, rgba}, on_red));
  pixel[1] = 128;
  pixel[3] = 255;
  CHECK(has_colour({4, 6, rgba}, on_red));  // beside the picture
  CHECK_FALSE(has_colour({4, 6, rgba}, {.side = 2, .ground = {255, 0, 0}}));
}

TEST_CASE("A picture without colour is as grey in each channel as in one", "[fit]") {
  Bytes rgba = random_rgba(9, 7, 5);
  for (std::size_t i = 0; i < rgba.size(); i += 4) rgba[i + 1] = rgba[i + 2] = rgba[i];
  REQUIRE_FALSE(has_colour({9, 7, rgba}, {.side = 5}));
  const Bytes grey = fit({9, 7, rgba}, {.side = 5, .channels = 1});
  const Bytes colour = fit({9, 7, rgba}, {.side = 5});
  for (std::size_t i = 0; i < colour.size(); ++i) REQUIRE(colour[i] == grey[i % grey.size()]);
}
