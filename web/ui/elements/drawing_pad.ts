// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-drawing-pad>`: paper with a smooth pen, for mouse, pen and finger. It holds no drawing of
// its own: it shows the one it is given and emits "draw" with the stroke as the pen moves.

import { css, html, LitElement, type PropertyValues } from "lit";
import { clamp } from "../../engine/clamp";
import { IMAGE_SIDE } from "../../engine/types";
import { type Drawing, EMPTY, PEN_RADIUS, type Point, type Stroke } from "../pixels/drawing";
import { cssColor, onThemeChange } from "../platform/theme";
import "./picture";

/** Points closer to the last one than this (in pad widths) are skipped. */
const LEAST_DISTANCE = 0.004;

export class DrawingPad extends LitElement {
  static override properties = {
    drawing: { attribute: false },
    label: {},
    hint: {},
  };

  static override styles = css`
    :host {
      position: relative;
      display: block;
      aspect-ratio: 1;
      overflow: hidden;
      border: 1px solid var(--line-strong);
      border-radius: var(--radius);
      background: var(--pixel-off);
      touch-action: none;
      cursor: crosshair;
    }

    gv-picture {
      position: absolute;
      inset: 0;
    }

    canvas {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
    }

    p {
      position: absolute;
      inset: auto 0 0;
      margin: 0;
      padding: 0.375rem;
      color: var(--ink-soft);
      font-size: var(--text-small);
      text-align: center;
      pointer-events: none;
    }
  `;

  declare drawing: Drawing;
  declare label: string;
  /** Shown until the first stroke. */
  declare hint: string;
  readonly #resizes = new ResizeObserver(() => this.#paint());
  #endTheme: () => void = () => {};
  #stroke: Stroke | null = null;

  constructor() {
    super();
    this.drawing = EMPTY;
    this.label = "";
    this.hint = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    this.#endTheme = onThemeChange(() => this.#paint());
    this.addEventListener("pointerdown", this.#down);
    this.addEventListener("pointermove", this.#move);
    this.addEventListener("pointerup", this.#up);
    this.addEventListener("pointercancel", this.#up);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#endTheme();
  }

  override render() {
    return html`
      <gv-picture .image=${this.drawing.base}></gv-picture>
      <canvas role="img" aria-label=${this.label}></canvas>
      ${this.drawing.strokes.length === 0 ? html`<p>${this.hint}</p>` : ""}
    `;
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("drawing")) this.#paint();
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    this.setPointerCapture(event.pointerId);
    this.dispatchEvent(new Event("begin"));
    this.#stroke = [this.#pointOf(event)];
    this.#emit();
  };

  readonly #move = (event: PointerEvent): void => {
    if (this.#stroke === null || !event.isPrimary) return;
    // Browsers bundle a fast pen's positions into one event per frame.
    const bundle = event.getCoalescedEvents?.() ?? [];
    for (const each of bundle.length > 0 ? bundle : [event]) {
      const point = this.#pointOf(each);
      const last = this.#stroke.at(-1) ?? point;
      if (Math.hypot(point.x - last.x, point.y - last.y) < LEAST_DISTANCE) continue;
      this.#stroke = [...this.#stroke, point];
    }
    this.#emit();
  };

  readonly #up = (event: PointerEvent): void => {
    if (!event.isPrimary) return;
    this.#stroke = null;
  };

  /** Emits the stroke so far, which replaces the previous one. */
  #emit(): void {
    if (this.#stroke === null) return;
    this.dispatchEvent(new CustomEvent<Stroke>("draw", { detail: this.#stroke }));
  }

  #pointOf({ clientX, clientY }: PointerEvent): Point {
    const { left, top, width, height } = this.getBoundingClientRect();
    return { x: clamp((clientX - left) / width, 0, 1), y: clamp((clientY - top) / height, 0, 1) };
  }

  #paint(): void {
    const canvas = this.renderRoot?.querySelector("canvas");
    const context = canvas?.getContext("2d");
    if (!canvas || !context) return;
    const side = Math.round(this.clientWidth * devicePixelRatio);
    if (canvas.width !== side) [canvas.width, canvas.height] = [side, side];
    context.clearRect(0, 0, side, side);
    context.lineWidth = (2 * PEN_RADIUS * side) / IMAGE_SIDE;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = cssColor(this, "--pixel-on");
    for (const stroke of this.drawing.strokes) {
      context.beginPath();
      trace(context, stroke, side);
      context.stroke();
    }
  }
}

/** Curves through the midpoints between points, to avoid corners. */
function trace(context: CanvasRenderingContext2D, stroke: Stroke, side: number): void {
  const [first, ...rest] = stroke.map(({ x, y }) => ({ x: x * side, y: y * side }));
  if (first === undefined) return;
  context.moveTo(first.x, first.y);
  let last = first;
  for (const point of rest) {
    context.quadraticCurveTo(last.x, last.y, (last.x + point.x) / 2, (last.y + point.y) / 2);
    last = point;
  }
  context.lineTo(last.x, last.y);
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-drawing-pad": DrawingPad;
  }
}

customElements.define("gv-drawing-pad", DrawingPad);
