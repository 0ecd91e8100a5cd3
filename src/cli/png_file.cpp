// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading with libpng's row by row interface, since its simplified one applies gamma and reads
// interlaced pictures of 16 bits wrongly; see png_file.h.
//
// libpng leaves a failed call by longjmp(). No function between that and setjmp() has anything to
// destroy: keep it so.
#include "cli/png_file.h"

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>

namespace ganvas::cli {

PngFile::PngFile(std::span<const std::uint8_t> bytes)
    : rest_(bytes),
      png_(png_create_read_struct_2(
          PNG_LIBPNG_VER_STRING, this, fail, [](auto, auto) {}, this, allocate,
          [](auto, void* memory) { std::free(memory); })),
      info_(png_create_info_struct(png_)) {}

PngFile::~PngFile() {
  png_destroy_read_struct(&png_, &info_, nullptr);
}

png_voidp PngFile::allocate(png_structp png, png_alloc_size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) static_cast<PngFile*>(png_get_mem_ptr(png))->lacked_memory_ = true;
  return memory;
}

void PngFile::fail(png_structp png, png_const_charp problem) {
  auto& self = *static_cast<PngFile*>(png_get_error_ptr(png));
  std::snprintf(self.problem_.data(), self.problem_.size(), "%s", problem);
  png_longjmp(png, 1);
}

void PngFile::take(png_structp png, png_bytep out, std::size_t count) {
  auto& self = *static_cast<PngFile*>(png_get_io_ptr(png));
  if (count > self.rest_.size()) png_error(png, "the file ends early");
  std::copy_n(self.rest_.begin(), count, out);
  self.rest_ = self.rest_.subspan(count);
}

bool PngFile::read_header() {
  if (!png_ || !info_) return false;
  if (setjmp(png_jmpbuf(png_)) != 0) return false;
  png_set_read_fn(png_, this, take);
  png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);  // the caller has its own
  png_set_benign_errors(png_, /*allowed=*/1);  // such as in a profile: the pixels are whole
  png_read_info(png_, info_);
  return true;
}

std::uint32_t PngFile::width() const {
  return png_get_image_width(png_, info_);
}

std::uint32_t PngFile::height() const {
  return png_get_image_height(png_, info_);
}

bool PngFile::read_rgba(std::span<std::uint8_t> rgba) {
  if (setjmp(png_jmpbuf(png_)) != 0) return false;
  png_set_expand(png_);  // palettes, fewer bits than 8, and a colour that is transparent
  png_set_scale_16(png_);
  png_set_gray_to_rgb(png_);
  png_set_add_alpha(png_, 0xff, PNG_FILLER_AFTER);
  const int passes = png_set_interlace_handling(png_);
  png_read_update_info(png_, info_);
  const std::size_t row = png_get_rowbytes(png_, info_);
  if (row * height() != rgba.size()) png_error(png_, "rows of an unexpected size");
  for (int pass = 0; pass < passes; ++pass)
    for (std::size_t y = 0; y < height(); ++y)
      png_read_row(png_, rgba.data() + y * row, nullptr);  // adds a pass to those before it
  return true;
}

}  // namespace ganvas::cli
