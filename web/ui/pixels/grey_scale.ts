// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Grey scale between the theme's two end colours.

const LEVELS = 256;

/**
 * Colours from one hexadecimal colour to another, as canvas pixels (little-endian RGBA), (LEVELS).
 */
export function greyScale(off: string, on: string): Uint32Array {
  const [from, to] = [parseHex(off), parseHex(on)];
  return Uint32Array.from({ length: LEVELS }, (_, level) => {
    const t = level / (LEVELS - 1);
    const [r, g, b] = from.map((channel, i) => Math.round(channel + ((to[i] ?? 0) - channel) * t));
    return ((0xff << 24) | ((b ?? 0) << 16) | ((g ?? 0) << 8) | (r ?? 0)) >>> 0;
  });
}

/** Maps a value to a canvas pixel: the scale's first colour at `off` and below, its last from `on`. */
export function greyPixels(scale: Uint32Array, off: number, on: number): (value: number) => number {
  const toLevel = (LEVELS - 1) / (on - off || 1);
  return (value) => {
    const level = Math.round((value - off) * toLevel);
    return scale[Math.max(0, Math.min(LEVELS - 1, level))] ?? 0;
  };
}

/** Red, green and blue of #rgb or #rrggbb; CSS minification shortens the latter to the former. */
export function parseHex(color: string): number[] {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(color)?.[1];
  if (digits === undefined)
    throw new Error(`Expected a colour like #rgb or #rrggbb, got "${color}".`);
  const long = digits.length === 6 ? digits : digits.replace(/./g, "$&$&");
  return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
}
