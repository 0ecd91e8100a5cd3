// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Image composition with xtensor views, encoding with libpng; see png_grid.h.
#include "cli/png_grid.h"

#include <png.h>
#include <zlib.h>

#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <xtensor/xadapt.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>

namespace ganvas::cli {
namespace {

using Canvas = xt::xtensor<std::uint8_t, 3>;  // (height, width, channels)

constexpr std::size_t kGap = 2;
constexpr std::ptrdiff_t kPixels = 33;  // where the chunks after a PNG's signature and header begin
constexpr std::uint8_t kGapGrey = 56;   // distinguishable from the images' black background

Canvas arrange(std::span<const std::uint8_t> images, std::size_t channels, std::size_t side,
               std::size_t columns) {
  const std::size_t count = images.size() / (channels * side * side);
  if (columns == 0) {
    columns = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  }
  const std::size_t rows = (count + columns - 1) / columns;
  const std::size_t cell = side + kGap;
  Canvas canvas({kGap + rows * cell, kGap + columns * cell, channels}, kGapGrey);

  const auto sources = xt::adapt(images.data(), images.size(), xt::no_ownership(),
                                 std::array<std::size_t, 4>{count, channels, side, side});
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t top = kGap + i / columns * cell;
    const std::size_t left = kGap + i % columns * cell;
    xt::view(canvas, xt::range(top, top + side), xt::range(left, left + side)) =
        xt::transpose(xt::view(sources, i, xt::all(), xt::all(), xt::all()), {1, 2, 0});
  }
  return canvas;
}

std::vector<std::uint8_t> encode(const Canvas& canvas) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.height = static_cast<png_uint_32>(canvas.shape(0));
  image.width = static_cast<png_uint_32>(canvas.shape(1));
  image.format = canvas.shape(2) == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  std::vector<std::uint8_t> bytes(PNG_IMAGE_PNG_SIZE_MAX(image));
  png_alloc_size_t size = bytes.size();
  if (!png_image_write_to_memory(&image, bytes.data(), &size, /*convert_to_8bit=*/0, canvas.data(),
                                 /*row_stride=*/0, /*colormap=*/nullptr)) {
    throw std::runtime_error(std::string("libpng: ") + image.message);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::vector<std::uint8_t> png_grid(std::span<const std::uint8_t> images, int channels, int side,
                                   int columns) {
  return encode(arrange(images, static_cast<std::size_t>(channels), static_cast<std::size_t>(side),
                        static_cast<std::size_t>(columns)));
}

std::vector<std::uint8_t> png_points(std::span<const float> target, std::span<const float> points) {
  constexpr std::size_t kSide = 320;
  constexpr float kExtent = 1.2f;  // shows [-kExtent, kExtent]^2
  Canvas canvas({kSide, kSide, 1}, std::uint8_t{0});
  const auto draw = [&](std::span<const float> cloud, std::uint8_t grey) {
    for (std::size_t i = 0; i + 1 < cloud.size(); i += 2) {
      const auto pixel = [](float value) { return (value / kExtent + 1) / 2 * (kSide - 2); };
      const float x = pixel(cloud[i]);
      const float y = pixel(-cloud[i + 1]);
      if (!(x >= 0 && x < kSide - 1 && y >= 0 && y < kSide - 1)) continue;
      const auto left = static_cast<std::size_t>(x);
      const auto top = static_cast<std::size_t>(y);
      xt::view(canvas, xt::range(top, top + 2), xt::range(left, left + 2)) = grey;
    }
  };
  draw(target, kGapGrey + 40);
  draw(points, 255);
  return encode(canvas);
}

// libpng's simplified interface writes no text.
void add_png_text(std::vector<std::uint8_t>& png,
                  std::span<const std::pair<std::string, std::string>> texts) {
  using namespace std::string_literals;
  std::vector<std::uint8_t> chunks;
  const auto append_number = [&](std::size_t number) {
    for (const int shift : {24, 16, 8, 0})
      chunks.push_back(static_cast<std::uint8_t>(number >> shift));
  };
  for (const auto& [keyword, text] : texts) {
    // After the keyword: not compressed, of no language, no translated keyword.
    const std::string body = "iTXt" + keyword + "\0\0\0\0\0"s + text;
    append_number(body.size() - 4);  // without the type
    chunks.insert(chunks.end(), body.begin(), body.end());
    append_number(crc32_z(0, chunks.data() + chunks.size() - body.size(), body.size()));
  }
  png.insert(png.begin() + kPixels, chunks.begin(), chunks.end());
}

}  // namespace ganvas::cli
