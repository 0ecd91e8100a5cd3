// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Positions on a sheet of latents: the core's latentPlane, evaluated at any point instead of a
// grid; and the mapping between positions and a grid of thumbnails.

import { clamp } from "../../engine/clamp";

type Floats = Float32Array<ArrayBuffer>;

/** Latents at the corners of a sheet. */
export interface Sheet {
  readonly origin: Floats;
  readonly right: Floats;
  readonly below: Floats;
  readonly far: Floats;
}

/** Position on a sheet, 0 to 1 across and down. */
export interface Place {
  readonly across: number;
  readonly down: number;
}

export function latentAt({ origin, right, below, far }: Sheet, { across, down }: Place): Floats {
  return slerp(slerp(origin, below, down), slerp(right, far, down), across);
}

/** Below this sine, two latents are nearly parallel and are interpolated linearly. */
const PARALLEL = 1e-6;

/** Along the great circle from a to b; the norm changes linearly (White 2016). */
function slerp(a: Floats, b: Floats, t: number): Floats {
  const [normA, normB] = [Math.hypot(...a), Math.hypot(...b)];
  const cosine = a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) / (normA * normB);
  const angle = Math.acos(clamp(cosine, -1, 1));
  const sine = Math.sin(angle);
  const radius = (1 - t) * normA + t * normB;
  const straight = !(sine > PARALLEL);
  const fromA = straight ? 1 - t : ((radius / normA) * Math.sin((1 - t) * angle)) / sine;
  const fromB = straight ? t : ((radius / normB) * Math.sin(t * angle)) / sine;
  return a.map((value, i) => fromA * value + fromB * (b[i] ?? 0));
}

/**
 * The position under a point, 0 to 1, of a square grid of thumbnails: at the centre of a thumbnail,
 * the position of its latent; limited to the sheet.
 */
export function placeUnder(x: number, y: number, columns: number): Place {
  const along = (share: number): number => clamp((share * columns - 0.5) / (columns - 1), 0, 1);
  return { across: along(x), down: along(y) };
}

/** The point of the square, 0 to 1, for a position; inverse of `placeUnder`. */
export function pointOver({ across, down }: Place, columns: number): { x: number; y: number } {
  const along = (share: number): number => (share * (columns - 1) + 0.5) / columns;
  return { x: along(across), y: along(down) };
}

/** Row `index` of a matrix with rows of `size` values. */
export function rowOf(rows: Floats, index: number, size: number): Floats {
  return rows.slice(index * size, (index + 1) * size);
}

/** Image `index` of so many; null for one that is not there. */
export function imageAt(
  images: Float32Array | null,
  index: number,
  count: number,
): Float32Array | null {
  if (images === null || index >= count) return null;
  const size = images.length / count;
  return images.subarray(index * size, (index + 1) * size);
}
