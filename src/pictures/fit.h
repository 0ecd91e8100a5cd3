// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Any picture as a sample: alpha laid on a ground, cropped or padded to a square, grey or colour,
// of the wanted side. All of it is integer arithmetic, so the same pixels give the same bytes
// anywhere.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace ganvas {

/// Pixels as a decoder gives them: (height, width, RGBA), alpha not multiplied in.
struct PictureView {
  int width;
  int height;
  std::span<const std::uint8_t> rgba;
};

/// How a picture that is not square becomes one.
enum class Framing {
  crop,  // its central square
  pad,   // the whole picture in the middle of a square of the ground's colour
};

struct FitOptions {
  int side = 32;
  int channels = 3;  // 1 or 3
  Framing framing = Framing::crop;
  bool invert = false;
  std::array<std::uint8_t, 3> ground{255, 255, 255};  // what shows through transparent pixels
};

/// Bytes (channels, side, side). Grey is ITU-R 601's luma, rounded as Pillow rounds it. Each pixel
/// of the result is the mean of the area that it covers, weighted by the exact share of each source
/// pixel. That averages over all of a large picture without ringing, and repeats the pixels of a
/// small one as sharp squares, as pixel art and glyphs are meant; smoothing would blur both.
std::vector<std::uint8_t> fit(const PictureView& picture, const FitOptions& options);

/// Whether anything has a colour that fit() takes. If not, grey is the same level in each channel.
bool has_colour(const PictureView& picture, const FitOptions& options);

}  // namespace ganvas
