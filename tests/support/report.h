// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Prints measured values, one per line, so that a test run shows the margin to each bound.
// tests/figures.mjs summarises them.
#pragma once

#include <cstdio>

namespace ganvas::test {

inline void report(const char* name, double value) {
  std::printf("measured: %s %.3g\n", name, value);
}

}  // namespace ganvas::test
