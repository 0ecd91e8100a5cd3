#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What fast-png makes of interlaced pictures with less than a byte for each pixel.
#
# One would guess: the pixels of the same picture without interlacing, as with 8 bits. Seen in fast-png 8.0.0, with 16 x 16
# pixels in grey that pypng writes and reads back: with 1, 2 and 4 bits it takes a byte of pixels for the number of a filter and
# throws "Unsupported filter", so the file seems damaged. Plain ones of these bits, and interlaced ones of 8, are read right.
#
# Fails when that changes. Needs apt-get, dpkg, python3, node and npm.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
chmod 755 . # for apt's own user

apt-get download python3-png >/dev/null
dpkg -x python3-png_*.deb root
npm install --silent --before=2026-11-28 --no-audit --no-fund fast-png@8.0.0

PYTHONPATH=root/usr/lib/python3/dist-packages python3 - <<'SCRIPT'
import json

import png

SIDE = 16
for depth in (1, 2, 4, 8):
    rows = [[(x * x + 3 * y) % 2**depth for x in range(SIDE)] for y in range(SIDE)]
    for interlace in (False, True):
        name = f"{depth}-{'interlaced' if interlace else 'plain'}.png"
        with open(name, "wb") as file:
            png.Writer(SIDE, SIDE, greyscale=True, bitdepth=depth, interlace=interlace).write(file, rows)
        assert [list(row) for row in png.Reader(filename=name).read()[2]] == rows, name
    with open(f"{depth}.json", "w") as file:
        json.dump(rows, file)
SCRIPT

cat >try.mjs <<'SCRIPT'
import { readFileSync } from "node:fs";
import { decode } from "fast-png";

const SIDE = 16;

/** The levels of a row-packed picture, most significant bits first. */
function levels({ data, depth }) {
  const perRow = Math.ceil((SIDE * depth) / 8);
  return Array.from({ length: SIDE * SIDE }, (_, i) => {
    const bit = (i % SIDE) * depth;
    const byte = data[Math.floor(i / SIDE) * perRow + (bit >> 3)] ?? 0;
    return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  });
}

for (const depth of [1, 2, 4, 8]) {
  const wanted = JSON.parse(readFileSync(`${depth}.json`, "utf8")).flat();
  for (const kind of ["plain", "interlaced"]) {
    let seen;
    try {
      const picture = levels(decode(readFileSync(`${depth}-${kind}.png`)));
      seen = `${picture.filter((level, i) => level !== wanted[i]).length} of ${SIDE * SIDE} pixels differ`;
    } catch (thrown) {
      seen = thrown.message;
    }
    console.log(`${depth} bits, ${kind}: ${seen}`);
  }
}
SCRIPT
node try.mjs | tee seen.txt
for depth in 1 2 4; do
  grep -q "^$depth bits, plain: 0 of" seen.txt
  grep -q "^$depth bits, interlaced: Unsupported filter" seen.txt
done
grep -q "^8 bits, interlaced: 0 of" seen.txt
