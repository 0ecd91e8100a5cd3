// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Draws pixel values as a grid of pictures on a canvas. Each picture is scaled up smoothly on its own,
// so that neighbours do not bleed into each other; grey ones are in the theme's grey scale.

import { cellSize } from "./grid_layout";
import { type Pictures, pixelColors } from "./pixel_colors";
import { themeGreys } from "./theme_greys";

export interface GridShape {
  readonly columns: number;
  readonly rows: number;
}

export class GridPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #atlas = document.createElement("canvas");
  #scale: Uint32Array | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** Call when the theme has changed. */
  forgetColors(): void {
    this.#scale = null;
  }

  /** Fills the canvas, which already has its size in device pixels. */
  paint(pictures: Pictures, { columns, rows }: GridShape): void {
    const context = this.#canvas.getContext("2d");
    // Outside a document there are no colours.
    if (context === null || this.#canvas.width === 0 || !this.#canvas.isConnected) return;
    const count = Math.min(columns * rows, Math.floor(pictures.values.length / pictures.size));
    const from = this.#fillAtlas(pictures, columns, rows, count);
    const { width, height } = this.#canvas;
    const { size: side, gap, left } = cellSize(columns, width);
    context.clearRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    for (let index = 0; index < count; index += 1) {
      const column = index % columns;
      const row = (index - column) / columns;
      const x = left + column * (side + gap);
      const y = left + row * (side + gap);
      context.drawImage(this.#atlas, column * from, row * from, from, from, x, y, side, side);
    }
  }

  /** Returns the side of a picture in the atlas. */
  #fillAtlas(pictures: Pictures, columns: number, rows: number, count: number): number {
    this.#scale ??= themeGreys(this.#canvas);
    const { side, colorAt } = pixelColors(pictures, this.#scale);
    const [width, height] = [columns * side, rows * side];
    if (this.#atlas.width !== width || this.#atlas.height !== height) {
      [this.#atlas.width, this.#atlas.height] = [width, height];
    }
    const context = this.#atlas.getContext("2d", { willReadFrequently: true });
    const image = context?.createImageData(side, side);
    if (!image) return side;
    const pixels = new Uint32Array(image.data.buffer);
    for (let index = 0; index < count; index += 1) {
      for (let pixel = 0; pixel < pixels.length; pixel += 1) pixels[pixel] = colorAt(index, pixel);
      const column = index % columns;
      context?.putImageData(image, column * side, ((index - column) / columns) * side);
    }
    return side;
  }
}
