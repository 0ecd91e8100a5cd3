// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-plane-thumbnail>`: real points in a picture of a few dozen pixels, an ornament of its label.

import { css, html, LitElement } from "lit";
import { cssColor, onThemeChange } from "../theme";

/** CSS pixels. */
const DOT = 1.25;

export class PlaneThumbnail extends LitElement {
  static override properties = { points: { attribute: false } };

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

  /** (n, 2), or null for none yet. */
  declare points: ArrayLike<number> | null;
  #endTheme: () => void = () => {};

  constructor() {
    super();
    this.points = null;
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
    return html`<canvas aria-hidden="true"></canvas>`;
  }

  override updated(): void {
    const canvas = this.renderRoot.querySelector("canvas");
    const context = canvas?.getContext("2d");
    if (!canvas || !context || this.points === null) return;
    const side = canvas.clientWidth;
    canvas.width = Math.round(side * devicePixelRatio);
    canvas.height = canvas.width;
    context.scale(devicePixelRatio, devicePixelRatio);
    context.fillStyle = cssColor("--real");
    const half = side / 2;
    for (let at = 0; at + 1 < this.points.length; at += 2) {
      const [x = 0, y = 0] = [this.points[at], this.points[at + 1]];
      context.fillRect(half + x * half - DOT / 2, half - y * half - DOT / 2, DOT, DOT);
    }
  }
}

customElements.define("gv-plane-thumbnail", PlaneThumbnail);
