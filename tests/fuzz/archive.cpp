// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// ZIP files as the command reads them: folders of pictures, arrays of NumPy's, tables, IDX.
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "cli/picture_data.h"
#include "fuzz.h"

using namespace ganvas;
using namespace ganvas::cli;
using namespace ganvas::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // What does not begin so is not read as a ZIP, but searched for in the folder that it lies in.
  constexpr std::size_t kStart = 4;
  if (size < kStart || std::memcmp(data, "PK\3\4", kStart) != 0) return -1;
  const int file = ::memfd_create("archive", MFD_CLOEXEC);
  require(file >= 0 && ::write(file, data, size) == static_cast<ssize_t>(size), "a file in memory");
  const PictureOptions options = [file] {
    PictureOptions chosen;
    chosen.data = "/proc/self/fd/" + std::to_string(file);
    chosen.side = ReadingOptions::kSides.front();
    return chosen;
  }();
  const auto read = load_pictures(options);
  ::close(file);
  if (!read) {
    require(!read.error().message.empty(), "a refusal says why");
    return 0;
  }
  const PictureSet& set = read.value().set;
  require(set.count() > 0, "a set has pictures");
  require(set.classes == 0 || set.labels.size() == set.count(), "each picture has a class");
  for (const std::uint8_t label : set.labels) require(label < set.classes, "classes have a number");
  require(!describe(set).empty() && identity_of(set).size() <= 16, "a set has an identity");
  return 0;
}
