// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-variety-tool>`: many samples whose latents are scaled down: typical samples at one end,
// varied ones at the other; of other pictures than digits, some of each class beside its name.

import { msg, str } from "@lit/localize";
import { css, html } from "lit";
import type { Pictures } from "../pixels/pixel_colors";
import { formatFixed } from "../platform/format";
import { Kept } from "../platform/latest";
import type { Model } from "../state/models";
import { classesInTurn, labelsFor, renderIntro, ToolElement } from "./tool";
import { toolStyles } from "./tool_styles";
import "../elements/image_grid";

type Floats = Float32Array<ArrayBuffer>;

/** Without a list of classes; of a model that is told the digit, each column is one. */
const COLUMNS = 10;
const SHAPE = { columns: COLUMNS, rows: COLUMNS };
/** More classes than this have fewer samples each, or the slider would wait for them. */
const FEW_CLASSES = 10;
const OF_MANY_CLASSES = 5;

export class VarietyTool extends ToolElement {
  static override styles = [
    ...toolStyles,
    css`
      gv-image-grid {
        width: var(--side);
        aspect-ratio: 1;
      }

      ul {
        display: grid;
        gap: 0.25rem 0.75rem;
        max-height: max(var(--side), 20rem);
        margin: 0;
        list-style: none;
        overflow-y: auto;
      }

      ul.many {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr));
      }

      li {
        display: grid;
        grid-template-columns: 5.5rem minmax(0, 1fr);
        gap: 0.5rem;
        align-items: center;
      }

      .name {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
        padding-inline-start: 0.375rem;
        line-height: 1.2;
        overflow-wrap: anywhere;
      }

      li gv-image-grid {
        width: auto;
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
        ul {
          max-height: 22rem;
        }

        .intro {
          order: 1;
        }
      }
    `,
  ];

  readonly #latents = new Kept<Floats>();
  readonly #whole = new Kept<number>();
  /** Of each class, or of all samples. */
  #pictures: readonly Pictures[] = [];
  /** Relative to the variety without truncation. */
  #variety = 1;

  override render() {
    const { truncation } = this.choice;
    const { model } = this.explorer.state;
    const variety = `${Math.round(this.#variety * 100)}\u202f%`;
    return html`
      ${model !== null && listsClasses(model) ? this.#renderList(model) : this.#renderGrid(model)}
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
          ${this.renderDice(msg("Other samples"))}
        </div>
      </div>
    `;
  }

  #renderGrid(model: Model | null) {
    return html`<gv-image-grid id="grid" class="generated" .pictures=${this.#pictures[0] ?? null} .shape=${SHAPE}
      label=${
        model === null || model.ofDigits
          ? msg("A hundred samples; ten of each digit if the generator takes digits")
          : msg("A hundred samples")
      }>
    </gv-image-grid>`;
  }

  #renderList({ classes }: Model) {
    const many = classes.length > FEW_CLASSES;
    const columns = many ? OF_MANY_CLASSES : COLUMNS;
    const shape = { columns, rows: samplesOfEach(classes.length) / columns };
    return html`<ul id="classes" class="generated ${many ? "many" : ""}" tabindex="0"
      aria-label=${msg("Samples of each class")}>
      ${classes.map(
        (name, index) => html`<li>
          <span class="name small" title=${name}>${name}</span>
          <gv-image-grid label=${name} .pictures=${this.#pictures[index] ?? null} .shape=${shape}
            .style="aspect-ratio: ${shape.columns} / ${shape.rows}"></gv-image-grid>
        </li>`,
      )}
    </ul>`;
  }

  readonly #slide = (event: Event): void => {
    this.explorer.choose({ truncation: Number((event.target as HTMLInputElement).value) / 100 });
  };

  protected override async compute(model: Model): Promise<void> {
    const { latent: seed, truncation } = this.choice;
    const { session, size } = model;
    const groups = model.conditional ? model.classes.length : 1;
    const count = groups * samplesOfEach(groups);
    const latents = await this.#latents.of([model, seed], () =>
      session.drawLatents({ count, seed }),
    );
    const labels = labelsFor(model, classesInTurn(model, count));
    const values = await session.generate({ latents, ...labels, truncation });
    const whole = await this.#whole.of([latents], async () =>
      varietyOf(await session.generate({ latents, ...labels }), size, groups),
    );
    const lists = listsClasses(model) ? inGroups(values, size, groups) : [values];
    this.#pictures = lists.map((some) => ({ values: some, size, off: -1, on: 1 }));
    this.#variety = whole === 0 ? 0 : varietyOf(values, size, groups) / whole;
  }
}

/** Digits need no names: their columns are told apart at once. */
function listsClasses({ conditional, ofDigits }: Model): boolean {
  return conditional && !ofDigits;
}

/** About a hundred in all, in whole rows. */
function samplesOfEach(groups: number): number {
  return groups > FEW_CLASSES ? OF_MANY_CLASSES : COLUMNS * Math.floor(COLUMNS / groups);
}

/** Samples of which each is of the next group, in turn: those of each group. */
function inGroups(images: Floats, size: number, groups: number): Floats[] {
  const members = images.length / size / groups;
  return Array.from({ length: groups }, (_, group) => {
    const own = new Float32Array(members * size);
    for (let member = 0; member < members; member += 1) {
      const from = (member * groups + group) * size;
      own.set(images.subarray(from, from + size), member * size);
    }
    return own;
  });
}

/** Root of the summed pixel variances within the groups. */
function varietyOf(images: Floats, size: number, groups: number): number {
  const count = images.length / size;
  const members = count / groups;
  let squares = 0;
  for (let group = 0; group < groups; group += 1) {
    for (let pixel = 0; pixel < size; pixel += 1) {
      let [sum, ofSquares] = [0, 0];
      for (let image = group; image < count; image += groups) {
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
