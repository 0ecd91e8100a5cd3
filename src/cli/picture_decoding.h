// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// PNG and JPEG files as pixels.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "pictures/fit.h"

namespace ganvas::cli {

struct Picture {
  int width;
  int height;
  std::vector<std::uint8_t> rgba;

  PictureView view() const { return {width, height, rgba}; }
};

/// A PNG or JPEG, known by its first bytes; a camera's picture is turned upright. Messages are
/// reasons for leaving a file out, and alike for files that fail alike. Errors: bad_magic for other
/// kinds of files; malformed.
Result<Picture> decode_picture(std::span<const std::uint8_t> bytes);

}  // namespace ganvas::cli
