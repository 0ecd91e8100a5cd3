// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One frame of the film of points: real points and, on top, the points generated at a step, as
// indices into a palette (surface, real, generated).

import { fromLevels } from "./point_pictures";
import { REACH } from "./reach";

type Points = ArrayLike<number>;

/** Radius of a dot, as a share of the frame's width. */
const RADIUS = 1 / 200;

export const POINT_COLORS = ["--surface", "--real", "--generated"] as const;
const [REAL, GENERATED] = [1, 2];

/**
 * (width * width).
 * @param levels bytes of a snapshot
 */
export function pointsFrame(
  levels: Uint8Array,
  real: Points,
  width: number,
): Uint8Array<ArrayBuffer> {
  const index = new Uint8Array(width * width);
  drawDots(index, width, real, REAL);
  drawDots(index, width, fromLevels(levels), GENERATED);
  return index;
}

function drawDots(index: Uint8Array, width: number, points: Points, entry: number): void {
  const radius = Math.round(RADIUS * width);
  const pixel = (at: number): number => Math.round(((at / REACH + 1) / 2) * width);
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = [pixel(points[at] ?? 0), pixel(-(points[at + 1] ?? 0))];
    for (let v = Math.max(0, y - radius); v <= Math.min(width - 1, y + radius); v += 1) {
      for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u += 1) {
        if ((u - x) ** 2 + (v - y) ** 2 <= radius * radius + 1) index[v * width + u] = entry;
      }
    }
  }
}
