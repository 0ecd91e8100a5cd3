// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pictures' values as canvas pixels: grey ones in a grey scale, coloured ones in their own colours.

import { type PictureShape, shapeOfSize } from "../../engine/picture_shape";
import { greyPixels } from "./grey_scale";

/** Values of all pictures in sequence, and the values at the ends of the scale. */
export interface Pictures {
  readonly values: Float32Array | Uint8Array;
  /** Values of one picture. */
  readonly size: number;
  readonly off: number;
  readonly on: number;
}

export interface PixelColors extends PictureShape {
  /** The canvas pixel (little-endian RGBA) of a pixel of a picture. */
  readonly colorAt: (picture: number, pixel: number) => number;
}

/** @param scale of grey pictures */
export function pixelColors({ values, size, off, on }: Pictures, scale: Uint32Array): PixelColors {
  const { channels, side } = shapeOfSize(size);
  const area = side * side;
  const level = greyPixels(channels === 1 ? scale : LEVELS, off, on);
  const grey = (picture: number, pixel: number): number =>
    level(values[picture * size + pixel] ?? off);
  const color = (picture: number, pixel: number): number =>
    (OPAQUE |
      (grey(picture, pixel + 2 * area) << 16) |
      (grey(picture, pixel + area) << 8) |
      grey(picture, pixel)) >>>
    0;
  return { channels, side, colorAt: channels === 1 ? grey : color };
}

const LEVELS = Uint32Array.from({ length: 256 }, (_, level) => level);
const OPAQUE = 0xff << 24;
