// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The part of the plane that is shown and where D and G are asked about it: a square of places for
// D's opinions, and a lattice of latents whose images show how G bends its noise.

import { REACH } from "./reach";

type Floats = Float32Array<ArrayBuffer>;

/** Places in a row of the square that D is asked about. */
export const FIELD_SIDE = 40;
/** Cells in a row of the lattice that G bends. */
export const LATTICE_SIDE = 20;
/** The lattice's rim, in standard deviations: 98.8 % of each noise coordinate is within. */
const RIM = 2.5;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The place at shares of the shown square's width, from its left and from its top. */
export function placeAt(across: number, down: number): Point {
  return { x: (2 * across - 1) * REACH, y: (1 - 2 * down) * REACH };
}

/** (FIELD_SIDE^2, 2): the middles of equal cells of what is shown, row by row from the top left. */
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
 * LATTICE_SIDE + 1 numbers from -RIM to RIM between which a normal number is equally often, so that
 * every cell of the lattice holds the same share of the noise.
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
 * ((LATTICE_SIDE + 1)^2, latent_size): the lattice's crossings, row by row, in the first two
 * coordinates of the noise; what more there is stays 0.
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

/** The corners of a cell of the lattice, as crossings, in the order of going around it. */
export function cellCorners(cell: number): [number, number, number, number] {
  const corner = Math.floor(cell / LATTICE_SIDE) * (LATTICE_SIDE + 1) + (cell % LATTICE_SIDE);
  return [corner, corner + 1, corner + LATTICE_SIDE + 2, corner + LATTICE_SIDE + 1];
}

/** How large a cell of the lattice is in the plane, once bent. */
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
