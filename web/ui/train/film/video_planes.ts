// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Frames of a palette as the planes that video has, in BT.709 limited range. Chromium turns RGB frames into
// full range and says so nowhere, so that players show greys up to 16 as black and from 235 as white.

import type { Frames } from "./film_frames";

/** Of the planes, to be stated in the file. */
export const COLOR_SPACE = {
  primaries: "bt709",
  transfer: "bt709",
  matrix: "bt709",
  fullRange: false,
} as const satisfies VideoColorSpaceInit;

/**
 * Y, U and V of ITU-R BT.709 in limited range: Y from 16 to 235, and U and V, each for two by two
 * pixels, from 16 to 240.
 */
export function planesOf({
  width,
  palette,
}: Pick<Frames, "width" | "palette">): (index: Uint8Array) => Uint8Array<ArrayBuffer> {
  const luma = palette.map(([r = 0, g = 0, b = 0]) => 0.2126 * r + 0.7152 * g + 0.0722 * b);
  const ys = luma.map((y) => Math.round(16 + (219 * y) / 255));
  const us = palette.map(([, , b = 0], entry) => (b - (luma[entry] ?? 0)) / 1.8556);
  const vs = palette.map(([r = 0], entry) => (r - (luma[entry] ?? 0)) / 1.5748);
  const half = width / 2;
  return (index) => {
    const planes = new Uint8Array((3 * width * width) / 2);
    for (const [at, entry] of index.entries()) planes[at] = ys[entry] ?? 0;
    for (const [plane, values] of [us, vs].entries()) {
      const start = width * width + plane * half * half;
      for (let at = 0; at < half * half; at += 1) {
        const corner = 2 * Math.floor(at / half) * width + 2 * (at % half);
        let sum = 0;
        for (const near of [corner, corner + 1, corner + width, corner + width + 1]) {
          sum += values[index[near] ?? 0] ?? 0;
        }
        planes[start + at] = Math.round(128 + ((224 / 255) * sum) / 4);
      }
    }
    return planes;
  };
}
