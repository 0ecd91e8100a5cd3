// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-points>`: real points in blue and generated points in orange, in the square from -1 to 1.

import { css } from "lit";
import { clamp } from "../../engine/clamp";
import { PaintedElement } from "../elements/painted_element";
import { cssColor } from "../platform/theme";

const SIDE = 400;
const RADIUS = 3;

export class Points extends PaintedElement {
  static override properties = {
    ...PaintedElement.properties,
    real: { attribute: false },
    generated: { attribute: false },
  };

  static override styles = [
    PaintedElement.styles,
    css`
      :host {
        aspect-ratio: 1;
      }
    `,
  ];

  /** (n, 2) */
  declare real: Float32Array;
  declare generated: Float32Array;

  constructor() {
    super();
    this.real = new Float32Array(0);
    this.generated = new Float32Array(0);
  }

  protected override paint(context: CanvasRenderingContext2D): void {
    // Twice the resolution, for dense screens.
    [context.canvas.width, context.canvas.height] = [2 * SIDE, 2 * SIDE];
    context.scale(2, 2);
    drawAll(context, this.real, cssColor(context.canvas, "--real"), 0.3);
    drawAll(context, this.generated, cssColor(context.canvas, "--generated"), 0.75);
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
    // Points outside the square are drawn at its edge, where they stay visible.
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0].map((value) => clamp(value, -1, 1));
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

declare global {
  interface HTMLElementTagNameMap {
    "gv-points": Points;
  }
}

customElements.define("gv-points", Points);
