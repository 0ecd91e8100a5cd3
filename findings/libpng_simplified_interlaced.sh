#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What libpng's simplified reader makes of an interlaced picture of 16 bits, when 8-bit RGBA is asked for.
#
# One would guess: the pixels of the same picture without interlacing, since the order of its pixels in the file is no part of
# a picture. Seen in libpng 1.6.39: 384 of 1,024 bytes differ, by up to 169. With 8 bits both are the same, and
# png_read_image() gives the same pixels for both.
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
#include <stdlib.h>
#include <string.h>

enum { SIDE = 16 };

static void write_picture(const char* name, int depth, int interlace, png_byte* pixels) {
  const int bytes = 3 * SIDE * depth / 8;
  png_bytep rows[SIDE];
  for (int y = 0; y < SIDE; ++y) rows[y] = pixels + y * bytes;
  FILE* file = fopen(name, "wb");
  png_structp out = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct(out);
  png_init_io(out, file);
  png_set_IHDR(out, info, SIDE, SIDE, depth, PNG_COLOR_TYPE_RGB, interlace, 0, 0);
  png_write_info(out, info);
  png_write_image(out, rows);
  png_write_end(out, NULL);
  fclose(file);
}

static void read_simply(const char* name, png_byte* rgba) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  png_image_begin_read_from_file(&image, name);
  image.format = PNG_FORMAT_RGBA;
  image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  png_image_finish_read(&image, NULL, rgba, 0, NULL);
}

static void read_rows(const char* name, png_byte* pixels, int bytes) {
  png_bytep rows[SIDE];
  for (int y = 0; y < SIDE; ++y) rows[y] = pixels + y * bytes;
  FILE* file = fopen(name, "rb");
  png_structp in = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct(in);
  png_init_io(in, file);
  png_read_info(in, info);
  png_read_image(in, rows);
  fclose(file);
}

/* How many bytes of the two pictures differ, read simply; -1 if png_read_image() tells them apart. */
static int differences(int depth, int* largest) {
  static png_byte pixels[6 * SIDE * SIDE], plain[6 * SIDE * SIDE], laced[6 * SIDE * SIDE];
  static png_byte a[4 * SIDE * SIDE], b[4 * SIDE * SIDE];
  const int size = 3 * SIDE * SIDE * depth / 8;
  for (int i = 0; i < size; ++i) pixels[i] = (png_byte)(i * 73 + i / 7 * 19);
  write_picture("plain.png", depth, PNG_INTERLACE_NONE, pixels);
  write_picture("laced.png", depth, PNG_INTERLACE_ADAM7, pixels);
  read_rows("plain.png", plain, 3 * SIDE * depth / 8);
  read_rows("laced.png", laced, 3 * SIDE * depth / 8);
  if (memcmp(plain, laced, size) != 0 || memcmp(plain, pixels, size) != 0) return -1;
  read_simply("plain.png", a);
  read_simply("laced.png", b);
  int count = 0;
  *largest = 0;
  for (int i = 0; i < (int)sizeof a; ++i) {
    const int gap = abs(a[i] - b[i]);
    count += gap > 0;
    if (gap > *largest) *largest = gap;
  }
  return count;
}

int main(void) {
  int of_8, of_16;
  const int with_8 = differences(8, &of_8);
  const int with_16 = differences(16, &of_16);
  printf("libpng %s, interlaced beside not interlaced, of %d bytes\n", png_get_libpng_ver(NULL), 4 * SIDE * SIDE);
  printf(" 8 bits: %d differ, by up to %d\n", with_8, of_8);
  printf("16 bits: %d differ, by up to %d\n", with_16, of_16);
  return with_8 == 0 && with_16 > 100 && of_16 > 50 ? 0 : 1;
}
SOURCE
library=$(dirname "$(find root -name 'libpng16.so.16' | head -1)")
gcc -I root/usr/include try.c "$library/libpng16.so.16" -lz -lm -o try
LD_LIBRARY_PATH=$library ./try
