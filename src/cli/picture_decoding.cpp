// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Decoding with libpng and libjpeg-turbo, orientation with libexif; see picture_decoding.h.
#include "cli/picture_decoding.h"

#include <libexif/exif-data.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cli/png_file.h"

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
  PngFile file(bytes);
  const auto damaged = [&] {
    if (file.lacked_memory()) throw std::bad_alloc();
    return Undecoded{LeftOutReason::damaged, std::string("damaged PNG (") + file.problem() + ")"};
  };
  if (!file.read_header()) return damaged();
  if (auto refusal = refusal_of(file.width(), file.height())) return *std::move(refusal);
  Picture picture{static_cast<int>(file.width()), static_cast<int>(file.height()), {}};
  picture.rgba.resize(rgba_size(picture.width, picture.height));
  if (!file.read_rgba(picture.rgba) || file.lacked_memory()) return damaged();
  return picture;
}

thread_local bool exif_lacked_memory = false;

void* noticed(void* memory) {
  if (memory == nullptr) exif_lacked_memory = true;
  return memory;
}

/// What libexif finds in a JPEG. Without memory it would find less, and say nothing.
std::unique_ptr<ExifData, decltype(&exif_data_unref)> read_exif(
    std::span<const std::uint8_t> jpeg) {
  exif_lacked_memory = false;
  const std::unique_ptr<ExifMem, decltype(&exif_mem_unref)> memory(
      exif_mem_new([](ExifLong size) { return noticed(std::calloc(1, size)); },
                   [](void* old, ExifLong size) { return noticed(std::realloc(old, size)); },
                   std::free),
      exif_mem_unref);
  std::unique_ptr<ExifData, decltype(&exif_data_unref)> exif(
      memory ? exif_data_new_mem(memory.get()) : nullptr, exif_data_unref);
  if (exif) exif_data_load_data(exif.get(), jpeg.data(), static_cast<unsigned>(jpeg.size()));
  if (!exif || exif_lacked_memory) throw std::bad_alloc();
  return exif;
}

/// EXIF's orientation, 1 to 8; 1, upright, if the file does not say.
int orientation_of(std::span<const std::uint8_t> jpeg) {
  const auto exif = read_exif(jpeg);
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
  if (!decoder) throw std::bad_alloc();
  const auto damaged = [&] {
    const std::string problem = tjGetErrorStr2(decoder.get());
    // Of libjpeg, and of libjpeg-turbo.
    if (problem.starts_with("Insufficient memory") || problem.ends_with("allocation failure"))
      throw std::bad_alloc();
    return Undecoded{LeftOutReason::damaged, "damaged JPEG (" + problem + ")"};
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
