// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-digit>`: one 28 x 28 picture as large as its box: grey values, or signed ones in the two
// colours, blue for what makes it look more real and orange for more generated.

import { css, html, LitElement } from "lit";
import { IMAGE_PIXELS, IMAGE_SIDE } from "../../api/types";
import { greyScale, LEVELS, parseHex } from "../grey_scale";
import { cssColor, onThemeChange } from "../theme";

export class Digit extends LitElement {
  static override properties = {
    values: { attribute: false },
    signed: { type: Boolean },
    crisp: { type: Boolean, reflect: true },
    label: {},
  };

  static override styles = css`
    :host {
      display: block;
      aspect-ratio: 1;
      overflow: hidden;
      border-radius: 3px;
      background: var(--pixel-off);
    }

    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }

    :host([crisp]) canvas {
      image-rendering: pixelated;
    }
  `;

  /** (784) in -1 to 1; signed ones are shown in parts of the largest. */
  declare values: Float32Array | null;
  declare signed: boolean;
  /** Whether pixels show as squares. */
  declare crisp: boolean;
  /** What a screen reader says of it; empty where the words around it say all. */
  declare label: string;
  #endTheme: () => void = () => {};

  constructor() {
    super();
    this.values = null;
    this.signed = false;
    this.crisp = false;
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
    const [width, height] = [IMAGE_SIDE, IMAGE_SIDE];
    return this.label === ""
      ? html`<canvas width=${width} height=${height} aria-hidden="true"></canvas>`
      : html`<canvas width=${width} height=${height} role="img" aria-label=${this.label}></canvas>`;
  }

  override updated(): void {
    const context = this.renderRoot.querySelector("canvas")?.getContext("2d");
    if (!context || this.values === null) return;
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

function paintSigned(data: Uint8ClampedArray, values: Float32Array): void {
  const [real, generated] = ["--real", "--generated"].map((name) => parseHex(cssColor(name)));
  const most = values.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-30);
  for (let i = 0; i < IMAGE_PIXELS; i += 1) {
    const value = values[i] ?? 0;
    const color = (value > 0 ? real : generated) ?? [];
    data.set([...color, Math.round((255 * Math.abs(value)) / most)], 4 * i);
  }
}

customElements.define("gv-digit", Digit);
