// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A PNG's pixels as they are stored: no gamma and no profile is applied.
#pragma once

#include <png.h>

#include <array>
#include <cstdint>
#include <span>

namespace ganvas::cli {

/// Calls are in the order of the functions, and end with the first that is false.
class PngFile {
 public:
  /// The bytes must outlive it.
  explicit PngFile(std::span<const std::uint8_t> bytes);
  ~PngFile();
  PngFile(const PngFile&) = delete;
  PngFile& operator=(const PngFile&) = delete;

  bool read_header();
  std::uint32_t width() const;
  std::uint32_t height() const;
  /// Reads 8 bits per channel, alpha not premultiplied: (height, width, 4).
  bool read_rgba(std::span<std::uint8_t> rgba);

  /// What libpng says of the failure.
  const char* problem() const { return problem_.data(); }
  /// Whether libpng lacked memory, which it can also take for a chunk that may be left out.
  bool lacked_memory() const { return lacked_memory_; }

 private:
  static void take(png_structp png, png_bytep out, std::size_t count);
  static png_voidp allocate(png_structp png, png_alloc_size_t size);
  [[noreturn]] static void fail(png_structp png, png_const_charp problem);

  std::span<const std::uint8_t> rest_;
  std::array<char, 128> problem_{};
  bool lacked_memory_ = false;
  png_structp png_;
  png_infop info_;
};

}  // namespace ganvas::cli
