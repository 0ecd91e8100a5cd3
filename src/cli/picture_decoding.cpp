// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Decoding with libpng and libjpeg-turbo, orientation with libexif; see picture_decoding.h.
#include "cli/picture_decoding.h"

#include <libexif/exif-data.h>
#include <png.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ganvas::cli {
namespace {

constexpr std::int64_t kMaxPixels = 50'000'000;  // 200 MB while one picture is decoded

/// Why pixels of these extents are not decoded.
std::optional<Undecoded> refusal_of(std::int64_t width, std::int64_t height) {
  if (width < 1 || height < 1) return Undecoded{LeftOutReason::empty, "empty"};
  if (width > kMaxPixels || height > kMaxPixels || width * height > kMaxPixels)
    return Undecoded{LeftOutReason::too_many_pixels, "larger than 50 megapixels"};
  return std::nullopt;
}

std::size_t rgba_size(int width, int height) {
  return 4 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

Result<Picture, Undecoded> decode_png(std::span<const std::uint8_t> bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  const std::unique_ptr<png_image, decltype(&png_image_free)> freed(&image, png_image_free);
  const auto damaged = [&] {
    return Undecoded{LeftOutReason::damaged, std::string("damaged PNG (") + image.message + ")"};
  };
  if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size())) return damaged();
  if (auto refusal = refusal_of(image.width, image.height)) return *std::move(refusal);
  // RGBA, because libpng turns colour into grey, and lays alpha on a ground, in linear light; and
  // it takes 16-bit pixels as linear unless told otherwise.
  image.format = PNG_FORMAT_RGBA;
  image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  Picture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  picture.rgba.resize(rgba_size(picture.width, picture.height));
  if (!png_image_finish_read(&image, nullptr, picture.rgba.data(), 0, nullptr)) return damaged();
  return picture;
}

/// EXIF's orientation, 1 to 8; 1, upright, if the file does not say.
int orientation_of(std::span<const std::uint8_t> jpeg) {
  const std::unique_ptr<ExifData, decltype(&exif_data_unref)> exif(
      exif_data_new_from_data(jpeg.data(), static_cast<unsigned>(jpeg.size())), exif_data_unref);
  if (!exif) return 1;
  const ExifEntry* const entry =
      exif_content_get_entry(exif->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (!entry || entry->format != EXIF_FORMAT_SHORT || entry->size < 2) return 1;
  const int orientation = exif_get_short(entry->data, exif_data_get_byte_order(exif.get()));
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

Picture turn_upright(Picture picture, int orientation) {
  if (orientation == 1) return picture;
  // Orientations above 4 exchange rows and columns; then each axis may run backwards.
  const bool transposed = orientation > 4;
  const bool from_right =
      orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_bottom =
      orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Picture upright{
      transposed ? picture.height : picture.width, transposed ? picture.width : picture.height, {}};
  upright.rgba.resize(picture.rgba.size());
  auto out = upright.rgba.begin();
  for (int y = 0; y < upright.height; ++y) {
    for (int x = 0; x < upright.width; ++x) {
      const int column = transposed ? y : x;
      const int row = transposed ? x : y;
      const int from_x = from_right ? picture.width - 1 - column : column;
      const int from_y = from_bottom ? picture.height - 1 - row : row;
      const auto pixel = picture.rgba.begin() +
                         static_cast<std::ptrdiff_t>(rgba_size(picture.width, from_y)) + 4 * from_x;
      out = std::copy_n(pixel, 4, out);
    }
  }
  return upright;
}

Result<Picture, Undecoded> decode_jpeg(std::span<const std::uint8_t> bytes) {
  const std::unique_ptr<void, decltype(&tjDestroy)> decoder(tjInitDecompress(), tjDestroy);
  const auto damaged = [&] {
    return Undecoded{LeftOutReason::damaged,
                     std::string("damaged JPEG (") + tjGetErrorStr2(decoder.get()) + ")"};
  };
  Picture picture{};
  int subsampling = 0;
  int colours = 0;
  const auto size = static_cast<unsigned long>(bytes.size());
  if (tjDecompressHeader3(decoder.get(), bytes.data(), size, &picture.width, &picture.height,
                          &subsampling, &colours) != 0) {
    return damaged();
  }
  if (auto refusal = refusal_of(picture.width, picture.height)) return *std::move(refusal);
  if (colours == TJCS_CMYK || colours == TJCS_YCCK)
    return Undecoded{LeftOutReason::four_colours, "JPEG in the four colours of printing (CMYK)"};
  picture.rgba.resize(rgba_size(picture.width, picture.height));
  // Limited, because a small file can hold thousands of passes over a large picture.
  if (tjDecompress2(decoder.get(), bytes.data(), size, picture.rgba.data(), picture.width, 0,
                    picture.height, TJPF_RGBA, TJFLAG_LIMITSCANS) != 0) {
    // A warning, as of bytes that belong to nothing, leaves a whole picture, unless its data end
    // early.
    const bool whole = tjGetErrorCode(decoder.get()) == TJERR_WARNING &&
                       std::string_view(tjGetErrorStr2(decoder.get())).find("remature end") ==
                           std::string_view::npos;
    if (!whole) return damaged();
  }
  return turn_upright(std::move(picture), orientation_of(bytes));
}

Undecoded refusal_of_kind(std::string_view start) {
  using namespace std::string_view_literals;
  const auto refuse = [](LeftOutReason reason, std::string_view kind) {
    return Undecoded{reason, std::string(kind) + " (PNG and JPEG are read)"};
  };
  constexpr auto kPicture = LeftOutReason::kind_not_read;
  if (start.starts_with("GIF8"sv)) return refuse(kPicture, "a GIF");
  if (start.starts_with("RIFF"sv) && start.find("WEBP"sv) == 8) return refuse(kPicture, "a WebP");
  if (start.find("<svg"sv) != std::string_view::npos) return refuse(kPicture, "an SVG");
  if (start.starts_with("BM"sv)) return refuse(kPicture, "a BMP");
  if (start.find("ftyp"sv) == 4) return refuse(kPicture, "an AVIF or HEIC");
  if (start.empty()) return refuse(LeftOutReason::empty, "empty");
  return refuse(LeftOutReason::no_picture, "no picture");
}

}  // namespace

Result<Picture, Undecoded> decode_picture(std::span<const std::uint8_t> bytes) {
  using namespace std::string_view_literals;
  constexpr std::size_t kStart = 1024;
  const std::string_view start(reinterpret_cast<const char*>(bytes.data()),
                               std::min(bytes.size(), kStart));
  if (start.starts_with("\x89PNG\r\n\x1a\n"sv)) return decode_png(bytes);
  if (start.starts_with("\xff\xd8\xff"sv)) return decode_jpeg(bytes);
  return refusal_of_kind(start);
}

}  // namespace ganvas::cli
