// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The grid is put together by xtensor views and encoded by libpng; see png_grid.h.
#include "cli/png_grid.h"

#include <png.h>

#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <xtensor/xadapt.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>

namespace ganvas::cli {
namespace {

using Canvas = xt::xtensor<std::uint8_t, 2>;

constexpr std::size_t kGap = 2;
constexpr std::uint8_t kGapGrey =
    56;  // tells the images' black background from what lies between them

Canvas arrange(std::span<const std::uint8_t> images, std::size_t side) {
  const std::size_t count = images.size() / (side * side);
  const auto columns = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  const std::size_t rows = (count + columns - 1) / columns;
  const std::size_t cell = side + kGap;
  Canvas canvas({kGap + rows * cell, kGap + columns * cell}, kGapGrey);

  const auto sources = xt::adapt(images.data(), images.size(), xt::no_ownership(),
                                 std::array<std::size_t, 3>{count, side, side});
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t top = kGap + i / columns * cell;
    const std::size_t left = kGap + i % columns * cell;
    xt::view(canvas, xt::range(top, top + side), xt::range(left, left + side)) =
        xt::view(sources, i, xt::all(), xt::all());
  }
  return canvas;
}

std::vector<std::uint8_t> encode(const Canvas& canvas) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.height = static_cast<png_uint_32>(canvas.shape(0));
  image.width = static_cast<png_uint_32>(canvas.shape(1));
  image.format = PNG_FORMAT_GRAY;
  const auto stride = static_cast<png_int_32>(image.width);
  std::vector<std::uint8_t> bytes(PNG_IMAGE_PNG_SIZE_MAX(image));
  png_alloc_size_t size = bytes.size();
  if (!png_image_write_to_memory(&image, bytes.data(), &size, /*convert_to_8bit=*/0, canvas.data(),
                                 stride, /*colormap=*/nullptr)) {
    throw std::runtime_error(std::string("libpng: ") + image.message);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::vector<std::uint8_t> png_grid(std::span<const std::uint8_t> images, int side) {
  return encode(arrange(images, static_cast<std::size_t>(side)));
}

}  // namespace ganvas::cli
