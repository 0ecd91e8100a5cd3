// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the samples of a config look like.

/** Values of a sample are (channels, side, side); grey has one channel, colour red, green and blue. */
export interface PictureShape {
  readonly channels: 1 | 3;
  readonly side: number;
}

/** How many values one sample of this shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** The picture with so many values, which tell its shape: no square is three times a square. */
export function shapeOfSize(size: number): PictureShape {
  const channels = Number.isInteger(Math.sqrt(size)) ? 1 : 3;
  return { channels, side: Math.sqrt(size / channels) };
}

/** Whether samples of this shape, (channels, side, side) or flat, are pictures. */
export function isPicture(shape: readonly number[]): boolean {
  const { side } = shapeOfSize(sizeOf(shape));
  const isFlat = shape.length === 1;
  const isSquare = shape.length === 3 && shape[1] === side && shape[2] === side;
  return Number.isInteger(side) && (isFlat || isSquare);
}
