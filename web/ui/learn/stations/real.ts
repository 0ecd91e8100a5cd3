// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-station-real>`: what D says of the batch's real digits, and of the same with noise on them.

import { html } from "lit";
import { mean, type StepRecord } from "../../../lessons/step_record";
import { formatFixed } from "../../platform/format";
import { probabilityStrip } from "../drawings";
import { judgedPictures } from "../scored_pictures";
import { StationElement } from "../station_element";

type Floats = Float32Array<ArrayBuffer>;

export class RealStation extends StationElement {
  static override properties = {
    ...StationElement.properties,
    strength: { state: true },
    spoiled: { state: true },
  };

  /** Of the noise, in standard deviations. */
  declare strength: number;
  /** The digits with noise, and what D says of them; null without noise. */
  declare spoiled: { readonly images: Floats; readonly opinions: Floats } | null;
  #noise: Floats | null = null;
  #asked = 0;

  constructor() {
    super();
    this.strength = 0;
    this.spoiled = null;
  }

  protected override newStep(record: StepRecord): void {
    this.#noise = null;
    if (this.strength > 0) void this.#spoil(record);
    else this.spoiled = null;
  }

  protected override renderStep(record: StepRecord) {
    const { labels, spoiled } = this;
    const opinions = spoiled?.opinions ?? record.before.real;
    const average = formatFixed(mean(opinions), 3);
    return html`
      <h2>${labels.dOnReal(opinions.length)}</h2>
      ${judgedPictures(spoiled?.images ?? record.flow.real, opinions, "real")}
      ${probabilityStrip(opinions, "real", { ...labels.ends, label: labels.stripOfReal(average) })}
      <p class="number">D(x) = <b id="mean" class="real">${average}</b> <span class="small soft">${labels.onAverage}</span></p>
      <label class="slider">
        <span>${labels.noiseOnDigits}</span>
        <input type="range" id="strength" min="0" max="1.5" step="0.05" .value=${String(this.strength)}
          @input=${(event: Event) => {
            this.strength = Number((event.target as HTMLInputElement).value);
            void this.#spoil(record);
          }} />
        <output>${formatFixed(this.strength, 2)}</output>
      </label>
    `;
  }

  async #spoil({ flow, config }: StepRecord): Promise<void> {
    this.#asked += 1;
    const [asked, { strength }] = [this.#asked, this];
    if (strength === 0) {
      this.spoiled = null;
      return;
    }
    const { networks } = this.lesson;
    const count = Math.ceil(flow.real.length / config.latent_size);
    const noise =
      this.#noise ?? (await this.ask(async () => networks?.drawLatents({ count, seed: 1 })));
    if (!noise) return;
    this.#noise = noise;
    const images = flow.real.map((value, i) =>
      Math.max(-1, Math.min(1, value + strength * (noise[i] ?? 0))),
    );
    const opinions = await this.ask(async () => networks?.score({ samples: images }));
    if (opinions && asked === this.#asked) this.spoiled = { images, opinions };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-station-real": RealStation;
  }
}

customElements.define("gv-station-real", RealStation);
