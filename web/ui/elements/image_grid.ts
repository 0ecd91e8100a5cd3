// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-image-grid>`: draws images in a grid that fills its box, at most once per frame.

import { css, html, LitElement } from "lit";
import { GridPainter, type GridShape } from "../pixels/images";
import type { Pictures } from "../pixels/pixel_colors";
import { onThemeChange } from "../platform/theme";

export class ImageGrid extends LitElement {
  static override properties = {
    pictures: { attribute: false },
    shape: { attribute: false },
    label: {},
  };

  static override styles = css`
    :host {
      display: block;
    }

    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }
  `;

  /** null leaves the canvas empty. */
  declare pictures: Pictures | null;
  declare shape: GridShape;
  /** Text for screen readers. */
  declare label: string;
  #painter: GridPainter | null = null;
  #endTheme: () => void = () => {};
  readonly #resizes = new ResizeObserver(() => this.#resize());

  constructor() {
    super();
    this.pictures = null;
    this.shape = { columns: 8, rows: 8 };
    this.label = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    this.#endTheme = onThemeChange(() => {
      this.#painter?.forgetColors();
      this.#paint();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#endTheme();
  }

  override render() {
    return html`<canvas role="img" aria-label=${this.label}></canvas>`;
  }

  override firstUpdated(): void {
    const canvas = this.renderRoot.querySelector("canvas");
    if (canvas !== null) this.#painter = new GridPainter(canvas);
    this.#resize();
  }

  override updated(): void {
    this.#paint();
  }

  #resize(): void {
    const canvas = this.renderRoot?.querySelector("canvas");
    if (!canvas) return;
    const { width, height } = this.getBoundingClientRect();
    const pixels = [width, height].map((side) => Math.round(side * devicePixelRatio)) as [
      number,
      number,
    ];
    if (canvas.width === pixels[0] && canvas.height === pixels[1]) return;
    [canvas.width, canvas.height] = pixels;
    this.#paint();
  }

  #paint(): void {
    if (this.pictures !== null) this.#painter?.paint(this.pictures, this.shape);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-image-grid": ImageGrid;
  }
}

customElements.define("gv-image-grid", ImageGrid);
