// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One 28 x 28 image as canvas pixels, optionally with the discriminator's saliency in colour on top.

import { IMAGE_PIXELS, IMAGE_SIDE } from "../../engine/types";
import { cssColor } from "../platform/theme";
import { greyPixels, parseHex } from "./grey_scale";
import { themeGreys } from "./theme_greys";

/** Contrast of the image under a saliency map. */
const FAINT = 0.4;

/**
 * Paints the canvas, one canvas pixel per image pixel.
 * @param image (784), -1 paper to 1 ink; null for none
 * @param saliency (784), how more ink at a pixel changes D's score; null for none
 */
export function paintPicture(
  context: CanvasRenderingContext2D,
  image: Float32Array | null,
  saliency: Float32Array | null,
): void {
  [context.canvas.width, context.canvas.height] = [IMAGE_SIDE, IMAGE_SIDE];
  if (image === null && saliency === null) return;
  const picture = context.createImageData(IMAGE_SIDE, IMAGE_SIDE);
  const contrast = saliency === null ? 1 : FAINT;
  fillGrey(picture, image, greyPixels(themeGreys(context.canvas), -1, -1 + 2 / contrast));
  if (saliency !== null) blendSaliency(picture, saliency, context.canvas);
  context.putImageData(picture, 0, 0);
}

/** Blank paper for null. */
function fillGrey(
  { data }: ImageData,
  image: Float32Array | null,
  pixelOf: (value: number) => number,
): void {
  const pixels = new Uint32Array(data.buffer);
  for (let at = 0; at < IMAGE_PIXELS; at += 1) {
    pixels[at] = pixelOf(Math.min(1, image?.[at] ?? -1));
  }
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
