// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-tiles>`: small matrices side by side as pictures (kernels, channels, a batch of noise), one
// square per value, in the theme's grey scale.

import { css } from "lit";
import { greyPixels } from "../pixels/grey_scale";
import { themeGreys } from "../pixels/theme_greys";
import type { TileSheet } from "../pixels/weight_pictures";
import { PaintedElement } from "./painted_element";

/** Between two tiles, in values. */
const GAP = 1;
/** Maximum size of a value in CSS pixels. */
const LARGEST_VALUE = 8;

export class Tiles extends PaintedElement {
  static override properties = {
    ...PaintedElement.properties,
    sheet: { attribute: false },
    columns: { type: Number },
  };

  static override styles = [
    PaintedElement.styles,
    css`
      canvas {
        image-rendering: pixelated;
      }
    `,
  ];

  declare sheet: TileSheet | null;
  /** Tiles per row. */
  declare columns: number;

  constructor() {
    super();
    this.sheet = null;
    this.columns = 1;
  }

  protected override paint(context: CanvasRenderingContext2D): void {
    if (this.sheet === null) return;
    paintSheet(context, this.sheet, this.columns);
    this.style.maxWidth = `${context.canvas.width * LARGEST_VALUE}px`;
  }
}

/** One canvas pixel per value; CSS scales the canvas up. */
function paintSheet(context: CanvasRenderingContext2D, sheet: TileSheet, columns: number): void {
  const { values, count, height, width, low, high } = sheet;
  const rows = Math.ceil(count / columns);
  const size = [columns * (width + GAP) - GAP, rows * (height + GAP) - GAP] as const;
  [context.canvas.width, context.canvas.height] = size;
  const pixelOf = greyPixels(themeGreys(context.canvas), low, high);
  const image = context.createImageData(...size);
  const pixels = new Uint32Array(image.data.buffer);
  for (let index = 0; index < count * height * width; index += 1) {
    const tile = Math.floor(index / (height * width));
    const row = Math.floor(tile / columns) * (height + GAP) + (Math.floor(index / width) % height);
    const column = (tile % columns) * (width + GAP) + (index % width);
    pixels[row * size[0] + column] = pixelOf(values[index] ?? low);
  }
  context.putImageData(image, 0, 0);
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-tiles": Tiles;
  }
}

customElements.define("gv-tiles", Tiles);
