// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// gzip of one or several members.
#include "cli/gzip.h"

#include "fuzz.h"

using namespace ganvas;
using namespace ganvas::cli;
using namespace ganvas::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxSize = 1 << 16;
  const auto inflated = inflate_gzip({data, size}, kMaxSize);
  if (!inflated) return 0;
  require(inflated.value().size() <= kMaxSize, "no more is inflated than is allowed");
  const auto again = inflate_gzip(deflate_gzip(inflated.value()), kMaxSize);
  require(again && again.value() == inflated.value(), "what is deflated inflates to the same");
  return 0;
}
