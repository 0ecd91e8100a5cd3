// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-picture>`: one image of 28 x 28, as large as its place, in the theme's own two ends of the grey
// scale; over it, if given, which pixels the discriminator wants otherwise.

import { css, html, LitElement } from "lit";
import { IMAGE_PIXELS, IMAGE_SIDE } from "../../api/types";
import { greyScale, LEVELS, parseHex } from "../grey_scale";
import { cssColor, onThemeChange } from "../theme";

export class Picture extends LitElement {
  static override properties = {
    image: { attribute: false },
    saliency: { attribute: false },
    label: {},
  };

  static override styles = css`
    :host {
      display: block;
      aspect-ratio: 1;
      overflow: hidden;
      border-radius: var(--picture-radius, 4px);
      background: var(--pixel-off);
    }

    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }
  `;

  /** (784), -1 paper to 1 ink; null while it is not known. */
  declare image: Float32Array | null;
  /** (784), how more ink on a pixel moves the discriminator towards real; null for none. */
  declare saliency: Float32Array | null;
  /** What a screen reader says of it; empty where what holds it says that already. */
  declare label: string;
  #endTheme: () => void = () => {};

  constructor() {
    super();
    this.image = null;
    this.saliency = null;
    this.label = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endTheme = onThemeChange(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endTheme();
  }

  override render() {
    return this.label === ""
      ? html`<canvas width=${IMAGE_SIDE} height=${IMAGE_SIDE} aria-hidden="true"></canvas>`
      : html`<canvas width=${IMAGE_SIDE} height=${IMAGE_SIDE} role="img" aria-label=${this.label}></canvas>`;
  }

  override updated(): void {
    const context = this.renderRoot.querySelector("canvas")?.getContext("2d");
    if (!context) return;
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

customElements.define("gv-picture", Picture);
