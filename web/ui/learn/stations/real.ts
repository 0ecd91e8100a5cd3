// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-station-real>`: D's scores for the batch's real digits, and for the same digits with noise.

import { html } from "lit";
import { clamp } from "../../../engine/clamp";
import { mean, type StepRecord } from "../../../lessons/step_record";
import { formatFixed } from "../../platform/format";
import { probabilityStrip } from "../drawings";
import { scoredPictures } from "../scored_pictures";
import { StationElement } from "../station_element";

type Floats = Float32Array<ArrayBuffer>;

export class RealStation extends StationElement {
  static override properties = {
    ...StationElement.properties,
    strength: { state: true },
    noisy: { state: true },
  };

  /** Standard deviation of the noise. */
  declare strength: number;
  /** The noisy digits and D's scores for them; null without noise. */
  declare noisy: { readonly images: Floats; readonly scores: Floats } | null;
  #noise: Floats | null = null;
  #request = 0;

  constructor() {
    super();
    this.strength = 0;
    this.noisy = null;
  }

  protected override newStep(record: StepRecord): void {
    this.#noise = null;
    if (this.strength > 0) void this.#addNoise(record);
    else this.noisy = null;
  }

  protected override renderStep(record: StepRecord) {
    const { labels, noisy } = this;
    const scores = noisy?.scores ?? record.before.real;
    const average = formatFixed(mean(scores), 3);
    return html`
      <h2>${labels.dOnReal(scores.length)}</h2>
      ${scoredPictures(noisy?.images ?? record.flow.real, scores, "real")}
      ${probabilityStrip(scores, "real", { ...labels.ends, label: labels.stripOfReal(average) })}
      <p class="number">D(x) = <b id="mean" class="real">${average}</b> <span class="small soft">${labels.onAverage}</span></p>
      <label class="slider">
        <span>${labels.noiseOnDigits}</span>
        <input type="range" id="strength" min="0" max="1.5" step="0.05" .value=${String(this.strength)}
          @input=${(event: Event) => {
            this.strength = Number((event.target as HTMLInputElement).value);
            void this.#addNoise(record);
          }} />
        <output>${formatFixed(this.strength, 2)}</output>
      </label>
    `;
  }

  async #addNoise({ flow, config }: StepRecord): Promise<void> {
    this.#request += 1;
    const [request, { strength }] = [this.#request, this];
    if (strength === 0) {
      this.noisy = null;
      return;
    }
    const { networks } = this.lesson;
    const count = Math.ceil(flow.real.length / config.latent_size);
    const noise =
      this.#noise ?? (await this.query(async () => networks?.drawLatents({ count, seed: 1 })));
    if (!noise) return;
    this.#noise = noise;
    const images = flow.real.map((value, i) => clamp(value + strength * (noise[i] ?? 0), -1, 1));
    const scores = await this.query(async () => networks?.score({ samples: images }));
    if (scores && request === this.#request) this.noisy = { images, scores };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-station-real": RealStation;
  }
}

customElements.define("gv-station-real", RealStation);
