#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What CLI11 makes of whole numbers with leading zeros, as `seq -w` and file names have them.
#
# One would guess: the decimal number, as std::from_chars and std::stoi read it, and that CLI::Range checks what the user sees. Seen
# in CLI11 2.1.2 (Debian's 2.1.2+ds-1; 2.4.1 does the same): 010 is 8, 0123 is 83, both within the range without a word, and 08 is
# refused as no number.
#
# Fails when that changes. Needs apt-get, dpkg and g++.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
chmod 755 . # for apt's own user

apt-get download libcli11-dev=2.1.2+ds-1 >/dev/null
dpkg -x libcli11-dev_*.deb root

cat >try.cpp <<'SOURCE'
#include <CLI/CLI.hpp>
#include <cstdio>

/// What an option of type int takes; -1 if it is refused.
int taken(const char* text) {
  CLI::App app;
  int number = -1;
  app.add_option("--number", number)->check(CLI::Range(0, 1000));
  const char* arguments[] = {"try", "--number", text};
  try {
    app.parse(3, arguments);
  } catch (const CLI::ParseError&) {
    return -1;
  }
  return number;
}

int main() {
  for (const char* text : {"10", "010", "0123", "08"}) std::printf("%s: %d\n", text, taken(text));
  return taken("10") == 10 && taken("010") == 8 && taken("0123") == 83 && taken("08") == -1 ? 0 : 1;
}
SOURCE
g++ -w -I root/usr/include try.cpp -o try
./try
