// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-picture>`: one picture that fills its box, grey ones in the theme's grey scale, optionally with
// the discriminator's saliency in colour on top.

import { css } from "lit";
import { paintPicture } from "../pixels/picture";
import { PaintedElement } from "./painted_element";

export class Picture extends PaintedElement {
  static override properties = {
    ...PaintedElement.properties,
    image: { attribute: false },
    saliency: { attribute: false },
    crisp: { type: Boolean, reflect: true },
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

      :host([crisp]) canvas {
        image-rendering: pixelated;
      }
    `,
  ];

  /** A sample's values, -1 paper to 1 ink; null until known. */
  declare image: Float32Array | null;
  /** As many values, how more of each changes the discriminator's score; null for none. */
  declare saliency: Float32Array | null;
  /** Whether to show pixels as squares instead of smoothing them. */
  declare crisp: boolean;

  constructor() {
    super();
    this.image = null;
    this.saliency = null;
    this.crisp = false;
  }

  protected override paint(context: CanvasRenderingContext2D): void {
    paintPicture(context, this.image, this.saliency);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-picture": Picture;
  }
}

customElements.define("gv-picture", Picture);
