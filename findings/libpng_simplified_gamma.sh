#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What libpng's simplified reader makes of an 8-bit RGBA picture with a gAMA chunk, when 8-bit RGBA is asked for.
#
# One would guess: the bytes as they are stored, since source and result have the same format. Seen in libpng 1.6.39: with
# gAMA 1.0 the levels 50, 128 and 200 become 122, 186 and 228; the reader converts to sRGB. png_read_image() gives what is
# stored.
#
# Fails when that changes. Needs apt-get, dpkg and gcc.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
chmod 755 . # for apt's own user

# Debian 12's; an exact version goes with the next security update.
apt-get download libpng-dev libpng16-16 zlib1g-dev >/dev/null
for package in *.deb; do dpkg -x "$package" root; done

cat >try.c <<'SOURCE'
#include <png.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  png_byte row[12] = {50, 50, 50, 255, 128, 128, 128, 255, 200, 200, 200, 255};
  png_bytep rows[1] = {row};
  FILE* file = fopen("x.png", "wb");
  png_structp out = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct(out);
  png_init_io(out, file);
  png_set_IHDR(out, info, 3, 1, 8, PNG_COLOR_TYPE_RGBA, PNG_INTERLACE_NONE, 0, 0);
  png_set_gAMA(out, info, 1.0);
  png_write_info(out, info);
  png_write_image(out, rows);
  png_write_end(out, NULL);
  fclose(file);

  png_byte stored[12];
  png_bytep stored_rows[1] = {stored};
  file = fopen("x.png", "rb");
  png_structp in = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop read = png_create_info_struct(in);
  png_init_io(in, file);
  png_read_info(in, read);
  png_read_image(in, stored_rows);
  fclose(file);

  png_byte simple[12];
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  png_image_begin_read_from_file(&image, "x.png");
  image.format = PNG_FORMAT_RGBA;
  png_image_finish_read(&image, NULL, simple, 0, NULL);

  printf("libpng %s\n", png_get_libpng_ver(NULL));
  printf("png_read_image:        %d %d %d\n", stored[0], stored[4], stored[8]);
  printf("png_image_finish_read: %d %d %d\n", simple[0], simple[4], simple[8]);
  return memcmp(stored, row, 12) == 0 && simple[0] == 122 && simple[4] == 186 && simple[8] == 228 ? 0 : 1;
}
SOURCE
library=$(dirname "$(find root -name 'libpng16.so.16' | head -1)")
gcc -I root/usr/include try.c "$library/libpng16.so.16" -lz -lm -o try
LD_LIBRARY_PATH=$library ./try
