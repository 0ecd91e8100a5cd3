// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Draws pixel values as a grid of 28 x 28 images on a canvas. Each image is scaled up smoothly on
// its own, so that neighbours do not bleed into each other, in the theme's grey scale.

import { IMAGE_PIXELS, IMAGE_SIDE } from "../../engine/types";
import { greyPixels } from "./grey_scale";
import { cellSize } from "./grid_layout";
import { themeGreys } from "./theme_greys";

/** Values of all images in sequence, and the values at the ends of the grey scale. */
export interface Pictures {
  readonly values: Float32Array | Uint8Array;
  readonly off: number;
  readonly on: number;
}

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
  paint(pictures: Pictures, shape: GridShape): void {
    const context = this.#canvas.getContext("2d");
    // Outside a document there are no colours.
    if (context === null || this.#canvas.width === 0 || !this.#canvas.isConnected) return;
    this.#fillAtlas(pictures, shape);
    const { width, height } = this.#canvas;
    const { size: side, gap, left } = cellSize(shape.columns, width);
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    for (let row = 0; row < shape.rows; row += 1) {
      for (let column = 0; column < shape.columns; column += 1) {
        const x = left + column * (side + gap);
        const y = left + row * (side + gap);
        const from = [column * IMAGE_SIDE, row * IMAGE_SIDE, IMAGE_SIDE, IMAGE_SIDE] as const;
        context.drawImage(this.#atlas, ...from, x, y, side, side);
      }
    }
  }

  #fillAtlas({ values, off, on }: Pictures, { columns, rows }: GridShape): void {
    const width = columns * IMAGE_SIDE;
    if (this.#atlas.width !== width || this.#atlas.height !== rows * IMAGE_SIDE) {
      this.#atlas.width = width;
      this.#atlas.height = rows * IMAGE_SIDE;
    }
    const context = this.#atlas.getContext("2d", { willReadFrequently: true });
    if (context === null) return;
    this.#scale ??= themeGreys(this.#canvas);
    const pixelOf = greyPixels(this.#scale, off, on);
    const image = context.createImageData(width, rows * IMAGE_SIDE);
    const pixels = new Uint32Array(image.data.buffer);
    const count = Math.min(columns * rows, Math.floor(values.length / IMAGE_PIXELS));
    for (let index = 0; index < count; index += 1) {
      const corner =
        Math.floor(index / columns) * IMAGE_SIDE * width + (index % columns) * IMAGE_SIDE;
      for (let pixel = 0; pixel < IMAGE_PIXELS; pixel += 1) {
        const at = corner + Math.floor(pixel / IMAGE_SIDE) * width + (pixel % IMAGE_SIDE);
        pixels[at] = pixelOf(values[index * IMAGE_PIXELS + pixel] ?? off);
      }
    }
    context.putImageData(image, 0, 0);
  }
}
