// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-points>`: real points in blue and generated ones in orange, in the square from -1 to 1.

import { css, html, LitElement } from "lit";
import { cssColor, onThemeChange } from "../theme";

const SIDE = 400;
const RADIUS = 3;

export class Points extends LitElement {
  static override properties = {
    real: { attribute: false },
    generated: { attribute: false },
    label: {},
  };

  static override styles = css`
    :host {
      display: block;
      aspect-ratio: 1;
    }

    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }
  `;

  /** (n, 2) */
  declare real: Float32Array;
  declare generated: Float32Array;
  /** What a screen reader says of it. */
  declare label: string;
  #endTheme: () => void = () => {};

  constructor() {
    super();
    this.real = new Float32Array(0);
    this.generated = new Float32Array(0);
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
    const side = SIDE * 2; // sharp on dense screens too
    return html`<canvas width=${side} height=${side} role="img" aria-label=${this.label}></canvas>`;
  }

  override updated(): void {
    const context = this.renderRoot.querySelector("canvas")?.getContext("2d");
    if (!context) return;
    context.setTransform(2, 0, 0, 2, 0, 0);
    context.clearRect(0, 0, SIDE, SIDE);
    drawAll(context, this.real, cssColor("--real"), 0.3);
    drawAll(context, this.generated, cssColor("--generated"), 0.75);
  }
}

function drawAll(
  context: CanvasRenderingContext2D,
  points: Float32Array,
  color: string,
  opacity: number,
): void {
  context.fillStyle = color;
  context.globalAlpha = opacity;
  for (let i = 0; i + 1 < points.length; i += 2) {
    // What flies out of the square is held at its edge, where it still is seen.
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0].map((value) =>
      Math.max(-1, Math.min(1, value)),
    );
    context.beginPath();
    context.arc(
      RADIUS + (((x ?? 0) + 1) / 2) * (SIDE - 2 * RADIUS),
      RADIUS + ((1 - (y ?? 0)) / 2) * (SIDE - 2 * RADIUS),
      RADIUS,
      0,
      2 * Math.PI,
    );
    context.fill();
  }
}

customElements.define("gv-points", Points);
