// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-layer-detail>`: one layer's weights or gradients as pictures and a histogram, and its output
// for one sample.

import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues, svg } from "lit";
import { sizeOf } from "../../../engine/sample_shape";
import type { Half, Inspection, LayerSummary, TensorSummary } from "../../../engine/types";
import { baseStyles } from "../../elements/base_styles";
import { TrainingElement } from "../../elements/training_element";
import type { TileSheet } from "../../pixels/weight_pictures";
import { formatCount, formatFigure } from "../../platform/format";
import "../../elements/tiles";
import {
  activationSheet,
  type Histogram,
  histogramOf,
  pixelsOf,
  tilesInRow,
  weightSheet,
} from "../../pixels/weight_pictures";

const BINS = 41;
const [BAR, PLOT_HEIGHT] = [7, 72];

interface Shown {
  readonly sheet: TileSheet | null;
  readonly histogram: Histogram;
}

export class LayerDetail extends TrainingElement {
  static override properties = {
    ...TrainingElement.properties,
    layer: { attribute: false },
    seen: { attribute: false },
    kind: { state: true },
    sample: { state: true },
    group: { state: true },
  };

  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: 1rem;
      }

      section {
        display: grid;
        gap: 0.5rem;
      }

      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.5rem;
      }

      h3 {
        margin: 0 auto 0 0;
        font: inherit;
        font-weight: 600;
      }

      button {
        min-height: 2rem;
        padding: 0.125rem 0.625rem;
      }

      button[aria-pressed="true"] {
        border-color: var(--ink);
        background: var(--sunken);
      }

      .weights {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
        gap: 0.75rem 1rem;
        align-items: start;
      }

      .weights svg {
        display: block;
        width: 100%;
      }

      rect {
        fill: var(--line-strong);
      }

      .axis {
        stroke: var(--line-strong);
      }

      .ends {
        display: flex;
        justify-content: space-between;
      }
    `,
  ];

  declare layer: LayerSummary;
  declare seen: Inspection;
  declare kind: "values" | "gradient";
  /** Index of the sample in the batch. */
  declare sample: number;
  declare group: "real" | "fake";
  #weights: Shown | null = null;
  #activations: TileSheet | null = null;
  #request = 0;

  constructor() {
    super();
    this.kind = "values";
    this.sample = 0;
    this.group = "fake";
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("layer") && changed.get("layer")?.name !== this.layer.name) {
      this.#weights = null;
      this.#activations = null;
    }
    const inputs = ["layer", "seen", "kind", "sample", "group"] as const;
    if (inputs.some((name) => changed.has(name))) void this.#read();
  }

  /** Reads what is selected; answers to earlier requests are dropped. */
  async #read(): Promise<void> {
    const { run } = this.training;
    if (run === null) return;
    this.#request += 1;
    const request = this.#request;
    const { layer, kind, group } = this;
    const samples = this.#samples;
    const { sampleSize } = this.training;
    const layers = this.seen[this.#network];
    const index = layers.findIndex(({ name }) => name === layer.name);
    const pixels = pixelsOf(layers, index, this.#network);
    try {
      const weight = layer.tensors[0];
      const [values, activations] = await Promise.all([
        weight === undefined ? null : run.tensor(weight.name, kind),
        samples === 0
          ? null
          : run.activations({ layer: layer.name, of: group, samples: this.sample + 1 }),
      ]);
      if (request !== this.#request) return;
      this.#weights =
        values === null || weight === undefined
          ? null
          : {
              sheet: weightSheet(values, weight.shape, sampleSize, pixels),
              histogram: histogramOf(values, BINS),
            };
      const features = sizeOf(layer.shape);
      const one = activations?.subarray(this.sample * features, (this.sample + 1) * features);
      this.#activations =
        one?.length === features ? activationSheet(one, layer.shape, sampleSize, pixels) : null;
      this.requestUpdate();
    } catch {
      // The run ended meanwhile; what the diagram sees of the next one is read again.
    }
  }

  get #samples(): number {
    return this.seen.flow.samples;
  }

  get #network(): Half {
    return this.layer.name.startsWith("generator") ? "generator" : "discriminator";
  }

  override render() {
    const [weight] = this.layer.tensors;
    return html`
      ${weight === undefined ? nothing : this.#renderWeights(weight)}
      ${this.#samples === 0 ? nothing : this.#renderActivations()}
    `;
  }

  #renderWeights({ name, shape, norm, gradientNorm }: TensorSummary) {
    const [, , part = "weight"] = name.split(".");
    const figure = formatFigure(this.kind === "values" ? norm : gradientNorm);
    const extents = shape.join(" × ");
    const shown = this.#weights;
    const choice = (kind: "values" | "gradient", text: string) => html`
      <button id=${kind} aria-pressed=${this.kind === kind} @click=${() => {
        this.kind = kind;
      }}>${text}</button>
    `;
    return html`<section class="small">
      <div class="head">
        <h3 class="number">${part} <span class="soft">${extents}</span></h3>
        ${choice("values", msg("Weights"))} ${choice("gradient", msg("Gradient"))}
      </div>
      <div class="weights">
        ${
          shown?.sheet
            ? html`<gv-tiles .sheet=${shown.sheet} .columns=${tilesInRow(shown.sheet)}
                label=${msg("The layer’s weights as pictures; black and white are opposite signs")}></gv-tiles>`
            : nothing
        }
        <div>
          ${shown === null ? nothing : drawHistogram(shown.histogram)}
          <p class="soft number">${msg(str`Norm ${figure}`)}</p>
        </div>
      </div>
    </section>`;
  }

  #renderActivations() {
    const sheet = this.#activations;
    const number = formatCount(this.sample + 1);
    const move = (by: number): void => {
      this.sample = (this.sample + by + this.#samples) % this.#samples;
    };
    const choice = (group: "real" | "fake", text: string) => html`
      <button aria-pressed=${this.group === group} @click=${() => {
        this.group = group;
      }}>${text}</button>
    `;
    return html`<section class="small">
      <div class="head">
        <h3>${msg("Activations")}</h3>
        ${
          this.#network === "discriminator"
            ? [choice("real", msg("real")), choice("fake", msg("fake"))]
            : nothing
        }
        <button aria-label=${msg("Previous sample")} @click=${() => move(-1)}>‹</button>
        <span class="number">${msg(str`Sample ${number}`)}</span>
        <button aria-label=${msg("Next sample")} @click=${() => move(1)}>›</button>
      </div>
      ${
        sheet === null
          ? nothing
          : html`<gv-tiles .sheet=${sheet} .columns=${tilesInRow(sheet)}
              label=${msg("The layer’s output for this sample, as pictures")}></gv-tiles>`
      }
    </section>`;
  }
}

function drawHistogram({ counts, limit }: Histogram) {
  const most = Math.max(...counts, 1);
  const width = BINS * BAR;
  return html`
    <svg viewBox="0 0 ${width} ${PLOT_HEIGHT}" role="img" aria-label=${msg("How often each value occurs")}>
      ${counts.map((count, bin) => {
        const height = (count / most) * (PLOT_HEIGHT - 4);
        return svg`<rect x=${bin * BAR + 0.5} y=${PLOT_HEIGHT - 1 - height} width=${BAR - 1} height=${height} />`;
      })}
      <path class="axis" d="M0 ${PLOT_HEIGHT - 0.5}H${width}" />
    </svg>
    <div class="ends soft number">
      <span>${limit === 0 ? "" : formatFigure(-limit)}</span><span>0</span>
      <span>${limit === 0 ? "" : formatFigure(limit)}</span>
    </div>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-layer-detail": LayerDetail;
  }
}

customElements.define("gv-layer-detail", LayerDetail);
