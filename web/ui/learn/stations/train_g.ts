// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-station-train-g>`: G's output for the same noise before and after its update, scored by the
// updated D.

import { css, html } from "lit";
import { mean, meanLoss, type StepRecord } from "../../../lessons/step_record";
import { formatFixed } from "../../platform/format";
import { probabilityStrip } from "../drawings";
import { changesTable, gradientTable, rateChoice } from "../learning";
import { pictureOf, StationElement } from "../station_element";
import "../../elements/picture";

const SHOWN = 4;

export class TrainGStation extends StationElement {
  static override styles = [
    ...StationElement.styles,
    css`
      .rows {
        display: grid;
        grid-template-columns: auto repeat(4, minmax(0, 1fr));
        gap: 0.375rem 0.625rem;
        align-items: center;
        max-width: 30rem;
      }

      .frame {
        border: 1px solid var(--line);
      }
    `,
  ];

  protected override renderStep(record: StepRecord) {
    const { flow, afterD, fakeAfterG, dFakeAfterG, rates, lossG, generator } = record;
    const { labels } = this;
    const own = this.lesson.ownRates ?? rates;
    const moved = fakeAfterG.map((value, i) => value - (flow.fake[i] ?? 0));
    const most = moved.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-9);
    const samples = Array.from({ length: Math.min(SHOWN, flow.samples) }, (_, i) => i);
    const row = (name: string, values: Float32Array<ArrayBuffer>) => html`
      <span class="small soft">${name}</span>
      ${samples.map(
        (i) => html`<gv-picture class="frame" .image=${pictureOf(values, i)}></gv-picture>`,
      )}`;
    const strip = (values: Float32Array<ArrayBuffer>) =>
      probabilityStrip(values, "generated", {
        ...labels.ends,
        label: labels.stripOfFake(formatFixed(mean(values), 3)),
      });
    return html`
      ${rateChoice(
        own.generator,
        rates.generator,
        labels,
        (rate) => void this.lesson.retake({ ...own, generator: rate }),
      )}
      <div class="rows">
        ${row(labels.before, flow.fake)} ${row(labels.after, fakeAfterG)}
        ${row(
          labels.inkMoved,
          moved.map((value) => value / most),
        )}
      </div>
      <p class="small soft" id="moved">
        ${labels.largestChange(formatFixed(most, 3))}
      </p>
      <h2>${labels.before}</h2>
      ${strip(afterD.fake)}
      <h2>${labels.afterUpdateOfG}</h2>
      ${strip(dFakeAfterG)}
      ${changesTable(
        [
          {
            id: "d-fake",
            name: "D(G(z))",
            note: labels.targetOfG,
            color: "generated",
            before: mean(afterD.fake),
            after: mean(dFakeAfterG),
          },
          {
            id: "loss-g",
            name: "lossG",
            note: labels.lowerIsBetter,
            color: "",
            before: lossG,
            after: meanLoss(dFakeAfterG, 1),
          },
        ],
        labels,
      )}
      ${gradientTable(generator, labels)}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-station-train-g": TrainGStation;
  }
}

customElements.define("gv-station-train-g", TrainGStation);
