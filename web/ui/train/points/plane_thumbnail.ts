// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-plane-thumbnail>`: real points in a picture of a few dozen pixels; decorates a label.

import { PaintedElement } from "../../elements/painted_element";
import { cssColor } from "../../platform/theme";

/** CSS pixels. */
const DOT = 1.25;

export class PlaneThumbnail extends PaintedElement {
  static override properties = { ...PaintedElement.properties, points: { attribute: false } };

  /** (n, 2); null until available. */
  declare points: ArrayLike<number> | null;

  constructor() {
    super();
    this.points = null;
  }

  protected override paint(context: CanvasRenderingContext2D): void {
    if (this.points === null) return;
    const { canvas } = context;
    const side = canvas.clientWidth;
    canvas.width = Math.round(side * devicePixelRatio);
    canvas.height = canvas.width;
    context.scale(devicePixelRatio, devicePixelRatio);
    context.fillStyle = cssColor(canvas, "--real");
    const half = side / 2;
    for (let at = 0; at + 1 < this.points.length; at += 2) {
      const [x = 0, y = 0] = [this.points[at], this.points[at + 1]];
      context.fillRect(half + x * half - DOT / 2, half - y * half - DOT / 2, DOT, DOT);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-plane-thumbnail": PlaneThumbnail;
  }
}

customElements.define("gv-plane-thumbnail", PlaneThumbnail);
