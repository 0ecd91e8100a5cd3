// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// PNG and JPEG files as pixels.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "pictures/fit.h"
#include "pictures/left_out.h"

namespace ganvas::cli {

struct Picture {
  int width;
  int height;
  std::vector<std::uint8_t> rgba;

  PictureView view() const { return {width, height, rgba}; }
};

/// Why a file is left out. Texts are alike for files that fail alike.
struct Undecoded {
  LeftOutReason reason;
  std::string text;
};

/// A PNG or JPEG, known by its first bytes; a camera's picture is turned upright.
Result<Picture, Undecoded> decode_picture(std::span<const std::uint8_t> bytes);

}  // namespace ganvas::cli
