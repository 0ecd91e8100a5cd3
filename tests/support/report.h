// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Figures that a test measures on its way to a verdict. They go to standard output, one a line, so
// that running the suite shows how far each bound is from being reached.
#pragma once

#include <cstdio>

namespace ganvas::test {

inline void report(const char* what, double figure) {
  std::printf("measured: %s %.3g\n", what, figure);
}

}  // namespace ganvas::test
