// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One frame of the film of points: real points and, on top, the points generated at a step, as
// indices into a palette (surface, real, generated).

import { fromLevels } from "./point_pictures";
import { REACH } from "./reach";

type Points = ArrayLike<number>;

const WIDTH = 400;
/** Radius of a dot in pixels. */
const RADIUS = 2;

export const POINT_COLORS = ["--surface", "--real", "--generated"] as const;
const [REAL, GENERATED] = [1, 2];

/** @param levels bytes of a snapshot */
export function pointsFrame(
  levels: Uint8Array,
  real: Points,
): { index: Uint8Array; width: number } {
  const index = new Uint8Array(WIDTH * WIDTH);
  drawDots(index, real, REAL);
  drawDots(index, fromLevels(levels), GENERATED);
  return { index, width: WIDTH };
}

function drawDots(index: Uint8Array, points: Points, entry: number): void {
  const pixel = (at: number): number => Math.round(((at / REACH + 1) / 2) * WIDTH);
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = [pixel(points[at] ?? 0), pixel(-(points[at + 1] ?? 0))];
    for (let v = Math.max(0, y - RADIUS); v <= Math.min(WIDTH - 1, y + RADIUS); v += 1) {
      for (let u = Math.max(0, x - RADIUS); u <= Math.min(WIDTH - 1, x + RADIUS); u += 1) {
        if ((u - x) ** 2 + (v - y) ** 2 <= RADIUS * RADIUS + 1) index[v * WIDTH + u] = entry;
      }
    }
  }
}
