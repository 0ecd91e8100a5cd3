// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-picture>`: one image of 28 x 28, as large as its place, in the theme's own two ends of the grey
// scale; over it, if given, which pixels the discriminator wants otherwise.

import { css } from "lit";
import { IMAGE_PIXELS, IMAGE_SIDE } from "../../engine/types";
import { PaintedElement } from "../elements/painted_element";
import { greyScale, LEVELS, parseHex } from "../pixels/grey_scale";
import { cssColor } from "../platform/theme";

export class Picture extends PaintedElement {
  static override properties = {
    ...PaintedElement.properties,
    image: { attribute: false },
    saliency: { attribute: false },
  };

  static override styles = [
    PaintedElement.styles,
    css`
      :host {
        aspect-ratio: 1;
        overflow: hidden;
        border-radius: var(--picture-radius, 4px);
        background: var(--pixel-off);
      }
    `,
  ];

  /** (784), -1 paper to 1 ink; null while it is not known. */
  declare image: Float32Array | null;
  /** (784), how more ink on a pixel moves the discriminator towards real; null for none. */
  declare saliency: Float32Array | null;

  constructor() {
    super();
    this.image = null;
    this.saliency = null;
  }

  protected override paint(context: CanvasRenderingContext2D): void {
    [context.canvas.width, context.canvas.height] = [IMAGE_SIDE, IMAGE_SIDE];
    const picture = context.createImageData(IMAGE_SIDE, IMAGE_SIDE);
    if (this.image !== null) fillGrey(picture, this.image, this.saliency === null ? 1 : FAINT);
    if (this.saliency !== null) blendSaliency(picture, this.saliency);
    context.putImageData(picture, 0, 0);
  }
}

/** The image's own contrast under a map of colours. */
const FAINT = 0.4;

function fillGrey({ data }: ImageData, image: Float32Array, contrast: number): void {
  const scale = greyScale(cssColor("--pixel-off"), cssColor("--pixel-on"));
  const pixels = new Uint32Array(data.buffer);
  for (let pixel = 0; pixel < IMAGE_PIXELS; pixel += 1) {
    const ink = (Math.max(-1, Math.min(1, image[pixel] ?? -1)) + 1) / 2;
    pixels[pixel] = scale[Math.round(ink * contrast * (LEVELS - 1))] ?? 0;
  }
}

/** Blue where more ink would look more real, orange where it would look more generated. */
function blendSaliency({ data }: ImageData, saliency: Float32Array): void {
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

declare global {
  interface HTMLElementTagNameMap {
    "gv-picture": Picture;
  }
}

customElements.define("gv-picture", Picture);
