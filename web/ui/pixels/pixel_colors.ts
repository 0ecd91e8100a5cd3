// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pictures' values as canvas pixels: grey ones in a grey scale, coloured ones in their own colours.

import { type PictureShape, shapeOfSize } from "../../engine/picture_shape";
import { greyPixels, greyScale } from "./grey_scale";

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
  const isGrey = channels === 1;
  const grey = greyPixels(isGrey ? scale : greyScale("#000", "#fff"), off, on);
  const colorAt = (picture: number, pixel: number): number => {
    // A channel as grey has its level in the bytes of all three.
    const of = (channel: number): number =>
      grey(values[picture * size + channel * side * side + pixel] ?? off);
    return isGrey ? of(0) : ((of(0) & 0xff0000ff) | (of(1) & 0xff00) | (of(2) & 0xff0000)) >>> 0;
  };
  return { channels, side, colorAt };
}
