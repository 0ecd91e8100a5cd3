// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-loupe>`: one sample of the grid, enlarged, with the requested class, the discriminator's
// score, the pixels that affect it, and, of a digit, the nearest real one.

import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues } from "lit";
import { classNames, DIGIT_NAMES, isOfDigits } from "../../config/classes";
import { isConditional } from "../../config/presets";
import { objectiveOf } from "../../config/settings";
import { asGanvasError, GanvasError } from "../../engine/errors";
import { makesProbabilities } from "../../engine/objectives";
import { importPart } from "../../engine/parts";
import { shapeOfSize } from "../../engine/picture_shape";
import type { Config } from "../../engine/types";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { cellBox } from "../pixels/grid_layout";
import type { Pictures } from "../pixels/pixel_colors";
import { formatFixed } from "../platform/format";
import { type SampleScore, scoreSample } from "../state/sample_score";
import { explain } from "../words/error_words";
import type { NearestPicture } from "./nearest_picture";
import "../elements/image_grid";
import "../elements/picture";

const ONE = { columns: 1, rows: 1 };
const DISTANCE = 10;
/** Interval between scores of the same sample during training. */
const AGAIN_MS = 250;

export class Loupe extends AppElement {
  static override properties = {
    pictures: { attribute: false },
    index: { type: Number },
    side: { type: Number },
    sampleScore: { state: true },
    nearest: { state: true },
  };

  static override styles = [
    baseStyles,
    css`
      :host {
        position: absolute;
        z-index: 2;
        display: grid;
        gap: 0.375rem;
        width: max-content;
        padding: 0.5rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--surface);
        box-shadow: 0 6px 24px rgb(0 0 0 / 18%);
        pointer-events: none;
        --picture: 8rem;
      }

      @container (max-width: 447px) {
        :host {
          --picture: 6.25rem;
        }
      }

      .pictures {
        display: flex;
        gap: 0.5rem;
      }

      .pictures > * {
        width: var(--picture);
      }

      gv-image-grid,
      gv-picture {
        width: var(--picture);
        height: var(--picture);
        border-radius: 4px;
        overflow: hidden;
      }

      gv-picture {
        box-sizing: border-box;
        border: 1px solid var(--line);
      }

      p,
      figure {
        margin: 0;
        line-height: 1.35;
      }

      b {
        font-weight: 600;
      }

      .real {
        color: var(--real-text);
      }

      .generated {
        color: var(--generated-text);
      }
    `,
  ];

  declare pictures: Pictures;
  /** Index of the sample in a grid of side * side. */
  declare index: number;
  declare side: number;
  /** Null until D has scored the sample, or without a D. */
  declare sampleScore: SampleScore | null;
  /** Null until there are pictures to compare with; or why there are none. */
  declare nearest: NearestPicture | GanvasError | null;
  #requestedAt = Number.NEGATIVE_INFINITY;
  #request: { readonly values: Pictures["values"]; readonly index: number } | null = null;

  constructor() {
    super();
    this.sampleScore = null;
    this.nearest = null;
  }

  override render() {
    const { values, size } = this.pictures;
    const from = this.index * size;
    const one: Pictures = { ...this.pictures, values: values.subarray(from, from + size) };
    const name = msg(str`Sample ${String(this.index + 1)}`);
    const { sampleScore } = this;
    const asked = this.#asked;
    const isColored = shapeOfSize(size).channels === 3;
    return html`
      <div class="pictures">
        <div>
          <gv-image-grid .pictures=${one} .shape=${ONE} label=${name}></gv-image-grid>
          <p class="small" aria-live="polite">
            <span class="soft number">${name}</span>
            ${asked === null ? nothing : html`<br />${this.#describe(asked)}`}
            ${sampleScore === null ? nothing : html`<br />${this.#verdict(sampleScore)}`}
          </p>
        </div>
        ${
          sampleScore === null
            ? nothing
            : html`<figure class="small soft">
                <gv-picture crisp .saliency=${sampleScore.saliency}
                  label=${
                    isColored
                      ? msg("How more light at each pixel changes the discriminator’s score")
                      : msg("How more ink at each pixel changes the discriminator’s score")
                  }></gv-picture>
                <figcaption>
                  ${isColored ? msg("More light here makes it look") : msg("More ink here makes it look")}
                  <span class="real">${msg("more real")}</span> /
                  <span class="generated">${msg("more fake")}</span>
                </figcaption>
              </figure>`
        }
        ${this.#renderNearest()}
      </div>
    `;
  }

  /** The class that was asked for; null for unconditional GANs. */
  get #asked(): number | null {
    const { mode, settings } = this.state;
    if (mode === "pretrained") return this.index % DIGIT_NAMES.length;
    const { classes = 0 } = this.#config ?? {};
    return isConditional(settings.preset) && classes > 0 ? this.index % classes : null;
  }

  /** Of the run; null for the pretrained network. */
  get #config(): Config | null {
    return this.state.mode === "train" ? (this.controller.training?.config ?? null) : null;
  }

  #describe(asked: number): string {
    const config = this.#config;
    if (config === null || isOfDigits(config)) return msg(str`Requested: a ${String(asked)}`);
    return msg(str`Requested: ${classNames(config)[asked] ?? ""}`);
  }

  #renderNearest() {
    const { nearest } = this;
    if (nearest === null) return nothing;
    if (nearest instanceof GanvasError) {
      return html`<p class="small" role="status">
        ${msg("The nearest real picture could not be found; it is looked for again with the next sample.")}
        ${explain(nearest)}
      </p>`;
    }
    const { values, distance, isDigit } = nearest;
    const picture: Pictures = { values, size: values.length, off: 0, on: 255 };
    return html`<figure class="small soft">
      <gv-image-grid .pictures=${picture} .shape=${ONE}
        label=${isDigit ? msg("The nearest real digit") : msg("The nearest of your pictures")}>
      </gv-image-grid>
      <figcaption>
        <span class="real">${isDigit ? msg("Nearest real digit") : msg("Nearest of your pictures")}</span><br />
        ${msg("Distance:")} <span class="number">${distance}</span>
      </figcaption>
    </figure>`;
  }

  #verdict({ score }: SampleScore) {
    const objective = objectiveOf(this.state.settings);
    const value = html`<b class="number">${formatFixed(score, 2)}</b>`;
    return makesProbabilities(objective)
      ? html`${msg("D’s probability of real:")} ${value}`
      : html`${msg("D’s score:")} ${value}`;
  }

  /** Places the loupe next to the sample's cell, on the side with more room, or else over or under it. */
  override updated(changed: PropertyValues): void {
    super.updated(changed);
    // The pointer can leave before the update.
    if (!this.isConnected) return;
    const area = this.parentElement ?? (this.getRootNode() as ShadowRoot).host;
    const width = area.clientWidth;
    const { x, y, size } = cellBox(this.index, this.side, width);
    const start = -area.getBoundingClientRect().left;
    const end = start + document.documentElement.clientWidth - this.offsetWidth;
    const right = x + size + DISTANCE;
    const left = x - DISTANCE - this.offsetWidth;
    const side = x + size / 2 < width / 2 ? right : left;
    // On a phone it is wider than the room on either side.
    const fits = side >= start && side <= end;
    const over = y < width / 2 ? y + size + DISTANCE : y - DISTANCE - this.offsetHeight;
    const beside = Math.max(0, Math.min(y, width - this.offsetHeight));
    const [across, top] = [Math.max(start, Math.min(side, end)), fits ? beside : over];
    Object.assign(this.style, { left: `${across}px`, top: `${top}px` });
    void this.#ask();
  }

  /** Scores each sample once, and again at intervals while D learns. */
  async #ask(): Promise<void> {
    const { values, size, off } = this.pictures;
    const { index } = this;
    // Networks of earlier steps no longer exist, so the film's samples have no score.
    if (!(values instanceof Float32Array) || off !== -1) {
      this.sampleScore = null;
      this.nearest = null;
      return;
    }
    const same = this.#request?.values === values && this.#request.index === index;
    const soon = this.#request?.index === index && performance.now() - this.#requestedAt < AGAIN_MS;
    if (same || soon) return;
    this.#request = { values, index };
    this.#requestedAt = performance.now();
    const sample = values.slice(index * size, (index + 1) * size);
    void this.#compare(sample, index);
    try {
      const run = this.state.mode === "train" ? this.controller.training?.run : null;
      const sampleScore = run ? await scoreSample(run, sample, this.#asked) : null;
      if (index === this.index) this.sampleScore = sampleScore;
    } catch {
      this.sampleScore = null; // the run ended meanwhile
    }
  }

  /** Finds the nearest of the pictures that the run learns from. */
  async #compare(sample: Float32Array<ArrayBuffer>, index: number): Promise<void> {
    const { digits, engine } = this.state;
    if (digits.status !== "ready" || engine.status !== "ready") return;
    const isDigit = this.#config === null || isOfDigits(this.#config);
    try {
      const { nearestPicture } = await importPart(() => import("./nearest_picture"));
      const nearest = await nearestPicture(sample, isDigit, this.controller);
      if (index === this.index) this.nearest = nearest;
    } catch (thrown) {
      if (!this.controller.ended.aborted) this.nearest = asGanvasError(thrown);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-loupe": Loupe;
  }
}

customElements.define("gv-loupe", Loupe);
