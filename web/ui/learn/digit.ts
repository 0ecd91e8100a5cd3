// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-digit>`: one 28 x 28 picture as large as its box: grey values, or signed ones in the two
// colours, blue for what makes it look more real and orange for more generated.

import { css } from "lit";
import { IMAGE_PIXELS, IMAGE_SIDE } from "../../engine/types";
import { PaintedElement } from "../elements/painted_element";
import { greyScale, LEVELS } from "../pixels/grey_scale";
import { paintSigned } from "../pixels/signed_image";
import { cssColor } from "../platform/theme";

export class Digit extends PaintedElement {
  static override properties = {
    ...PaintedElement.properties,
    values: { attribute: false },
    signed: { type: Boolean },
    crisp: { type: Boolean, reflect: true },
  };

  static override styles = [
    PaintedElement.styles,
    css`
      :host {
        aspect-ratio: 1;
        overflow: hidden;
        border-radius: 3px;
        background: var(--pixel-off);
      }

      :host([crisp]) canvas {
        image-rendering: pixelated;
      }
    `,
  ];

  /** (784) in -1 to 1; signed ones are shown in parts of the largest. */
  declare values: Float32Array | null;
  declare signed: boolean;
  /** Whether pixels show as squares. */
  declare crisp: boolean;

  constructor() {
    super();
    this.values = null;
    this.signed = false;
    this.crisp = false;
  }

  protected override paint(context: CanvasRenderingContext2D): void {
    [context.canvas.width, context.canvas.height] = [IMAGE_SIDE, IMAGE_SIDE];
    if (this.values === null) return;
    const image = context.createImageData(IMAGE_SIDE, IMAGE_SIDE);
    if (this.signed) paintSigned(image.data, this.values);
    else paintGrey(new Uint32Array(image.data.buffer), this.values);
    context.putImageData(image, 0, 0);
  }
}

function paintGrey(pixels: Uint32Array, values: Float32Array): void {
  const scale = greyScale(cssColor("--pixel-off"), cssColor("--pixel-on"));
  for (let i = 0; i < IMAGE_PIXELS; i += 1) {
    const level = Math.round((((values[i] ?? -1) + 1) / 2) * (LEVELS - 1));
    pixels[i] = scale[Math.max(0, Math.min(LEVELS - 1, level))] ?? 0;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-digit": Digit;
  }
}

customElements.define("gv-digit", Digit);
