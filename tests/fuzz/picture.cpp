// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// PNG and JPEG files, decoded and fitted.
#include "cli/picture_decoding.h"

#include <turbojpeg.h>

#include <memory>

#include "cli/png_file.h"
#include "fuzz.h"

using namespace ganvas;
using namespace ganvas::cli;
using namespace ganvas::fuzz;

namespace {

/// Whether decoding would only take long, because of so many pixels.
bool is_large(std::span<const std::uint8_t> bytes) {
  constexpr std::uint64_t kMaxPixels = 1 << 18;
  PngFile png(bytes);
  if (png.read_header()) return std::uint64_t{png.width()} * png.height() > kMaxPixels;
  const std::unique_ptr<void, decltype(&tjDestroy)> jpeg(tjInitDecompress(), tjDestroy);
  int width = 0;
  int height = 0;
  int subsampling = 0;
  int colours = 0;
  tjDecompressHeader3(jpeg.get(), bytes.data(), static_cast<unsigned long>(bytes.size()), &width,
                      &height, &subsampling, &colours);
  return std::uint64_t(width) * std::uint64_t(height) > kMaxPixels;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> bytes(data, size);
  if (is_large(bytes)) return -1;
  const auto decoded = decode_picture(bytes);
  if (!decoded) {
    require(!decoded.error().text.empty(), "a refusal says why");
    return 0;
  }
  const Picture& picture = decoded.value();
  require(picture.width > 0 && picture.height > 0, "a picture has pixels");
  require(picture.rgba.size() == 4 * std::size_t(picture.width) * std::size_t(picture.height),
          "a picture has all its pixels");
  for (const Framing framing : {Framing::crop, Framing::pad}) {
    const FitOptions options{.side = 16, .channels = 1, .framing = framing};
    require(fit(picture.view(), options).size() == 16 * 16, "a fitted picture has its side");
  }
  return 0;
}
