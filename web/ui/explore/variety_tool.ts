// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-variety-tool>`: many samples whose latents are scaled down: typical samples at one end,
// varied ones at the other.

import { msg, str } from "@lit/localize";
import { css, html } from "lit";
import { diceIcon } from "../elements/icons";
import type { Pictures } from "../pixels/pixel_colors";
import { formatFixed } from "../platform/format";
import { Kept } from "../platform/latest";
import type { Model } from "../state/models";
import { classesInTurn, labelsFor, renderIntro, ToolElement } from "./tool";
import { toolStyles } from "./tool_styles";
import "../elements/image_grid";

type Floats = Float32Array<ArrayBuffer>;

/** For a conditional model, each column is one class. */
const COLUMNS = 10;
const SHAPE = { columns: COLUMNS, rows: COLUMNS };
const COUNT = COLUMNS * COLUMNS;

export class VarietyTool extends ToolElement {
  static override styles = [
    ...toolStyles,
    css`
      gv-image-grid {
        width: var(--side);
        aspect-ratio: 1;
      }

      .ends {
        display: flex;
        justify-content: space-between;
      }

      .bar {
        display: block;
        width: 100%;
        height: 6px;
        border-radius: 3px;
        background: var(--line);
        overflow: hidden;
      }

      .bar i {
        display: block;
        height: 100%;
        background: var(--generated);
      }

      /* Keeps the slider visible together with the samples. */
      @container (max-width: 899px) {
        .intro {
          order: 1;
        }
      }
    `,
  ];

  readonly #latents = new Kept<Floats>();
  readonly #whole = new Kept<number>();
  #pictures: Pictures | null = null;
  /** Relative to the variety without truncation. */
  #variety = 1;

  override render() {
    const { truncation } = this.choice;
    const { model } = this.explorer.state;
    const variety = `${Math.round(this.#variety * 100)}\u202f%`;
    return html`
      <gv-image-grid id="grid" class="generated" .pictures=${this.#pictures} .shape=${SHAPE}
        label=${
          model === null || model.ofDigits
            ? msg("A hundred samples; ten of each digit if the generator takes digits")
            : msg("A hundred samples; each column of one class if the generator takes classes")
        }>
      </gv-image-grid>
      <div class="controls">
        ${renderIntro(
          msg("Typical or varied"),
          msg(
            "Latents are multiplied by this number before the generator uses them. Near 0 all samples look alike and typical; at 1 they show all that the generator has learned, mistakes included.",
          ),
        )}
        <div class="field">
          <div class="row">
            <label for="truncation">${msg("Truncation")}</label>
            <b class="number">${formatFixed(truncation, 2)}</b>
          </div>
          <input id="truncation" type="range" min="0" max="100" step="1"
            aria-valuetext=${formatFixed(truncation, 2)}
            .value=${String(Math.round(truncation * 100))} @input=${this.#slide} />
          <div class="ends small soft" aria-hidden="true">
            <span>${msg("typical")}</span><span>${msg("varied")}</span>
          </div>
        </div>
        <div class="field">
          <div class="row small">
            <span>${msg("Differences between samples")}</span>
            <span class="number" id="variety">${msg(str`${variety} of the value at 1`)}</span>
          </div>
          <div class="bar" aria-hidden="true">
            <i .style="width: ${Math.min(1, this.#variety) * 100}%"></i>
          </div>
        </div>
        <div class="buttons">
          <button id="new" @click=${() => this.explorer.newLatents()}>
            ${diceIcon}${msg("Other samples")}
          </button>
        </div>
      </div>
    `;
  }

  readonly #slide = (event: Event): void => {
    this.explorer.choose({ truncation: Number((event.target as HTMLInputElement).value) / 100 });
  };

  protected override async compute(model: Model): Promise<void> {
    const { latent: seed, truncation } = this.choice;
    const { session, size } = model;
    const latents = await this.#latents.of([model, seed], () =>
      session.drawLatents({ count: COUNT, seed }),
    );
    const inRow = classesInTurn(model, COLUMNS);
    const labels = labelsFor(
      model,
      Array.from({ length: COUNT }, (_, index) => inRow[index % COLUMNS] ?? 0),
    );
    const values = await session.generate({ latents, ...labels, truncation });
    const whole = await this.#whole.of([latents], async () =>
      varietyOf(await session.generate({ latents, ...labels }), model),
    );
    this.#pictures = { values, size, off: -1, on: 1 };
    this.#variety = whole === 0 ? 0 : varietyOf(values, model) / whole;
  }
}

/** Root of the summed pixel variances; within each column for conditional models. */
function varietyOf(images: Floats, { conditional, size }: Model): number {
  const groups = conditional ? COLUMNS : 1;
  const members = COUNT / groups;
  let squares = 0;
  for (let group = 0; group < groups; group += 1) {
    for (let pixel = 0; pixel < size; pixel += 1) {
      let [sum, ofSquares] = [0, 0];
      for (let image = group; image < COUNT; image += groups) {
        const value = images[image * size + pixel] ?? 0;
        sum += value;
        ofSquares += value * value;
      }
      squares += Math.max(0, ofSquares / members - (sum / members) ** 2);
    }
  }
  return Math.sqrt(squares);
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-variety-tool": VarietyTool;
  }
}

customElements.define("gv-variety-tool", VarietyTool);
