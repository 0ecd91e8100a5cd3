// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What every fuzz target has: its two entry points, as libFuzzer calls them, and its way to fail. A
// target parses hostile bytes; whatever it accepts must have the properties that its reader states.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <vector>

extern "C" {
/// Parses one input. -1 keeps it out of libFuzzer's corpus.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
/// Changes an input of at most max_size bytes in place and returns its new size. Defined by targets
/// whose inputs have a structure.
std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                    unsigned seed);
/// Changes bytes without knowing what they mean; by libFuzzer, or by driver.cpp.
std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
}

namespace ganvas::fuzz {

using Bytes = std::vector<std::uint8_t>;

/// Ends the process if a reader gives what it must not give, in builds without assertions, too.
inline void require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "fuzz: not so: %s\n", what);
  std::abort();
}

}  // namespace ganvas::fuzz
