// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-point-pad>`: for painting the real points by pointer, finger or keyboard, from scratch or
// from a known distribution. Opens when attached.

import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { MOST_POINTS, printPoints } from "../../../config/point_text";
import { clamp } from "../../../engine/clamp";
import { POINT_DISTRIBUTIONS } from "../../../engine/types";
import { baseStyles } from "../../elements/base_styles";
import { dialogStyles } from "../../elements/dialog_styles";
import { closeIcon } from "../../elements/icons";
import { openModal } from "../../elements/modal";
import { arrowMove, type Point, placeAt } from "../../plane/plane";
import { PlanePainter } from "../../plane/plane_painter";
import { Strokes } from "../../plane/strokes";
import { formatCount } from "../../platform/format";
import { onThemeChange } from "../../platform/theme";
import { type Distribution, nameOf } from "../../words/distribution_words";

export class PointPad extends LitElement {
  static override properties = {
    points: { attribute: false },
    offers: { attribute: false },
    count: { state: true },
  };

  static override styles = [
    baseStyles,
    dialogStyles,
    css`
      dialog {
        width: min(28rem, calc(100vw - 1rem), calc(100dvh - 17rem));
        min-width: min(20rem, calc(100vw - 1rem));
        padding: 1rem 1.25rem 1.25rem;
      }

      p {
        margin: 0.25rem 0 0.75rem;
      }

      #pad {
        position: relative;
        aspect-ratio: 1;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--page);
        cursor: crosshair;
        touch-action: none;
        user-select: none;
      }

      /* Points can be drawn in [-1, 1], of the 1.25 that the plane shows. */
      #pad::before {
        content: "";
        position: absolute;
        inset: 10%;
        border: 1px dashed var(--line-strong);
        opacity: 0.6;
        pointer-events: none;
      }

      canvas {
        position: absolute;
        width: 100%;
        height: 100%;
      }

      .tools {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        align-items: center;
        margin-top: 0.75rem;
      }

      .tools output {
        margin-right: auto;
      }

      select {
        min-height: 2.5rem;
        padding: 0.25rem 0.5rem;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
        background: var(--surface);
        color: var(--ink);
        font: inherit;
      }

      #learn {
        margin-left: auto;
      }

      @media (max-width: 899px) {
        button,
        select {
          min-height: 2.75rem;
        }
      }
    `,
  ];

  /** Points drawn earlier, to continue from. */
  declare points: Float32Array | null;
  /** Points to start from. */
  declare offers: ReadonlyMap<Distribution, Float32Array>;
  declare count: number;
  readonly #strokes = new Strokes(Math.random);
  #painter: PlanePainter | null = null;
  /** The brush position for the keyboard; null while it is not in use. */
  #brush: Point | null = null;
  #endTheme: () => void = () => {};
  readonly #resizes = new ResizeObserver(() => this.#paint());

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    this.points = null;
    this.offers = new Map();
    this.count = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
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

  override firstUpdated(): void {
    openModal(this.renderRoot.querySelector("dialog"));
    const canvas = this.renderRoot.querySelector("canvas");
    if (canvas === null) return;
    this.#painter = new PlanePainter(canvas);
    this.#resizes.observe(canvas);
    if (this.points !== null) this.#strokes.add(this.points);
    this.#changed();
  }

  override render() {
    return html`
      <dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new Event("close"))}>
        <div class="title">
          <span id="title">${msg("Draw the real points")}</span>
          <button class="quiet" aria-label=${msg("Close")} @click=${this.#close}>${closeIcon}</button>
        </div>
        <p class="small soft" id="how">
          ${msg("Paint where the real points should be. With the keyboard: arrow keys move the brush, Space paints a dot, Shift with an arrow key paints a line.")}
        </p>
        <div id="pad" role="application" tabindex="0" aria-label=${msg("Drawing pad")}
          aria-describedby="how"
          @pointerdown=${this.#press} @pointermove=${this.#draw} @pointerup=${this.#lift}
          @pointercancel=${this.#lift} @keydown=${this.#key} @blur=${this.#putBrushAway}>
          <canvas role="img" aria-label=${this.#counted()}></canvas>
        </div>
        <div class="tools small">
          <output class="soft number">${this.#counted()}</output>
          <button id="undo" ?disabled=${this.count === 0} @click=${this.#undo}>${msg("Undo")}</button>
          <button id="clear" ?disabled=${this.count === 0} @click=${this.#clear}>${msg("Clear")}</button>
        </div>
        <div class="tools small">
          <select id="begin" aria-label=${msg("Start from")} @change=${this.#offer}>
            <option value="" selected>${msg("Start from …")}</option>
            ${POINT_DISTRIBUTIONS.map((data) => html`<option value=${data}>${nameOf(data)}</option>`)}
          </select>
          <button id="learn" class="primary" ?disabled=${this.count === 0} @click=${this.#learn}>
            ${msg("Learn these points")}
          </button>
        </div>
      </dialog>
    `;
  }

  #counted(): string {
    const [count, most] = [formatCount(this.count), formatCount(MOST_POINTS)];
    return this.count < MOST_POINTS
      ? msg(str`${count} points`)
      : msg(str`${most} points, an even selection of all`);
  }

  #changed(): void {
    this.count = this.#strokes.points().length / 2;
    this.#paint();
  }

  #paint(): void {
    const nothing = { field: null, lattice: null, generated: null, pulled: null, pulls: null };
    const scene = { ...nothing, real: this.#strokes.points(), mark: this.#brush };
    this.#painter?.paint(scene);
  }

  #placeOf(event: PointerEvent): Point {
    const { left, top, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return placeAt((event.clientX - left) / width, (event.clientY - top) / width);
  }

  readonly #press = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#brush = null;
    this.#strokes.begin(this.#placeOf(event));
    this.#changed();
  };

  readonly #draw = (event: PointerEvent): void => {
    if (!(event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId)) return;
    this.#strokes.to(this.#placeOf(event));
    this.#changed();
  };

  readonly #lift = (): void => this.#strokes.end();

  readonly #putBrushAway = (): void => {
    this.#brush = null;
    this.#paint();
  };

  readonly #key = (event: KeyboardEvent): void => {
    const move = arrowMove(event.key);
    const at = this.#brush ?? { x: 0, y: 0 };
    if (move !== undefined) {
      const [x, y] = [clamp(at.x + move[0], -1, 1), clamp(at.y + move[1], -1, 1)];
      if (event.shiftKey) {
        this.#strokes.begin(at);
        this.#strokes.to({ x, y });
        this.#strokes.end();
      }
      this.#brush = { x, y };
    } else if (event.key === " " || event.key === "Enter") {
      this.#brush = at;
      this.#strokes.begin(at);
      this.#strokes.end();
    } else if (event.key === "Backspace" || event.key === "Delete") {
      this.#strokes.undo();
    } else return;
    event.preventDefault();
    this.#changed();
  };

  readonly #undo = (): void => {
    this.#strokes.undo();
    this.#changed();
  };

  readonly #clear = (): void => {
    this.#strokes.clear();
    this.#changed();
  };

  readonly #offer = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    const points = this.offers.get(select.value as Distribution);
    select.value = "";
    if (points === undefined) return;
    this.#strokes.clear();
    this.#strokes.add(points.subarray(0, 2 * MOST_POINTS));
    this.#changed();
  };

  readonly #learn = (): void => {
    const detail = printPoints(this.#strokes.points());
    this.#close();
    this.dispatchEvent(new CustomEvent("learn", { detail }));
  };

  readonly #close = (): void => this.renderRoot.querySelector("dialog")?.close();
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-point-pad": PointPad;
  }

  interface HTMLElementEventMap {
    /** Drawn points, encoded as in a link. */
    learn: CustomEvent<string>;
  }
}

customElements.define("gv-point-pad", PointPad);
