// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The visible part of the plane, and where D and G are evaluated: a grid of places for D's scores,
// and a lattice of latents whose images under G show how it bends the noise.

import { REACH } from "./reach";

type Floats = Float32Array<ArrayBuffer>;

/** Places per row at which D is evaluated. */
export const FIELD_SIDE = 40;
/** Cells per row of the lattice of latents. */
export const LATTICE_SIDE = 20;
/** Edge of the lattice in standard deviations: 98.8 % of each noise coordinate lie within. */
const RIM = 2.5;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Point at fractions of the visible square's width, from the left and from the top. */
export function placeAt(across: number, down: number): Point {
  return { x: (2 * across - 1) * REACH, y: (1 - 2 * down) * REACH };
}

/** Distance that an arrow key moves a point. */
const KEY_STEP = 0.05;

/** The move for an arrow key; undefined for other keys. */
export function arrowMove(key: string): readonly [x: number, y: number] | undefined {
  const moves: Partial<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-KEY_STEP, 0],
    ArrowRight: [KEY_STEP, 0],
    ArrowUp: [0, KEY_STEP],
    ArrowDown: [0, -KEY_STEP],
  };
  return moves[key];
}

/**
 * (FIELD_SIDE^2, 2): centres of equal cells of the visible square, row by row from the top left.
 */
export function fieldPlaces(): Floats {
  const places = new Float32Array(2 * FIELD_SIDE ** 2);
  const at = (cell: number): number => ((2 * cell + 1) / FIELD_SIDE - 1) * REACH;
  for (let cell = 0; cell < FIELD_SIDE ** 2; cell += 1) {
    places[2 * cell] = at(cell % FIELD_SIDE);
    places[2 * cell + 1] = -at(Math.floor(cell / FIELD_SIDE));
  }
  return places;
}

/**
 * LATTICE_SIDE + 1 quantiles from -RIM to RIM of the truncated normal distribution, so that every
 * cell of the lattice holds the same share of the noise.
 */
export function latticeEdges(): number[] {
  const fine = 4000;
  const step = (2 * RIM) / fine;
  const density = (index: number): number => Math.exp(-((-RIM + (index + 0.5) * step) ** 2) / 2);
  let whole = 0;
  for (let index = 0; index < fine; index += 1) whole += density(index);
  const edges = [-RIM];
  let sum = 0;
  for (let index = 0; index < fine && edges.length < LATTICE_SIDE; index += 1) {
    sum += density(index);
    if (sum * LATTICE_SIDE >= edges.length * whole) edges.push(-RIM + (index + 1) * step);
  }
  return [...edges, RIM];
}

/**
 * ((LATTICE_SIDE + 1)^2, latent_size): the lattice's vertices, row by row, in the first two
 * coordinates of the noise; the others are 0.
 */
export function latticeLatents(latentSize: number): Floats {
  const edges = latticeEdges();
  const latents = new Float32Array(edges.length ** 2 * latentSize);
  for (const [row, y] of edges.entries()) {
    for (const [column, x] of edges.entries()) {
      const at = (row * edges.length + column) * latentSize;
      latents[at] = x;
      if (latentSize > 1) latents[at + 1] = y;
    }
  }
  return latents;
}

/** Indices of a lattice cell's corners, going around it. */
export function cellCorners(cell: number): [number, number, number, number] {
  const corner = Math.floor(cell / LATTICE_SIDE) * (LATTICE_SIDE + 1) + (cell % LATTICE_SIDE);
  return [corner, corner + 1, corner + LATTICE_SIDE + 2, corner + LATTICE_SIDE + 1];
}

/** Area of a lattice cell in the plane, after G. */
export function cellArea(crossings: ArrayLike<number>, cell: number): number {
  const [a, b, c, d] = cellCorners(cell);
  const at = (corner: number, axis: 0 | 1): number => crossings[2 * corner + axis] ?? 0;
  // Half the cross product of the diagonals.
  return (
    Math.abs(
      (at(c, 0) - at(a, 0)) * (at(d, 1) - at(b, 1)) - (at(d, 0) - at(b, 0)) * (at(c, 1) - at(a, 1)),
    ) / 2
  );
}
