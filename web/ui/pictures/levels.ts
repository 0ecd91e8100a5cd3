// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A fitted picture on a canvas in its own colours, black as 0 in both themes.

import type { PictureSet } from "../../engine/pictures";

export function paintLevels(
  canvas: HTMLCanvasElement,
  { pixels, channels, side }: PictureSet,
  index: number,
): void {
  [canvas.width, canvas.height] = [side, side];
  const area = side * side;
  const picture = new ImageData(side, side);
  const from = index * channels * area;
  for (let pixel = 0; pixel < area; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const plane = channels === 3 ? channel * area : 0;
      picture.data[4 * pixel + channel] = pixels[from + plane + pixel] ?? 0;
    }
    picture.data[4 * pixel + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(picture, 0, 0);
}
