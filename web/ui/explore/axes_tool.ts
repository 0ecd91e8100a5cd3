// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-axes-tool>`: a slider for each number of one latent, with pictures of what its two ends
// would give.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import { clamp } from "../../engine/clamp";
import { diceIcon, resetIcon } from "../elements/icons";
import { formatFixed } from "../platform/format";
import { Kept } from "../platform/latest";
import type { Model } from "../state/models";
import { imageAt } from "./latents";
import { labelsFor, renderIntro, ToolElement } from "./tool";
import { toolStyles } from "./tool_styles";
import "../elements/picture";

type Floats = Float32Array<ArrayBuffer>;

/** About 99 % of the normal distribution that latents come from. */
const REACH = 2.5;
const FIRST_SHOWN = 16;

export class AxesTool extends ToolElement {
  static override properties = { ...ToolElement.properties, all: { state: true } };

  static override styles = [
    ...toolStyles,
    css`
      .controls {
        max-width: none;
      }

      .stage {
        display: grid;
        gap: 0.875rem;
        position: sticky;
        top: 0.5rem;
        background: var(--page);
      }

      .stage .large {
        width: calc(var(--side) - 6.5rem);
        justify-self: center;
      }

      #axes {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr));
        gap: 0.25rem 1.25rem;
        max-height: max(18rem, var(--ganvas-height) - 23rem);
        padding: 2px;
        overflow-y: auto;
      }

      .axis {
        display: grid;
        grid-template-columns: 2rem 2.25rem minmax(0, 1fr) 2.25rem 2.5rem;
        gap: 0.375rem;
        align-items: center;
      }

      .axis .number:last-child {
        text-align: end;
      }

      @container (max-width: 899px) {
        .stage {
          z-index: 1;
          padding-bottom: 0.5rem;
        }

        .stage .large {
          width: 50%;
        }

        #axes {
          max-height: none;
          grid-template-columns: minmax(0, 1fr);
        }

        .axis {
          grid-template-columns: 2rem 2.75rem minmax(0, 1fr) 2.75rem 2.5rem;
        }
      }
    `,
  ];

  /** Whether all numbers are shown, not only the first ones. */
  declare all: boolean;
  readonly #bases = new Kept<Floats>();
  /** The latent as drawn, and with the sliders' changes. */
  #base: Floats | null = null;
  #latent: Floats | null = null;
  #sample: Float32Array | null = null;
  /** Two images for each axis that was visible, and how many those were. */
  #ends: Floats | null = null;
  #computed = 0;

  constructor() {
    super();
    this.all = false;
  }

  override render() {
    const { model } = this.explorer.state;
    const size = model?.config.latent_size ?? 0;
    const shown = this.#shown(size);
    return html`
      <div class="stage">
        <gv-picture id="sample" class="generated large" .image=${this.#sample}
          label=${msg("The sample for these numbers")}></gv-picture>
        ${this.renderClasses()}
      </div>
      <div class="controls">
        ${renderIntro(
          msg("One number at a time"),
          msg(
            "A latent is just a list of these numbers. The pictures at the ends of a slider show what moving it there would give. A single number need not mean anything: nothing in training puts slant into one number and stroke width into another.",
          ),
        )}
        <div class="buttons">
          <button id="new" @click=${() => this.#draw()}>${diceIcon}${msg("Random")}</button>
          <button id="zero" @click=${() => this.#zero(size)}>${resetIcon}${msg("All to 0")}</button>
          ${
            size > FIRST_SHOWN
              ? html`<button id="all" class="quiet" @click=${() => this.#showAll()}>
                  ${
                    this.all
                      ? msg(str`Show the first ${String(FIRST_SHOWN)}`)
                      : msg(str`Show all ${String(size)}`)
                  }
                </button>`
              : nothing
          }
        </div>
        <div id="axes" tabindex="0" role="group" aria-label=${msg("The latent’s numbers")}>
          ${Array.from({ length: shown }, (_, axis) => this.#renderAxis(axis))}
        </div>
      </div>
    `;
  }

  #renderAxis(axis: number) {
    const value = this.#latent?.[axis] ?? 0;
    const ends = 2 * this.#computed;
    const name = `z${axis + 1}`;
    return html`
      <div class="axis small">
        <span class="number soft" aria-hidden="true">${name}</span>
        <gv-picture .image=${imageAt(this.#ends, 2 * axis, ends)}></gv-picture>
        <input type="range" min=${-REACH} max=${REACH} step="0.05" data-axis=${axis}
          aria-label=${name} aria-valuetext=${formatFixed(value, 2)} .value=${String(value)}
          @input=${(event: Event) =>
            this.#set(axis, Number((event.target as HTMLInputElement).value))} />
        <gv-picture .image=${imageAt(this.#ends, 2 * axis + 1, ends)}></gv-picture>
        <span class="number" aria-hidden="true">${formatFixed(value, 2)}</span>
      </div>
    `;
  }

  #shown(size: number): number {
    return this.all ? size : Math.min(size, FIRST_SHOWN);
  }

  #showAll(): void {
    this.all = !this.all;
    this.ask();
  }

  /** Sets one axis; `at` holds pairs of an axis and its value for the axes that were moved. */
  #set(axis: number, value: number): void {
    const { at } = this.explorer;
    const pairs = Array.from({ length: at.length / 2 }, (_, i) => at.slice(2 * i, 2 * i + 2));
    const others = pairs.filter(([other]) => other !== axis);
    this.explorer.moveTo(...others.flat(), axis, value);
  }

  #zero(size: number): void {
    this.explorer.moveTo(...Array.from({ length: size }, (_, axis) => [axis, 0]).flat());
  }

  #draw(): void {
    this.explorer.moveTo();
    this.explorer.newLatents();
  }

  protected override async compute(model: Model): Promise<void> {
    const { session, config } = model;
    const { latent: seed } = this.choice;
    this.#base = await this.#bases.of([model, seed], () => session.drawLatents({ count: 1, seed }));
    const size = config.latent_size;
    const latent = this.#base.map((value) => clamp(value, -REACH, REACH));
    const { at } = this.explorer;
    for (let pair = 0; pair + 1 < at.length; pair += 2) {
      const [axis = -1, value = 0] = at.slice(pair, pair + 2);
      if (axis < size && Math.abs(value) <= REACH) latent[axis] = value;
    }
    this.#latent = latent;
    const shown = this.#shown(size);
    const latents = new Float32Array((1 + 2 * shown) * size);
    for (let row = 0; row < 1 + 2 * shown; row += 1) latents.set(latent, row * size);
    for (let axis = 0; axis < shown; axis += 1) {
      latents[(1 + 2 * axis) * size + axis] = -REACH;
      latents[(2 + 2 * axis) * size + axis] = REACH;
    }
    const labels = labelsFor(model, new Array<number>(1 + 2 * shown).fill(this.chosenClass));
    const images = await session.generate({ latents, ...labels });
    this.#sample = images.subarray(0, images.length / (1 + 2 * shown));
    this.#ends = images.subarray(this.#sample.length);
    this.#computed = shown;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-axes-tool": AxesTool;
  }
}

customElements.define("gv-axes-tool", AxesTool);
