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
  paint(pictures: Pictures, shape: GridShape): void {
    const context = this.#canvas.getContext("2d");
    // Outside a document there are no colours.
    if (context === null || this.#canvas.width === 0 || !this.#canvas.isConnected) return;
    const from = this.#fillAtlas(pictures, shape);
    const { width, height } = this.#canvas;
    const { size: side, gap, left } = cellSize(shape.columns, width);
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    for (let row = 0; row < shape.rows; row += 1) {
      for (let column = 0; column < shape.columns; column += 1) {
        const x = left + column * (side + gap);
        const y = left + row * (side + gap);
        const at = [column * from, row * from, from, from] as const;
        context.drawImage(this.#atlas, ...at, x, y, side, side);
      }
    }
  }

  /** Returns the side of a picture in the atlas. */
  #fillAtlas(pictures: Pictures, { columns, rows }: GridShape): number {
    this.#scale ??= themeGreys(this.#canvas);
    const { side, colorAt } = pixelColors(pictures, this.#scale);
    const [width, height] = [columns * side, rows * side];
    if (this.#atlas.width !== width || this.#atlas.height !== height) {
      this.#atlas.width = width;
      this.#atlas.height = height;
    }
    const context = this.#atlas.getContext("2d", { willReadFrequently: true });
    if (context === null) return side;
    const image = context.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const count = Math.min(columns * rows, Math.floor(pictures.values.length / pictures.size));
    for (let index = 0; index < count; index += 1) {
      const corner = Math.floor(index / columns) * side * width + (index % columns) * side;
      for (let pixel = 0; pixel < side * side; pixel += 1) {
        const at = corner + Math.floor(pixel / side) * width + (pixel % side);
        pixels[at] = colorAt(index, pixel);
      }
    }
    context.putImageData(image, 0, 0);
    return side;
  }
}
