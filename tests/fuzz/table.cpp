// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Digits as CSV, and CIFAR's files.
#include "fuzz.h"
#include "pictures/labelled_pictures.h"

using namespace ganvas;
using namespace ganvas::fuzz;

namespace {

void check(const Result<LabelledPictures>& read) {
  if (!read) return;
  const auto& [pictures, labels, fine] = read.value();
  require(labels.empty() || labels.size() == pictures.count, "each picture has a label, or none");
  require(
      pictures.levels.size() == pictures.count * static_cast<std::size_t>(pictures.width) *
                                    static_cast<std::size_t>(pictures.height * pictures.channels),
      "pictures have all their levels");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(parse_digits_csv({reinterpret_cast<const char*>(data), size}));
  check(parse_cifar({data, size}));
  return 0;
}
