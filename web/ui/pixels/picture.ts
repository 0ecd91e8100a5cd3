// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One picture as canvas pixels, optionally with the discriminator's saliency in colour on top.

import { shapeOfSize } from "../../engine/picture_shape";
import { IMAGE_PIXELS } from "../../engine/types";
import { cssColor } from "../platform/theme";
import { parseHex } from "./grey_scale";
import { type Pictures, pixelColors } from "./pixel_colors";
import { themeGreys } from "./theme_greys";

/** Contrast of the image under a saliency map. */
const FAINT = 0.4;

/**
 * Paints the canvas, one canvas pixel per image pixel.
 * @param image one sample, -1 paper to 1 ink; null for none
 * @param saliency of a sample, how more of each value changes D's score; null for none
 */
export function paintPicture(
  context: CanvasRenderingContext2D,
  image: Float32Array | null,
  saliency: Float32Array | null,
): void {
  const size = image?.length ?? saliency?.length ?? IMAGE_PIXELS;
  const { channels, side } = shapeOfSize(size);
  [context.canvas.width, context.canvas.height] = [side, side];
  if (image === null && saliency === null) return;
  const picture = context.createImageData(side, side);
  // Blank paper for null.
  const values = image ?? new Float32Array(side * side).fill(-1);
  const faint = saliency !== null && image !== null;
  const isGrey = values.length === side * side;
  const on = faint && isGrey ? -1 + 2 / FAINT : 1;
  fill(picture, { values, size: values.length, off: -1, on }, context.canvas);
  if (faint && !isGrey) fade(picture, context.canvas);
  if (saliency !== null) blendSaliency(picture, perPixel(saliency, channels), context.canvas);
  context.putImageData(picture, 0, 0);
}

function fill({ data }: ImageData, image: Pictures, canvas: Element): void {
  const pixels = new Uint32Array(data.buffer);
  const { colorAt } = pixelColors(image, themeGreys(canvas));
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = colorAt(0, at);
}

/** Colours as pale as greys are under a saliency map. */
function fade({ data }: ImageData, canvas: Element): void {
  const paper = parseHex(cssColor(canvas, "--pixel-off"));
  for (const [at, value] of data.entries()) {
    const from = paper[at % 4];
    if (from !== undefined) data[at] = from + FAINT * (value - from);
  }
}

/** How more light at a pixel changes the score: all its channels together. */
function perPixel(saliency: Float32Array, channels: number): Float32Array {
  const area = saliency.length / channels;
  const sums = saliency.slice(0, area);
  for (let at = area; at < saliency.length; at += 1) {
    sums[at % area] = (sums[at % area] ?? 0) + (saliency[at] ?? 0);
  }
  return sums;
}

/** Blue where more ink raises the score, orange where it lowers it, relative to the largest value. */
function blendSaliency({ data }: ImageData, saliency: Float32Array, canvas: Element): void {
  const [real = [], generated = []] = ["--real", "--generated"].map((name) =>
    parseHex(cssColor(canvas, name)),
  );
  const most = saliency.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-30);
  for (const [pixel, value] of saliency.entries()) {
    const share = Math.abs(value) / most;
    for (const [channel, color] of (value > 0 ? real : generated).entries()) {
      const at = 4 * pixel + channel;
      data[at] = Math.round((1 - share) * (data[at] ?? 0) + share * color);
    }
  }
}
