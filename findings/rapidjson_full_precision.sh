#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What RapidJSON's kParseFullPrecisionFlag makes of numbers below the smallest double, of zero with an exponent, and of
# digits after those of 2^64 - 1.
#
# One would guess: the nearest double, as strtod gives it, the more so as full precision is asked for. Seen in RapidJSON 1.1.0
# (Debian's 1.1.0+dfsg2-7.1): 1e-324 is NaN, 1e-325 is -2.2e+307, 0e99 is 2.4e+80 (it may differ by compiler) and
# 18446744073709551615.7 is 2.2e-19, without a parse error. Without the flag, all are what strtod gives.
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
  double full[5], plain[5];
  const char* texts[5] = {"1e-323", "1e-324", "1e-325", "0e99", "18446744073709551615.7"};
  bool plain_is_right = true;
  for (int i = 0; i < 5; ++i) {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseFullPrecisionFlag>(texts[i]);
    full[i] = document.HasParseError() ? 1 : document.GetDouble();
    document.Parse(texts[i]);
    plain[i] = document.GetDouble();
    const double right = std::strtod(texts[i], nullptr);
    plain_is_right = plain_is_right && (i == 0 || plain[i] == right);
    std::printf("%s: strtod %g, full precision %g, without %g\n", texts[i], right, full[i], plain[i]);
  }
  const bool as_seen = full[0] == 1e-323 && std::isnan(full[1]) && full[2] < -1e307 && full[3] > 1e79 && full[4] < 1;
  return as_seen && plain_is_right ? 0 : 1;
}
SOURCE
g++ -w -I root/usr/include try.cpp -o try
./try
