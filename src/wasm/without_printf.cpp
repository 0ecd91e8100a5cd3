// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Keeps musl's printf (2 kB gzipped) out of the modules. Its only user is Embind, which prints a
// type's address for an error that only a missing registration in our own bindings causes; this
// replaces the integer-only sprintf that Clang makes of that call.

extern "C" int siprintf(char* text, const char* /*format*/, ...) {
  text[0] = '\0';
  return 0;
}
