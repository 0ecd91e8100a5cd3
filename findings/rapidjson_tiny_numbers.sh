#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What RapidJSON's kParseFullPrecisionFlag makes of numbers below the smallest double.
#
# One would guess: 0, as strtod does, the more so as full precision is asked for. Seen in RapidJSON 1.1.0 (Debian's
# 1.1.0+dfsg2-7.1): 1e-324 is NaN and 1e-325 is -2.2e+307, without a parse error. Without the flag, both are 0.
#
# Fails when that changes. Needs apt-get, dpkg and g++.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
chmod 755 . # for apt's own user

apt-get download rapidjson-dev=1.1.0+dfsg2-7.1 >/dev/null
dpkg -x rapidjson-dev_*.deb root

cat >try.cpp <<'SOURCE'
#include <rapidjson/document.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

int main() {
  double full[3], plain[3];
  const char* texts[3] = {"1e-323", "1e-324", "1e-325"};
  for (int i = 0; i < 3; ++i) {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseFullPrecisionFlag>(texts[i]);
    full[i] = document.HasParseError() ? 1 : document.GetDouble();
    document.Parse(texts[i]);
    plain[i] = document.GetDouble();
    std::printf("%s: strtod %g, full precision %g, without %g\n", texts[i], std::strtod(texts[i], nullptr), full[i], plain[i]);
  }
  const bool as_seen = full[0] == 1e-323 && std::isnan(full[1]) && full[2] < -1e307 && plain[1] == 0 && plain[2] == 0;
  return as_seen ? 0 : 1;
}
SOURCE
g++ -w -I root/usr/include try.cpp -o try
./try
