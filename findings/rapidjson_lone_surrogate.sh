#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What RapidJSON makes of a \u escape that is one half of a surrogate pair, when it is asked to validate the encoding.
#
# One would guess: an error for either half, or none for both. Seen in RapidJSON 1.1.0 (Debian's 1.1.0+dfsg2-7.1): a first half alone
# is an error, a second half alone is not. It becomes the bytes ED B0 80, which are not UTF-8: the same parser refuses what its
# Writer makes of them.
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
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdio>
#include <cstring>

bool reads(rapidjson::Document& document, const char* what, const char* text) {
  document.Parse<rapidjson::kParseValidateEncodingFlag>(text);
  std::printf("%s: %s\n", what, rapidjson::GetParseError_En(document.GetParseError()));
  return !document.HasParseError();
}

int main() {
  rapidjson::Document document;
  const bool pair = reads(document, "both halves", R"(["\ud800\udc00"])");
  const bool first = reads(document, "the first half alone", R"(["\ud800"])");
  const bool second = reads(document, "the second half alone", R"(["\udc00"])");
  if (!second) return 1;
  const bool not_utf8 = std::strcmp(document[0].GetString(), "\xED\xB0\x80") == 0;

  rapidjson::StringBuffer written;
  rapidjson::Writer<rapidjson::StringBuffer> writer(written);
  document.Accept(writer);
  rapidjson::Document again;
  const bool own_text = reads(again, "what the Writer makes of it", written.GetString());
  return pair && !first && not_utf8 && !own_text ? 0 : 1;
}
SOURCE
g++ -w -I root/usr/include try.cpp -o try
./try
