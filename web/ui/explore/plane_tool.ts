// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-plane-tool>`: a sheet through latent space as a map of thumbnails, with the sample at the
// dragged position enlarged next to it.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import { clamp } from "../../engine/clamp";
import type { GridShape } from "../pixels/images";
import type { Pictures } from "../pixels/pixel_colors";
import { Kept } from "../platform/latest";
import type { Model } from "../state/models";
import { latentAt, type Place, placeUnder, pointOver, rowOf, type Sheet } from "./latents";
import { labelsFor, renderIntro, ToolElement } from "./tool";
import { toolStyles } from "./tool_styles";
import "../elements/image_grid";
import "../elements/picture";

const SIDE = 7;
const SHAPE: GridShape = { columns: SIDE, rows: SIDE };
const MIDDLE: Place = { across: 0.5, down: 0.5 };
/** Distance per arrow key press; ten times with Shift. */
const KEY_STEP = 0.02;

export class PlaneTool extends ToolElement {
  static override styles = [
    ...toolStyles,
    css`
      #map {
        position: relative;
        width: var(--side);
        aspect-ratio: 1;
        touch-action: none;
        cursor: crosshair;
        user-select: none;
      }

      #map gv-image-grid {
        position: absolute;
        inset: 2px;
        opacity: 0.75;
      }

      #handle {
        position: absolute;
        width: 13%;
        aspect-ratio: 1;
        border: 3px solid var(--generated);
        border-radius: 50%;
        box-shadow: 0 0 0 2px var(--surface), inset 0 0 0 2px var(--surface);
        transform: translate(-50%, -50%);
        pointer-events: none;
      }

      #sample {
        max-width: 22rem;
      }

      @container (max-width: 899px) {
        #sample {
          order: -2;
          max-width: 11rem;
          justify-self: center;
        }
      }
    `,
  ];

  readonly #sheets = new Kept<Sheet>();
  readonly #maps = new Kept<Pictures>();
  #map: Pictures | null = null;
  #sample: Float32Array | null = null;

  override render() {
    const { model } = this.explorer.state;
    const place = this.#place;
    const { x, y } = pointOver(place, SIDE);
    const percent = (share: number): string => `${Math.round(share * 100)}\u202f%`;
    const where = msg(str`${percent(place.across)} across, ${percent(place.down)} down`);
    const size = String(model?.config.latent_size ?? "");
    return html`
      <div id="map" class="generated" tabindex="0" role="slider" aria-label=${msg("Place on the map")}
        aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(place.across * 100)}
        aria-valuetext=${where} @pointerdown=${this.#grab} @pointermove=${this.#drag}
        @keydown=${this.#onKey}>
        <gv-image-grid .pictures=${this.#map} .shape=${SHAPE}
          label=${msg("Samples across the map")}></gv-image-grid>
        <div id="handle" .style="left: ${x * 100}%; top: ${y * 100}%"></div>
      </div>
      <div class="controls">
        ${renderIntro(
          msg("A map of what the generator can draw"),
          msg(
            str`Every point on this map is a latent, a list of ${size} numbers, and the generator turns each latent into a picture. Drag across it: neighbours look alike, and in between the picture changes smoothly.`,
          ),
        )}
        <gv-picture id="sample" class="generated large" .image=${this.#sample}
          label=${msg(str`The sample at ${where}`)}></gv-picture>
        ${
          model?.conditional
            ? html`<div class="field">
                <span class="small soft">
                  ${model.ofDigits ? msg("Requested digit") : msg("Requested class")}
                </span>
                ${this.renderClasses()}
              </div>`
            : nothing
        }
        <div class="buttons">
          ${this.renderDice(msg("New map"))}
        </div>
      </div>
    `;
  }

  get #place(): Place {
    const [across, down] = this.explorer.at;
    const within = (share: number): boolean => share >= 0 && share <= 1;
    if (across === undefined || down === undefined || !within(across) || !within(down))
      return MIDDLE;
    return { across, down };
  }

  protected override async compute(model: Model): Promise<void> {
    const { latent: seed } = this.choice;
    const digit = this.chosenClass;
    const { session, size } = model;
    const sheet = await this.#sheets.of([model, seed], () => sheetOf(model, seed));
    const latents = latentAt(sheet, this.#place);
    this.#sample = await session.generate({ latents, ...labelsFor(model, [digit]) });
    this.requestUpdate();
    this.#map = await this.#maps.of([sheet, digit], async () => {
      const { origin, right, below } = sheet;
      const grid = await session.latentPlane({ origin, right, below, rows: SIDE, columns: SIDE });
      const labels = labelsFor(model, new Array<number>(SIDE * SIDE).fill(digit));
      return { values: await session.generate({ latents: grid, ...labels }), size, off: -1, on: 1 };
    });
  }

  readonly #grab = (event: PointerEvent): void => {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#moveTo(event);
  };

  readonly #drag = (event: PointerEvent): void => {
    const map = event.currentTarget as HTMLElement;
    if (map.hasPointerCapture(event.pointerId)) this.#moveTo(event);
  };

  #moveTo(event: PointerEvent): void {
    const { left, top, width, height } = (
      event.currentTarget as HTMLElement
    ).getBoundingClientRect();
    const place = placeUnder((event.clientX - left) / width, (event.clientY - top) / height, SIDE);
    this.explorer.moveTo(place.across, place.down);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const ways: Record<string, readonly [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const way = ways[event.key];
    if (way === undefined) return;
    event.preventDefault();
    const step = event.shiftKey ? 10 * KEY_STEP : KEY_STEP;
    const { across, down } = this.#place;
    const along = (from: number, by: number): number => clamp(from + by * step, 0, 1);
    this.explorer.moveTo(along(across, way[0]), along(down, way[1]));
  };
}

/** The sheet through three latents of the seed; the core computes the fourth corner. */
async function sheetOf({ session, config }: Model, seed: number): Promise<Sheet> {
  const size = config.latent_size;
  const drawn = await session.drawLatents({ count: 3, seed });
  const [origin, right, below] = [0, 1, 2].map((index) => rowOf(drawn, index, size));
  if (!origin || !right || !below) throw new Error("expected three latents");
  const corners = await session.latentPlane({ origin, right, below, rows: 2, columns: 2 });
  return { origin, right, below, far: rowOf(corners, 3, size) };
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-plane-tool": PlaneTool;
  }
}

customElements.define("gv-plane-tool", PlaneTool);
