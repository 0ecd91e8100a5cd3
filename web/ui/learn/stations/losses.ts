// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-station-losses>`: binary cross-entropy as two curves with the batch on them, and lossD
// computed step by step from the batch.

import { html } from "lit";
import { binaryCrossEntropy, meanLoss, type StepRecord } from "../../../lessons/step_record";
import { formatFixed } from "../../platform/format";
import { lossCurves } from "../drawings";
import { StationElement } from "../station_element";

export class LossesStation extends StationElement {
  static override properties = { ...StationElement.properties, chosen: { state: true } };

  /** A hypothetical output of D. */
  declare chosen: number;

  constructor() {
    super();
    this.chosen = 0.5;
  }

  protected override renderStep({ before, lossD }: StepRecord) {
    const { labels, chosen } = this;
    const [real, fake] = [meanLoss(before.real, 1), meanLoss(before.fake, 0)];
    const three = (value: number): string => formatFixed(value, 3);
    return html`
      <h2>${labels.curvesTitle}</h2>
      ${lossCurves(before, chosen, { label: labels.curvesLabel, axis: labels.curvesAxis })}
      <label class="slider">
        <span>${labels.ifDOutput}</span>
        <input type="range" id="chosen" min="0.01" max="0.99" step="0.01" .value=${String(chosen)}
          @input=${(event: Event) => {
            this.chosen = Number((event.target as HTMLInputElement).value);
          }} />
        <output>${formatFixed(chosen, 2)}</output>
      </label>
      <div class="sum">
        <span class="real">${labels.ifReal}</span><b id="if-real" class="real">${three(binaryCrossEntropy(chosen, 1))}</b><code>−log(${formatFixed(chosen, 2)})</code>
        <span class="generated">${labels.ifFake}</span><b id="if-fake" class="generated">${three(binaryCrossEntropy(chosen, 0))}</b><code>−log(1 − ${formatFixed(chosen, 2)})</code>
      </div>
      <h2>${labels.ofThisBatch}</h2>
      <div class="sum">
        <code>lossD_real</code><b id="loss-real" class="real">${three(real)}</b><span class="small soft">${labels.meanOf(before.real.length)} <code>−log D(x)</code></span>
        <code>lossD_fake</code><b id="loss-fake" class="generated">${three(fake)}</b><span class="small soft">${labels.meanOf(before.fake.length)} <code>−log(1 − D(G(z)))</code></span>
        <code>lossD</code><b id="loss-d">${three((real + fake) / 2)}</b><span class="small soft">(${three(real)} + ${three(fake)}) / 2; ${labels.computedByCore(three(lossD))}</span>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-station-losses": LossesStation;
  }
}

customElements.define("gv-station-losses", LossesStation);
