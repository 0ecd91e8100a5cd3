// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-station-pixels>`: one pixel of a real digit, from its byte to D's input.

import { css, html } from "lit";
import { clamp } from "../../../engine/clamp";
import { IMAGE_SIDE } from "../../../engine/types";
import { normalize, type StepRecord } from "../../../lessons/step_record";
import { formatFixed } from "../../platform/format";
import { signedBars } from "../drawings";
import { pictureOf, StationElement } from "../station_element";
import "../../elements/picture";

const SHOWN = 8;

export class PixelsStation extends StationElement {
  static override properties = {
    ...StationElement.properties,
    digit: { state: true },
    row: { state: true },
    column: { state: true },
  };

  static override styles = [
    ...StationElement.styles,
    css`
      #picture {
        position: relative;
        display: block;
        width: min(100%, 22rem);
        min-height: 0;
        margin: 0 auto;
        padding: 0;
        border: 1px solid var(--line);
        border-top: 3px solid var(--real);
        cursor: crosshair;
        touch-action: none;
      }

      #mark {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        fill: none;
        stroke: var(--real);
        stroke-width: 0.3;
      }

      .chain {
        display: grid;
        grid-template-columns: 1fr auto 1fr auto 1fr;
        gap: 0.25rem 0.5rem;
        align-items: center;
        text-align: center;
      }

      .chain b {
        display: block;
        font-weight: 600;
        font-size: 1.25rem;
        font-variant-numeric: tabular-nums;
      }

      .pictures button {
        min-height: 0;
        padding: 2px;
        border: 2px solid transparent;
        background: none;
      }

      .pictures button > * {
        width: 100%;
      }

      .pictures button[aria-pressed="true"] {
        border-color: var(--ink);
      }
    `,
  ];

  declare digit: number;
  declare row: number;
  declare column: number;

  constructor() {
    super();
    this.digit = 0;
    this.row = 14;
    this.column = 14;
  }

  protected override newStep(record: StepRecord): void {
    this.digit = 0;
    this.#pointAtInk(record);
  }

  protected override renderStep({ flow }: StepRecord) {
    const { labels, row, column } = this;
    const picture = pictureOf(flow.real, this.digit);
    const input = picture[row * IMAGE_SIDE + column] ?? -1;
    const byte = Math.round(((input + 1) / 2) * 255);
    const { unit } = normalize(byte);
    const place = labels.pixel(row + 1, column + 1);
    return html`
      <button id="picture" aria-label=${labels.pixelButton(place)} @keydown=${this.#onKey}
        @pointerdown=${this.#onPointer} @pointermove=${this.#onPointer}>
        <gv-picture crisp .image=${picture}></gv-picture>
        <svg id="mark" viewBox="0 0 28 28" aria-hidden="true">
          <rect x=${column} y=${row} width="1" height="1"></rect>
        </svg>
      </button>
      <div class="chain" aria-live="polite">
        <span><b id="byte">${byte}</b><span class="small soft">${place}</span></span>
        <span class="soft" aria-hidden="true">→</span>
        <span><b id="unit">${formatFixed(unit, 3)}</b><span class="small soft"><code>÷ 255</code></span></span>
        <span class="soft" aria-hidden="true">→</span>
        <span><b id="input" class="real">${formatFixed(input, 3)}</b><span class="small soft"><code>(x − 0.5) ÷ 0.5</code></span></span>
      </div>
      <figure>
        <figcaption class="small soft">${labels.rowOfPixels(row + 1)}</figcaption>
        ${signedBars(
          picture.subarray(row * IMAGE_SIDE, (row + 1) * IMAGE_SIDE),
          1,
          labels.rowOfPixels(row + 1),
          "row",
          column,
        )}
      </figure>
      <div class="pictures" role="group" aria-label=${labels.otherDigits}>
        ${Array.from(
          { length: Math.min(SHOWN, flow.samples) },
          (
            _,
            i,
          ) => html`<button aria-pressed=${i === this.digit} aria-label=${labels.picture(i + 1)}
            @click=${() => this.#choose(i)}>
            <gv-picture .image=${pictureOf(flow.real, i)}></gv-picture>
          </button>`,
        )}
      </div>
    `;
  }

  #choose(index: number): void {
    this.digit = index;
    if (this.step !== null) this.#pointAtInk(this.step);
  }

  /** Selects a grey pixel near the middle row: grey shows more than black or white. */
  #pointAtInk({ flow }: StepRecord): void {
    const picture = pictureOf(flow.real, this.digit);
    let best = -1;
    for (const [i, value] of picture.entries()) {
      const nearness = (j: number): number =>
        Math.abs((picture[j] ?? -1) - 0.4) + 0.02 * Math.abs(Math.floor(j / IMAGE_SIDE) - 14);
      if (value > -0.9 && (best < 0 || nearness(i) < nearness(best))) best = i;
    }
    this.row = Math.max(0, Math.floor(best / IMAGE_SIDE));
    this.column = Math.max(0, best % IMAGE_SIDE);
  }

  readonly #onPointer = (event: PointerEvent): void => {
    if (event.type === "pointermove" && event.pointerType !== "mouse" && event.buttons === 0)
      return;
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const place = (at: number, from: number, size: number): number =>
      within(Math.floor(((at - from) / size) * IMAGE_SIDE));
    this.column = place(event.clientX, box.left, box.width);
    this.row = place(event.clientY, box.top, box.height);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.row = within(this.row + move[0]);
    this.column = within(this.column + move[1]);
  };
}

function within(at: number): number {
  return clamp(at, 0, IMAGE_SIDE - 1);
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-station-pixels": PixelsStation;
  }
}

customElements.define("gv-station-pixels", PixelsStation);
