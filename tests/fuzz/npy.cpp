// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// NumPy's files, and the pictures, labels and texts in them.
#include "pictures/npy.h"

#include "fuzz.h"

using namespace ganvas;
using namespace ganvas::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> file(data, size);
  if (const auto texts = parse_npy_texts(file)) {
    for (const std::string& text : texts.value())
      require(text.size() <= size, "a text is no longer than its file");
  }
  const Result<NumberArray> array = parse_npy(file);
  if (!array) return 0;
  const NumberArray& found = array.value();
  require(!found.describe().empty(), "an array can be described");
  if (const auto pictures = pictures_of(found)) {
    const PictureArray& read = pictures.value();
    require(read.levels.size() == found.size(), "every element is a level");
    if (read.count > 0) require(!read.rgba(read.count - 1, true).empty(), "a picture has pixels");
  }
  if (const auto labels = labels_of(found))
    require(labels.value().size() == found.shape[0], "each row has a label");
  if (found.element != Element::u8) return 0;
  const auto again = write_npy(found.shape, found.bytes);
  const auto reread = parse_npy(again);
  require(reread && reread.value().shape == found.shape, "what is written can be read");
  return 0;
}
