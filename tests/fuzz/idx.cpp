// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// IDX files, and the pictures and labels in them.
#include "pictures/idx.h"

#include <algorithm>

#include "fuzz.h"

using namespace ganvas;
using namespace ganvas::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> file(data, size);
  const Result<NumberArray> array = parse_idx(file);
  if (!array) return 0;
  const NumberArray& found = array.value();
  std::size_t elements = 1;
  for (const std::size_t extent : found.shape) elements *= extent;
  require(elements == found.size(), "an array has as many elements as its shape");
  if (const auto pictures = pictures_of(found)) {
    const PictureArray& read = pictures.value();
    require(read.levels.size() == elements, "every element is a level");
    if (read.count > 0) require(!read.rgba(read.count - 1, true).empty(), "a picture has pixels");
  }
  if (const auto labels = labels_of(found))
    require(labels.value().size() == found.shape[0], "each row has a label");
  Shape shape;
  for (const std::size_t extent : found.shape) {
    if (extent > INT32_MAX) return 0;
    shape.push_back(static_cast<int>(extent));
  }
  if (found.element == Element::u8)
    require(std::ranges::equal(write_idx(shape, found.bytes), file), "what is written is the same");
  return 0;
}
