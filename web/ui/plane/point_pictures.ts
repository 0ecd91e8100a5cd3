// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Points as 28 x 28 pictures: a single point as a soft dot, or many points as a density. Also
// decodes the film's snapshots to points.

import { IMAGE_PIXELS, IMAGE_SIDE } from "../../engine/types";
import { REACH } from "./reach";

type Floats = Float32Array<ArrayBuffer>;

/** Standard deviation of a dot's Gaussian in pixels. */
const DOT_WIDTH = 1.6;
/** Share of all samples in one pixel at which a density picture is darkest. */
const DENSE = 0.012;

/** Decodes a snapshot, whose bytes cover [-REACH, REACH]. */
export function fromLevels(levels: Uint8Array): Floats {
  return Float32Array.from(levels, (level) => (level / 127.5 - 1) * REACH);
}

/** Fractional pixel of a coordinate; the centre of the first pixel is 0. */
function column(at: number): number {
  return ((at / REACH + 1) / 2) * IMAGE_SIDE - 0.5;
}

/** (n, 784) from 0 to 1: a picture of each point. */
export function dotPictures(points: ArrayLike<number>): Floats {
  const pictures = new Float32Array((points.length / 2) * IMAGE_PIXELS);
  for (let index = 0; index < pictures.length; index += 1) {
    const at = 2 * Math.floor(index / IMAGE_PIXELS);
    const pixel = index % IMAGE_PIXELS;
    const dx = (pixel % IMAGE_SIDE) - column(points[at] ?? 0);
    const dy = Math.floor(pixel / IMAGE_SIDE) - column(-(points[at + 1] ?? 0));
    pictures[index] = Math.exp(-(dx * dx + dy * dy) / (2 * DOT_WIDTH * DOT_WIDTH));
  }
  return pictures;
}

/** (784) from 0 to 1: density of the points. */
export function densityPicture(points: ArrayLike<number>): Floats {
  const picture = new Float32Array(IMAGE_PIXELS);
  const each = 1 / (DENSE * (points.length / 2));
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = [column(points[at] ?? 0), column(-(points[at + 1] ?? 0))];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    // Bilinear: shared among the four nearest pixels.
    for (const [dx, dy] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const [u, v] = [left + dx, top + dy];
      if (u < 0 || v < 0 || u >= IMAGE_SIDE || v >= IMAGE_SIDE) continue;
      const share = (1 - Math.abs(x - u)) * (1 - Math.abs(y - v));
      const pixel = v * IMAGE_SIDE + u;
      picture[pixel] = Math.min(1, (picture[pixel] ?? 0) + each * share);
    }
  }
  return picture;
}
