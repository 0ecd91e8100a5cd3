// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Turns pen strokes into an image like MNIST's: scaled to fit 20 x 20 pixels with its aspect ratio
// kept, anti-aliased, and placed in 28 x 28 with its centre of mass in the middle (LeCun et al.
// 1998), or the same in another side. The pen has the same width in the image however large the
// drawing was.

import { clamp } from "../../engine/clamp";
import { IMAGE_SIDE } from "../../engine/types";

/** In pad coordinates, 0 to 1 across and down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Stroke = readonly Point[];

export interface Drawing {
  readonly strokes: readonly Stroke[];
  /** (784) in -1 to 1: image under the strokes; null for blank paper. */
  readonly base: Float32Array | null;
}

export const EMPTY: Drawing = { strokes: [], base: null };

/** Of 28 pixels. */
const BOX = 20;
/** Half the pen's width, in pixels of an image of 28 x 28. */
export const PEN_RADIUS = 1.2;
/** Width of the transition from full ink to none, in pixels. */
const EDGE = 1.4;
/** Drawings smaller than this share of the pad are not enlarged to the whole box. */
const SMALLEST = 0.2;

export function isEmpty({ strokes, base }: Drawing): boolean {
  return strokes.length === 0 && base === null;
}

/** (side * side), -1 paper to 1 ink. A base has 28 x 28. */
export function imageOf(
  { strokes, base }: Drawing,
  side: number = IMAGE_SIDE,
): Float32Array<ArrayBuffer> {
  if (base !== null) {
    const drawn = inkOf(strokes, { side, scale: side, left: 0, top: 0 });
    return drawn.map((ink, pixel) => Math.max(2 * ink - 1, base[pixel] ?? -1));
  }
  const fitted = fitBox(strokes, side);
  const centre = centreOfMass(inkOf(strokes, fitted), side);
  const centred = {
    ...fitted,
    left: fitted.left + side / 2 - centre.x,
    top: fitted.top + side / 2 - centre.y,
  };
  return inkOf(strokes, centred).map((ink) => 2 * ink - 1);
}

/** Maps a point p of the pad to scale * p + (left, top) in an image of this side. */
interface Placement {
  readonly side: number;
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Fits the strokes, including the pen's width, into the middle box. */
function fitBox(strokes: readonly Stroke[], side: number): Placement {
  const points = strokes.flat();
  const range = (values: number[]): [number, number] => [Math.min(...values), Math.max(...values)];
  const [west, east] = range(points.map(({ x }) => x));
  const [north, south] = range(points.map(({ y }) => y));
  const extent = Math.max(east - west, south - north, SMALLEST);
  const scale = ((BOX - 2 * PEN_RADIUS) / IMAGE_SIDE) * (side / extent);
  return {
    side,
    scale,
    left: (side - scale * (west + east)) / 2,
    top: (side - scale * (north + south)) / 2,
  };
}

/** Pen coverage of each pixel, 0 to 1. */
function inkOf(strokes: readonly Stroke[], place: Placement): Float32Array<ArrayBuffer> {
  const { side } = place;
  const nearest = new Float32Array(side * side).fill(Number.POSITIVE_INFINITY);
  const reach = (PEN_RADIUS * side) / IMAGE_SIDE + EDGE / 2;
  for (const stroke of strokes) {
    const points = stroke.map(({ x, y }) => ({
      x: place.scale * x + place.left,
      y: place.scale * y + place.top,
    }));
    for (const [index, to] of points.entries()) {
      lowerDistances(nearest, side, points[Math.max(0, index - 1)] ?? to, to, reach);
    }
  }
  return nearest.map((distance) => clamp((reach - distance) / EDGE, 0, 1));
}

/** Lowers each pixel's distance to the nearest segment, where this segment is nearer. */
function lowerDistances(
  nearest: Float32Array,
  side: number,
  from: Point,
  to: Point,
  reach: number,
): void {
  const within = (value: number): number => clamp(value, 0, side);
  const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach];
  const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  for (let row = Math.floor(within(top)); row < within(bottom); row += 1) {
    for (let column = Math.floor(within(left)); column < within(right); column += 1) {
      const [x, y] = [column + 0.5 - from.x, row + 0.5 - from.y];
      const along = squared === 0 ? 0 : clamp((x * dx + y * dy) / squared, 0, 1);
      const distance = Math.hypot(x - along * dx, y - along * dy);
      const pixel = row * side + column;
      if (distance < (nearest[pixel] ?? 0)) nearest[pixel] = distance;
    }
  }
}

/** In pixels from the upper left corner; the image's centre if there is no ink. */
export function centreOfMass(ink: Float32Array, side: number = IMAGE_SIDE): Point {
  let [mass, x, y] = [0, 0, 0];
  for (const [pixel, value] of ink.entries()) {
    mass += value;
    x += value * ((pixel % side) + 0.5);
    y += value * (Math.floor(pixel / side) + 0.5);
  }
  return mass === 0 ? { x: side / 2, y: side / 2 } : { x: x / mass, y: y / mass };
}
