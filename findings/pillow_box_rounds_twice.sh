#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What Pillow's resize() with the BOX filter makes of the mean of four pixels.
#
# One would guess: the rounded mean, since a box filter that halves a picture has nothing else to do, and Pillow's own reduce(2)
# gives it. Seen in Pillow 9.4.0 (Debian's 9.4.0-1.1+deb12u1) and 11.1: it resizes along rows first and rounds to 8 bits in
# between, so (0, 1, 0, 0) with the mean 0.25 is 1, and of a picture of random bytes 40 % of the halved pixels are one level
# beside their mean. So sets of pictures that were made smaller with resize() and with reduce() are different bytes.
#
# Fails when that changes. Needs apt-get, dpkg and Debian's python3.11 with what Pillow links.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
chmod 755 . # for apt's own user

apt-get download python3-pil=9.4.0-1.1+deb12u1 libimagequant0=2.17.0-1 libraqm0=0.7.0-4.1 >/dev/null
for package in *.deb; do dpkg -x "$package" root; done
export PYTHONPATH=root/usr/lib/python3/dist-packages LD_LIBRARY_PATH=root/usr/lib/x86_64-linux-gnu

/usr/bin/python3 - <<'SCRIPT'
import random

from PIL import Image, __version__


def picture(side, levels):
    made = Image.new("L", (side, side))
    made.putdata(levels)
    return made


def halved(levels, side):
    """The means of 2 x 2 pixels: exact and rounded, by resize() and by reduce()."""
    half = range(0, side, 2)
    sums = [levels[y * side + x] + levels[y * side + x + 1] + levels[(y + 1) * side + x] + levels[(y + 1) * side + x + 1]
            for y in half for x in half]
    means = [(total + 2) // 4 for total in sums]
    made = picture(side, levels)
    by_box = list(made.resize((side // 2, side // 2), Image.BOX).getdata())
    return means, by_box, list(made.reduce(2).getdata())


means, by_box, by_reduce = halved([0, 1, 0, 0], 2)
print(f"Pillow {__version__}: (0, 1, 0, 0) has the rounded mean {means[0]}; resize gives {by_box[0]}, reduce {by_reduce[0]}")
random.seed(1)
means, by_all, by_reduce_all = halved([random.randrange(256) for _ in range(64 * 64)], 64)
beside = sum(mean != level for mean, level in zip(means, by_all))
beside_reduce = sum(mean != level for mean, level in zip(means, by_reduce_all))
print(f"of {len(means)} pixels, {beside} are not their rounded mean by resize, {beside_reduce} by reduce")
assert (by_box[0], by_reduce[0]) == (1, 0)
assert beside > 0.3 * len(means) and beside_reduce == 0
SCRIPT
