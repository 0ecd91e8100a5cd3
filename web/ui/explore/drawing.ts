// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Turns pen strokes into an image like MNIST's: scaled to fit 20 x 20 pixels with its aspect ratio
// kept, anti-aliased, and placed in 28 x 28 with its centre of mass in the middle (LeCun et al.
// 1998). The pen has the same width in the image however large the drawing was.

import { IMAGE_PIXELS, IMAGE_SIDE } from "../../engine/types";

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

const BOX = 20;
const MIDDLE = IMAGE_SIDE / 2;
/** Half the pen's width, in pixels of the image. */
export const PEN_RADIUS = 1.2;
/** Width of the transition from full ink to none, in pixels. */
const EDGE = 1.4;
/** Drawings smaller than this share of the pad are not enlarged to the whole box. */
const SMALLEST = 0.2;

export function isEmpty({ strokes, base }: Drawing): boolean {
  return strokes.length === 0 && base === null;
}

/** (784), -1 paper to 1 ink. */
export function imageOf({ strokes, base }: Drawing): Float32Array<ArrayBuffer> {
  if (base !== null) {
    const drawn = inkOf(strokes, { scale: IMAGE_SIDE, left: 0, top: 0 });
    return drawn.map((ink, pixel) => Math.max(2 * ink - 1, base[pixel] ?? -1));
  }
  const fitted = fitBox(strokes);
  const centre = centreOfMass(inkOf(strokes, fitted));
  const centred = {
    scale: fitted.scale,
    left: fitted.left + MIDDLE - centre.x,
    top: fitted.top + MIDDLE - centre.y,
  };
  return inkOf(strokes, centred).map((ink) => 2 * ink - 1);
}

/** Maps a point p of the pad to scale * p + (left, top) in the image. */
interface Placement {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Fits the strokes, including the pen's width, into the middle box. */
function fitBox(strokes: readonly Stroke[]): Placement {
  const points = strokes.flat();
  const range = (values: number[]): [number, number] => [Math.min(...values), Math.max(...values)];
  const [west, east] = range(points.map(({ x }) => x));
  const [north, south] = range(points.map(({ y }) => y));
  const extent = Math.max(east - west, south - north, SMALLEST);
  const scale = (BOX - 2 * PEN_RADIUS) / extent;
  return {
    scale,
    left: MIDDLE - (scale * (west + east)) / 2,
    top: MIDDLE - (scale * (north + south)) / 2,
  };
}

/** Pen coverage of each pixel, 0 to 1. */
function inkOf(strokes: readonly Stroke[], place: Placement): Float32Array<ArrayBuffer> {
  const nearest = new Float32Array(IMAGE_PIXELS).fill(Number.POSITIVE_INFINITY);
  const reach = PEN_RADIUS + EDGE / 2;
  for (const stroke of strokes) {
    const points = stroke.map(({ x, y }) => ({
      x: place.scale * x + place.left,
      y: place.scale * y + place.top,
    }));
    for (const [index, to] of points.entries()) {
      lowerDistances(nearest, points[Math.max(0, index - 1)] ?? to, to, reach);
    }
  }
  return nearest.map((distance) => Math.max(0, Math.min(1, (reach - distance) / EDGE)));
}

/** Lowers each pixel's distance to the nearest segment, where this segment is nearer. */
function lowerDistances(nearest: Float32Array, from: Point, to: Point, reach: number): void {
  const within = (value: number): number => Math.max(0, Math.min(IMAGE_SIDE, value));
  const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach];
  const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  for (let row = Math.floor(within(top)); row < within(bottom); row += 1) {
    for (let column = Math.floor(within(left)); column < within(right); column += 1) {
      const [x, y] = [column + 0.5 - from.x, row + 0.5 - from.y];
      const along = squared === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / squared));
      const distance = Math.hypot(x - along * dx, y - along * dy);
      const pixel = row * IMAGE_SIDE + column;
      if (distance < (nearest[pixel] ?? 0)) nearest[pixel] = distance;
    }
  }
}

/** In pixels from the upper left corner; the image's centre if there is no ink. */
export function centreOfMass(ink: Float32Array): Point {
  let [mass, x, y] = [0, 0, 0];
  for (const [pixel, value] of ink.entries()) {
    mass += value;
    x += value * ((pixel % IMAGE_SIDE) + 0.5);
    y += value * (Math.floor(pixel / IMAGE_SIDE) + 0.5);
  }
  return mass === 0 ? { x: MIDDLE, y: MIDDLE } : { x: x / mass, y: y / mass };
}
