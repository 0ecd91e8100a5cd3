// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Formats that hold pictures together with their labels: digits as CSV, and CIFAR's own.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pictures/number_array.h"

namespace ganvas {

struct LabelledPictures {
  PictureArray pictures;
  std::vector<std::int64_t> labels;  // one for each picture, or none
  bool fine = false;                 // CIFAR-100's fine labels
};

/// A row of pixels for each grey square picture, with a label in the column that the header calls
/// "label", else in the first if there is one column more than pixels. The header may be missing.
/// Errors: malformed, with the line.
Result<LabelledPictures> parse_digits_csv(std::string_view text);

/// A file of CIFAR-10's binary version, for each picture a label and three planes of 32 x 32, or of
/// CIFAR-100's, which has a coarse label before the fine one; by the size of a record. Error:
/// malformed.
Result<LabelledPictures> parse_cifar(std::span<const std::uint8_t> bytes);

}  // namespace ganvas
