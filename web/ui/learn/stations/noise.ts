// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-station-noise>`: a batch's noise, one row of it as bars and all of it as a histogram.

import { html } from "lit";
import { countBins, deviation, mean, type StepRecord } from "../../../lessons/step_record";
import { noiseIcon } from "../../elements/icons";
import { formatFixed } from "../../platform/format";
import { bellHistogram, signedBars } from "../drawings";
import { StationElement } from "../station_element";

const RANGE = 3.5;
const BINS = 28;

export class NoiseStation extends StationElement {
  static override properties = {
    ...StationElement.properties,
    other: { state: true },
    row: { state: true },
  };

  /** Noise that the reader drew to replace the batch's, and its seed. */
  declare other: { readonly seed: number; readonly values: Float32Array<ArrayBuffer> } | null;
  declare row: number;

  constructor() {
    super();
    this.other = null;
    this.row = 0;
  }

  protected override newStep(): void {
    this.other = null;
  }

  protected override renderStep({ flow, config, step }: StepRecord) {
    const { labels, other } = this;
    const noise = other?.values ?? flow.noise;
    const { latent_size: width } = config;
    const rows = noise.length / width;
    const row = Math.min(this.row, rows - 1);
    const own = noise.subarray(row * width, (row + 1) * width);
    const whose = other === null ? labels.noiseOfStep(step) : labels.noiseOfSeed(other.seed);
    return html`
      <h2>${labels.noiseShape(rows, width)} <span class="soft">${whose}</span></h2>
      <figure>
        <figcaption class="small soft">${labels.noiseRow(row + 1, width)}</figcaption>
        ${signedBars(own, RANGE, labels.noiseRow(row + 1, width), "noise")}
        <p class="small soft number" id="first">
          [${Array.from(own.subarray(0, 5), (value) => formatFixed(value, 2)).join(", ")}, …]
        </p>
      </figure>
      <label class="slider">
        <span>${labels.whichPicture}</span>
        <input type="range" min="0" max=${rows - 1} .value=${String(row)}
          @input=${(event: Event) => {
            this.row = Number((event.target as HTMLInputElement).value);
          }} />
        <output>${row + 1}</output>
      </label>
      <figure>
        <figcaption class="small soft">${labels.noiseAll(noise.length)}</figcaption>
        ${bellHistogram(countBins(noise, -RANGE, RANGE, BINS), RANGE, labels.noiseAll(noise.length))}
      </figure>
      <p class="small soft number">
        ${labels.meanAndDeviation(formatFixed(mean(noise), 3), formatFixed(deviation(noise), 3))}
      </p>
      <div>
        <button id="new-noise" @click=${() => void this.#draw(rows)}>${noiseIcon}${labels.newNoise}</button>
      </div>
    `;
  }

  async #draw(count: number): Promise<void> {
    const seed = (this.other?.seed ?? 0) + 1;
    const values = await this.query(async () => this.lesson.networks?.drawLatents({ count, seed }));
    if (values) this.other = { seed, values };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-station-noise": NoiseStation;
  }
}

customElements.define("gv-station-noise", NoiseStation);
