// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Frames as the planes that video has, in BT.709 limited range. Chromium converts RGB frames to
// full range and does not mark them so; players then show greys up to 16 as black and from 235 as white.

import type { Snapshot } from "../../state/film";
import type { Frames } from "./film_frames";

/** The color space of the planes, which the file has to state. */
export const COLOR_SPACE = {
  primaries: "bt709",
  transfer: "bt709",
  matrix: "bt709",
  fullRange: false,
} as const satisfies VideoColorSpaceInit;

/** Red, green and blue, 0 to 255. */
type Color = readonly [number, number, number];

/**
 * Y, U and V of ITU-R BT.709 in limited range: Y from 16 to 235, and U and V, each for two by two
 * pixels, from 16 to 240.
 */
export function planesOf(frames: Frames): (snapshot: Snapshot) => Uint8Array<ArrayBuffer> {
  const { width, palette } = frames;
  if (palette === null) {
    const colorOf = (pixel: number): Color => [
      pixel & 255,
      (pixel >>> 8) & 255,
      (pixel >>> 16) & 255,
    ];
    return (snapshot) => fill(frames.draw(snapshot), width, (pixel) => yuv(colorOf(pixel)));
  }
  const entries = palette.map(([r = 0, g = 0, b = 0]) => yuv([r, g, b]));
  const black = yuv([0, 0, 0]);
  return (snapshot) => fill(frames.draw(snapshot), width, (index) => entries[index] ?? black);
}

function yuv([r, g, b]: Color): Color {
  const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return [Math.round(16 + (219 * luma) / 255), (b - luma) / 1.8556, (r - luma) / 1.5748];
}

function fill(
  frame: Uint8Array | Uint32Array,
  width: number,
  yuvOf: (value: number) => Color,
): Uint8Array<ArrayBuffer> {
  const half = width / 2;
  const planes = new Uint8Array((3 * width * width) / 2);
  for (let corner = 0; corner < half * half; corner += 1) {
    const at = 2 * Math.floor(corner / half) * width + 2 * (corner % half);
    let [us, vs] = [0, 0];
    for (const near of [at, at + 1, at + width, at + width + 1]) {
      const [y, u, v] = yuvOf(frame[near] ?? 0);
      planes[near] = y;
      us += u;
      vs += v;
    }
    planes[width * width + corner] = Math.round(128 + ((224 / 255) * us) / 4);
    planes[width * width + half * half + corner] = Math.round(128 + ((224 / 255) * vs) / 4);
  }
  return planes;
}
