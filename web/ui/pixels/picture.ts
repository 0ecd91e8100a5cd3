// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One 28 x 28 image as canvas pixels, and over it in colour how each pixel moves the discriminator.

import { IMAGE_PIXELS } from "../../engine/types";
import { cssColor } from "../platform/theme";
import { greyPixels, parseHex } from "./grey_scale";
import { themeGreys } from "./theme_greys";

/** The image's own contrast under the colours. */
const FAINT = 0.4;

/** @param image (784), -1 paper to 1 ink; null for blank paper */
export function paintImage({ data }: ImageData, image: Float32Array | null, faint: boolean): void {
  const off = -1;
  const pixelOf = greyPixels(themeGreys(), off, faint ? off + 2 / FAINT : 1);
  const pixels = new Uint32Array(data.buffer);
  for (let at = 0; at < IMAGE_PIXELS; at += 1) {
    pixels[at] = pixelOf(Math.min(1, image?.[at] ?? off));
  }
}

/**
 * Blue where more ink would look more real, orange where it would look more generated, the stronger
 * the more it would.
 * @param saliency (784), of any scale: shown in parts of the largest
 */
export function blendSaliency({ data }: ImageData, saliency: Float32Array): void {
  const [real = [], generated = []] = ["--real", "--generated"].map((name) =>
    parseHex(cssColor(name)),
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
