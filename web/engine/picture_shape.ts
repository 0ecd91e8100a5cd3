// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What pictures look like.

/** Values of a picture are (channels, side, side); grey has one channel, colour red, green and blue. */
export interface PictureShape {
  readonly channels: 1 | 3;
  readonly side: number;
}

/** The picture with so many values, which tell its shape: no square is three times a square. */
export function shapeOfSize(size: number): PictureShape {
  const channels = Number.isInteger(Math.sqrt(size)) ? 1 : 3;
  return { channels, side: Math.sqrt(size / channels) };
}
