// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-station-fake>`: D's scores for the fakes, where lossD's gradient stops, and its effect on a
// fake if it did not stop.

import { css, html, svg } from "lit";
import { mean, pulls, type StepRecord } from "../../../lessons/step_record";
import { formatFixed } from "../../platform/format";
import { type Pull, probabilityStrip, pullArrows } from "../drawings";
import { scoredPictures } from "../scored_pictures";
import { pictureOf, StationElement } from "../station_element";

type Floats = Float32Array<ArrayBuffer>;

export class FakeStation extends StationElement {
  static override properties = {
    ...StationElement.properties,
    chosen: { state: true },
    detached: { state: true },
    supposed: { state: true },
    slopes: { state: true },
  };

  static override styles = [
    ...StationElement.styles,
    css`
      .chosen-one {
        display: grid;
        grid-template-columns: 5.5rem 5.5rem minmax(0, 1fr);
        gap: 0.75rem;
        align-items: start;
      }

      .frame {
        border: 1px solid var(--line);
      }

      .way path {
        fill: none;
        stroke: var(--line-strong);
        stroke-width: 1.5;
      }

      .way .back {
        stroke: var(--ink);
        stroke-dasharray: 4 3;
      }

      .way .leak {
        stroke: var(--danger);
        stroke-width: 2;
        stroke-dasharray: 4 3;
      }

      .way .head {
        stroke-dasharray: none;
      }

      .way rect {
        fill: var(--surface);
        stroke: var(--line-strong);
      }

      .way text {
        fill: var(--ink);
      }

      .way .cut {
        stroke: var(--ink);
        stroke-width: 3;
      }
    `,
  ];

  declare chosen: number;
  declare detached: boolean;
  /** Probability that replaces D's output for the chosen fake; null: D's own output. */
  declare supposed: number | null;
  /** Gradient of D's logit with respect to each pixel of each fake, (n, 784). */
  declare slopes: Floats | null;

  constructor() {
    super();
    this.chosen = 0;
    this.detached = true;
    this.supposed = null;
    this.slopes = null;
  }

  protected override newStep({ flow }: StepRecord): void {
    this.supposed = null;
    void this.query(async () => this.lesson.networks?.saliency({ samples: flow.fake })).then(
      (slopes) => {
        this.slopes = slopes ?? null;
      },
    );
  }

  protected override renderStep({ flow, before }: StepRecord) {
    const { labels, chosen, slopes } = this;
    const average = formatFixed(mean(before.fake), 3);
    const output = before.fake[chosen] ?? 0.5;
    const p = this.supposed ?? output;
    const { ofLossD, ofLossG } = pulls(p);
    const leak = this.detached ? 0 : ofLossD;
    const shown: Pull[] = [
      { name: labels.pullOfG, value: ofLossG, strength: "plain" },
      { name: this.detached ? labels.pullCut : labels.pullOfD, value: leak, strength: "leak" },
      { name: labels.pullSum, value: ofLossG + leak, strength: "sum" },
    ];
    return html`
      <h2>${labels.dOnFake(before.fake.length)}</h2>
      ${scoredPictures(flow.fake, before.fake, "generated", {
        chosen,
        choose: (index) => {
          this.chosen = index;
          this.supposed = null;
        },
        label: labels.fakePicture,
      })}
      ${probabilityStrip(before.fake, "generated", { ...labels.ends, label: labels.stripOfFake(average) })}
      <p class="number">D(G(z)) = <b id="mean" class="generated">${average}</b> <span class="small soft">${labels.onAverage}</span></p>
      ${gradientPath(this.detached, labels.gradientPath(this.detached))}
      <div class="choices">
        <label><input type="checkbox" id="detach" .checked=${this.detached}
          @change=${(event: Event) => {
            this.detached = (event.target as HTMLInputElement).checked;
          }} /><code>fake.detach()</code></label>
      </div>
      <div class="chosen-one">
        <figure>
          <gv-picture class="frame" .image=${pictureOf(flow.fake, chosen)}></gv-picture>
          <figcaption class="small soft">${labels.fakeNumber(chosen + 1)}</figcaption>
        </figure>
        <figure>
          <gv-picture crisp class="frame" .saliency=${slopes === null ? null : pictureOf(slopes, chosen)} label=${labels.slopesLabel}></gv-picture>
          <figcaption class="small soft">${labels.slopesName}</figcaption>
        </figure>
        <p class="small">${labels.slopes[0]} <span class="real">${labels.slopes[1]}</span> / <span class="generated">${labels.slopes[2]}</span></p>
      </div>
      <figure id="pulls">${pullArrows(shown, { label: labels.pullsLabel, ...labels.ends })}</figure>
      <label class="slider">
        <span>${this.supposed === null ? labels.dOutput : labels.ifDOutput}</span>
        <input type="range" id="supposed" min="0.01" max="0.99" step="0.01" .value=${String(p)}
          @input=${(event: Event) => {
            this.supposed = Number((event.target as HTMLInputElement).value);
          }} />
        <output>${formatFixed(p, 2)}</output>
      </label>
      <p class="small" id="cancelled" aria-live="polite">${this.detached ? labels.nothingCancelled : labels.cancelled(-ofLossD / ofLossG)}</p>
    `;
  }
}

/** G -> fake -> D -> lossD, and the gradient's way back. */
function gradientPath(detached: boolean, label: string) {
  const box = (x: number, width: number, text: string) =>
    svg`<rect x=${x} y="8" width=${width} height="30" rx="6"></rect>
      <text x=${x + width / 2} y="28" text-anchor="middle">${text}</text>`;
  return html`<svg class="way" viewBox="0 0 440 74" role="img" aria-label=${label}>
    ${box(1, 60, "G")} ${box(120, 70, "fake")} ${box(250, 60, "D")} ${box(370, 69, "lossD")}
    ${svg`<path d="M61 23h54m-6 -5l6 5l-6 5M190 23h55m-6 -5l6 5l-6 5M310 23h55m-6 -5l6 5l-6 5"></path>
      <path class="back" d="M405 42v20H281"></path><path d="M281 62v-18m-5 6l5 -6l5 6"></path>
      ${
        detached
          ? svg`<path class="cut" d="M210 48l14 22M224 48l-14 22"></path>
              <path class="back" d="M276 62h-46"></path>`
          : svg`<path class="leak" d="M276 62H31v-14"></path><path class="leak head" d="M26 50l5 -6l5 6"></path>`
      }`}
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-station-fake": FakeStation;
  }
}

customElements.define("gv-station-fake", FakeStation);
