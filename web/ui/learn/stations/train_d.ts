// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-station-train-d>`: D's scores for the same batch before and after its update.

import { html } from "lit";
import { lossOfD, mean, type StepRecord } from "../../../lessons/step_record";
import { formatFixed } from "../../platform/format";
import { probabilityStrip } from "../drawings";
import { changesTable, gradientTable, rateChoice } from "../learning";
import { StationElement } from "../station_element";

export class TrainDStation extends StationElement {
  protected override renderStep({ before, afterD, rates, discriminator }: StepRecord) {
    const { labels } = this;
    const own = this.lesson.ownRates ?? rates;
    const strip = (values: Float32Array<ArrayBuffer>, side: "real" | "generated") => {
      const average = formatFixed(mean(values), 3);
      const label = side === "real" ? labels.stripOfReal(average) : labels.stripOfFake(average);
      return probabilityStrip(values, side, { ...labels.ends, label });
    };
    return html`
      ${rateChoice(
        own.discriminator,
        rates.discriminator,
        labels,
        (rate) => void this.lesson.retake({ ...own, discriminator: rate }),
      )}
      <h2>${labels.before}</h2>
      <div>${strip(before.real, "real")} ${strip(before.fake, "generated")}</div>
      <h2>${labels.afterUpdateOfD}</h2>
      <div>${strip(afterD.real, "real")} ${strip(afterD.fake, "generated")}</div>
      ${changesTable(
        [
          {
            id: "d-real",
            name: "D(x)",
            note: labels.targetOne,
            color: "real",
            before: mean(before.real),
            after: mean(afterD.real),
          },
          {
            id: "d-fake",
            name: "D(G(z))",
            note: labels.targetZero,
            color: "generated",
            before: mean(before.fake),
            after: mean(afterD.fake),
          },
          {
            id: "loss-d",
            name: "lossD",
            note: labels.lowerIsBetter,
            color: "",
            before: lossOfD(before),
            after: lossOfD(afterD),
          },
        ],
        labels,
      )}
      ${gradientTable(discriminator, labels)}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-station-train-d": TrainDStation;
  }
}

customElements.define("gv-station-train-d", TrainDStation);
