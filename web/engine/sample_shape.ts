// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The shape of a config's samples, and whether they are pictures.

import { shapeOfSize } from "./picture_shape";

/** How many values one sample of this shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Whether samples of this shape, (channels, side, side) or flat, are pictures. */
export function isPicture(shape: readonly number[]): boolean {
  const { side } = shapeOfSize(sizeOf(shape));
  const isFlat = shape.length === 1;
  const isSquare = shape.length === 3 && shape[1] === side && shape[2] === side;
  return Number.isInteger(side) && (isFlat || isSquare);
}
