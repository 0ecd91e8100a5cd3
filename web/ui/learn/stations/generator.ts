// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-station-generator>`: one noise vector on its way through G's layers to a picture, with a
// slider between the noise vectors of two samples of the batch.

import { css, html, nothing } from "lit";
import type { LayerOutput } from "../../../engine/exploration";
import type { StepRecord } from "../../../lessons/step_record";
import type { TileSheet } from "../../pixels/weight_pictures";
import { formatCount, formatFixed } from "../../platform/format";
import { torchName } from "../../words/layer_words";
import { pictureOf, StationElement } from "../station_element";
import "../../elements/tiles";
import "../../elements/picture";

/** Samples of the batch at the two ends of the slider. */
const ENDS = [0, 1] as const;
const POINTS = 41;

export class GeneratorStation extends StationElement {
  static override properties = {
    ...StationElement.properties,
    at: { state: true },
    latent: { state: true },
    outputs: { state: true },
  };

  static override styles = [
    ...StationElement.styles,
    css`
      .layers {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto minmax(0, 1.4fr) auto minmax(0, 2fr);
        gap: 0.5rem;
        align-items: center;
      }

      .layers figcaption {
        margin-top: 0.25rem;
      }

      .frame {
        border: 1px solid var(--line);
        border-top: 3px solid var(--generated);
      }

      .ends {
        display: grid;
        grid-template-columns: 3rem minmax(0, 1fr) 3rem;
        gap: 0.75rem;
        align-items: center;
      }
    `,
  ];

  /** Position between the two noise vectors, 0 to POINTS - 1. */
  declare at: number;
  declare latent: Float32Array<ArrayBuffer> | null;
  /** Output of each layer for the latent. */
  declare outputs: readonly LayerOutput[];
  #path: Float32Array<ArrayBuffer> | null = null;
  /** Number of the latest request; answers to earlier ones are dropped. */
  #request = 0;

  constructor() {
    super();
    this.at = 0;
    this.latent = null;
    this.outputs = [];
  }

  protected override newStep(record: StepRecord): void {
    void this.#prepare(record);
  }

  protected override renderStep({ flow, generator }: StepRecord) {
    const { labels, latent, outputs } = this;
    const [, hidden, , picture] = outputs;
    const [from, to] = ENDS;
    return html`
      <div class="layers">
        <figure>
          ${latent === null ? nothing : html`<gv-tiles .sheet=${sheetOf(latent, 8)} .columns=${1} label=${labels.noiseTiles}></gv-tiles>`}
          <figcaption class="small soft">${labels.noiseOfOne}<br /><span class="number">(64)</span></figcaption>
        </figure>
        <span class="soft" aria-hidden="true">→</span>
        <figure>
          ${hidden === undefined ? nothing : html`<gv-tiles .sheet=${sheetOf(hidden.values, 16)} .columns=${1} label=${labels.hiddenTiles}></gv-tiles>`}
          <figcaption class="small soft">
            LeakyReLU<br /><span class="number" id="on">${hidden === undefined ? nothing : labels.unitsOn(positive(hidden.values), hidden.values.length)}</span>
          </figcaption>
        </figure>
        <span class="soft" aria-hidden="true">→</span>
        <figure>
          <gv-picture class="frame" id="made" .image=${picture?.values ?? null} label=${labels.madePicture}></gv-picture>
          <figcaption class="small soft">Tanh <span class="number">(784 = 28 × 28)</span></figcaption>
        </figure>
      </div>
      <div class="ends">
        <gv-picture .image=${pictureOf(flow.fake, from)}></gv-picture>
        <input type="range" id="between" min="0" max=${POINTS - 1} .value=${String(this.at)}
          aria-label=${labels.between} @input=${this.#slide} />
        <gv-picture .image=${pictureOf(flow.fake, to)}></gv-picture>
      </div>
      <table class="small">
        <thead>
          <tr><th scope="col">${labels.layer}</th><th scope="col">${labels.output}</th><th scope="col">${labels.weights}</th><th scope="col">${labels.rangeHere}</th></tr>
        </thead>
        <tbody>
          ${generator.map(
            ({ type, shape, parameters }, i) => html`<tr>
              <th scope="row">${torchName(type, shape)}</th>
              <td>${shape.join(" × ")}</td>
              <td>${parameters === 0 ? "–" : formatCount(parameters)}</td>
              <td>${rangeOf(outputs[i])}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    `;
  }

  async #prepare({ flow, config }: StepRecord): Promise<void> {
    const { latent_size: width } = config;
    const [from, to] = ENDS.map((i) => flow.noise.slice(i * width, (i + 1) * width));
    if (from === undefined || to === undefined) return;
    const path = await this.query(async () =>
      this.lesson.networks?.latentPath({ from, to, points: POINTS }),
    );
    this.#path = path ?? null;
    await this.#look();
  }

  readonly #slide = (event: Event): void => {
    this.at = Number((event.target as HTMLInputElement).value);
    void this.#look();
  };

  async #look(): Promise<void> {
    const path = this.#path;
    if (path === null) return;
    const width = path.length / POINTS;
    const input = path.slice(this.at * width, (this.at + 1) * width);
    this.#request += 1;
    const request = this.#request;
    const outputs = await this.query(async () =>
      this.lesson.networks?.layerOutputs({ network: "generator", input }),
    );
    if (!outputs || request !== this.#request) return;
    this.latent = input;
    this.outputs = outputs;
  }
}

/** Flat values as a square sheet, with zero in the middle of the grey scale. */
function sheetOf(values: Float32Array, width: number): TileSheet {
  const limit = values.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-9);
  const height = Math.ceil(values.length / width);
  return { values, count: 1, height, width, low: -limit, high: limit };
}

function positive(values: Float32Array): number {
  return values.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
}

function rangeOf(output: LayerOutput | undefined): string {
  if (output === undefined) return "";
  const [low, high] = [Math.min(...output.values), Math.max(...output.values)];
  return `${formatFixed(low, 2)} … ${formatFixed(high, 2)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-station-generator": GeneratorStation;
  }
}

customElements.define("gv-station-generator", GeneratorStation);
