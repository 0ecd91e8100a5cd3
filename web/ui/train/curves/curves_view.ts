// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-curves-view>`: losses and D's outputs over the steps, each with its current value (or the
// one under the pointer) and one sentence on how to read it, plus options for drawing.

import { msg, str } from "@lit/localize";
import { html, nothing } from "lit";
import { isOfDigits } from "../../../config/classes";
import { fileName } from "../../../config/file_names";
import { balancesAtLn2 } from "../../../config/loss_balance";
import { isOfPoints } from "../../../config/presets";
import { objectiveOf } from "../../../config/settings";
import { METRICS, type MetricName } from "../../../engine/metrics";
import { makesProbabilities } from "../../../engine/objectives";
import { chartStyles } from "../../charts/chart_styles";
import { type Curve, dashOf, type Lens } from "../../charts/curve_chart";
import { baseStyles } from "../../elements/base_styles";
import { gaugeIcon, saveIcon } from "../../elements/icons";
import { TrainingElement } from "../../elements/training_element";
import { download } from "../../platform/download";
import { formatCount, formatFixed, shorten } from "../../platform/format";
import type { CurveTable } from "../../state/curves";
import type { EarlierRun } from "../../state/earlier_runs";
import { toCsv } from "../../state/history_csv";

import { curvesStyles } from "./curves_styles";
import "../points/distance_view";

const REAL = { color: "--real", band: "--real-band" };
const GENERATED = { color: "--generated", band: "--generated-band" };
const LOSSES: readonly Curve[] = [
  { metric: METRICS.indexOf("lossD"), ...REAL },
  { metric: METRICS.indexOf("lossG"), ...GENERATED },
];
const OUTPUTS: readonly Curve[] = [
  { metric: METRICS.indexOf("dReal"), ...REAL },
  { metric: METRICS.indexOf("dFake"), ...GENERATED },
];
const NONE: readonly CurveTable[] = [];

export class CurvesView extends TrainingElement {
  static override properties = {
    hovered: { state: true },
    lens: { state: true },
    comparing: { state: true },
  };

  static override styles = [baseStyles, chartStyles, curvesStyles];

  /** Index of the bin under the pointer, shared by both charts. */
  declare hovered: number | null;
  declare lens: Lens;
  declare comparing: boolean;
  #table: CurveTable | null = null;
  #length = -1;

  constructor() {
    super();
    this.hovered = null;
    this.lens = { zoom: null, logarithmic: false, smoothing: 0 };
    this.comparing = false;
  }

  protected override subscriptions() {
    return [this.controller.live.subscribe(() => this.requestUpdate())];
  }

  get #isOfDigits(): boolean {
    const { config } = this.training;
    return config === null || isOfDigits(config);
  }

  override render() {
    const { curves } = this.training;
    const earlier = this.training.earlier.runs;
    if (this.#table === null || this.#length !== curves.length) {
      this.#table = curves.table();
      this.#length = curves.length;
    }
    const compared = this.comparing ? this.#tables(earlier) : NONE;
    return html`
      <div class="charts ${this.#judges && !this.#isOfDigits ? "pair" : ""}">
        ${this.#renderLosses(compared)} ${this.#renderOutputs(compared)}
        ${isOfPoints(this.state.settings.preset) ? html`<gv-distance-view .controller=${this.controller}></gv-distance-view>` : nothing}
        ${this.#judges ? html`<gv-quality-view .controller=${this.controller}></gv-quality-view>` : nothing}
      </div>
      ${this.#renderLens(earlier)}
    `;
  }

  #renderLosses(earlier: readonly CurveTable[]) {
    const balanced = balancesAtLn2(this.state.settings);
    return html`
      <section id="losses">
        <div class="head small">
          <h2>${msg("Loss")}${this.#where()}</h2>
          ${this.#value("real", msg("Discriminator"), "lossD")}
          ${this.#value("generated", msg("Generator"), "lossG")}
        </div>
        <gv-curve-chart group=${this.controller.name}
          .table=${this.#table} .earlier=${earlier} .curves=${LOSSES} .lens=${this.lens}
          .reference=${balanced ? Math.LN2 : null}
          label=${msg("Losses of discriminator and generator over the steps")}
          @hover=${this.#hover} @zoom=${this.#zoom}
        ></gv-curve-chart>
        <p class="small soft">
          ${
            balanced
              ? msg("At the dashed line, ln 2 ≈ 0.69, neither network is ahead.")
              : msg("Each network tries to lower its own loss.")
          }
        </p>
      </section>
    `;
  }

  #renderOutputs(earlier: readonly CurveTable[]) {
    const objective = objectiveOf(this.state.settings);
    const probable = makesProbabilities(objective);
    const middle = { bce: 0.5, minimax: 0.5, lsgan: 0.5, hinge: 0, wgan: null }[objective];
    return html`
      <section id="probabilities">
        <div class="head small">
          <h2>${msg("Output of D")}${this.#where()}</h2>
          ${this.#value("real", msg("Real"), "dReal", "D(x)")}
          ${this.#value("generated", msg("Generated"), "dFake", "D(G(z))")}
        </div>
        <gv-curve-chart group=${this.controller.name}
          .table=${this.#table} .earlier=${earlier} .curves=${OUTPUTS} .lens=${this.#linear()}
          .reference=${middle} .top=${probable ? 1 : 0}
          label=${
            probable
              ? msg(
                  "The discriminator’s probability that a sample is real, for real and generated samples, over the steps",
                )
              : msg("The discriminator’s output for real and generated samples, over the steps")
          }
          @hover=${this.#hover} @zoom=${this.#zoom}
        ></gv-curve-chart>
        <p class="small soft">
          ${
            probable
              ? isOfPoints(this.state.settings.preset)
                ? msg("How likely D considers a point to be real; at 0.5 it can only guess.")
                : this.#isOfDigits
                  ? msg("How likely D considers a digit to be real; at 0.5 it can only guess.")
                  : msg("How likely D considers a picture to be real; at 0.5 it can only guess.")
              : msg("The farther apart the lines, the better D tells real from generated.")
          }
        </p>
      </section>
    `;
  }

  #renderLens(earlier: readonly EarlierRun[]) {
    const { logarithmic, smoothing, zoom } = this.lens;
    return html`
      <div class="lens small" role="group" aria-label=${msg("How the curves are drawn")}>
        <label>
          <input id="log" type="checkbox" .checked=${logarithmic}
            @change=${() => this.#look({ logarithmic: !logarithmic })} />
          ${msg("Logarithmic")}
        </label>
        <label>
          ${msg("Smoothing")}
          <input id="smoothing" type="range" min="0" max="0.95" step="0.05"
            .value=${String(smoothing)} @input=${this.#smoothen} />
        </label>
        ${
          earlier.length === 0
            ? nothing
            : html`<label>
                <input id="compare" type="checkbox" .checked=${this.comparing}
                  @change=${() => {
                    this.comparing = !this.comparing;
                  }} />
                ${msg("Earlier runs")}
              </label>`
        }
        ${
          zoom === null
            ? nothing
            : html`<button id="zoom-out" class="quiet" @click=${() => this.#look({ zoom: null })}>
                ${msg("Show all steps")}
              </button>`
        }
        <span>
          <button id="judge" class="quiet" ?hidden=${isOfPoints(this.state.settings.preset)} aria-pressed=${this.#judging === "loaded"}
            title=${
              this.#isOfDigits
                ? msg("Measure digit-FID and which digits are generated while training runs")
                : msg("Compare the samples with your pictures while training runs")
            }
            @click=${this.#judge}>${gaugeIcon}${msg("Quality")}</button>
          <button id="csv" class="quiet" title=${msg("Save the curves as CSV")}
            ?disabled=${this.#length < 1} @click=${this.#save}>${saveIcon} CSV</button>
        </span>
      </div>
      ${this.comparing ? this.#renderRuns(earlier) : nothing}
    `;
  }

  /** Legend: the dash pattern of each earlier run. */
  #renderRuns(earlier: readonly EarlierRun[]) {
    return html`<div class="runs small soft">
      ${earlier.map(({ settings: { preset, seed, changes } }, run) => {
        const changed = Object.entries(changes).map(([name, text]) => `${name} ${text}`);
        const words = [preset, msg(str`seed ${String(seed)}`), ...changed].join(", ");
        return html`<span class="number">
          <svg viewBox="0 0 28 8" aria-hidden="true">
            <line x1="0" x2="28" y1="4" y2="4" stroke="currentColor" stroke-width="1.5"
              stroke-dasharray=${dashOf(run).join(" ")} /></svg
          >${shorten(words)}</span>`;
      })}
    </div>`;
  }

  /** Points have their distances instead. */
  get #judges(): boolean {
    return this.#judging === "loaded" && !isOfPoints(this.state.settings.preset);
  }

  #judging: "unloaded" | "loading" | "loaded" = "unloaded";

  /** Shows or hides the judge's measurements, which are loaded on first use. */
  readonly #judge = (): void => {
    if (this.#judging === "loaded") {
      this.#showJudge("unloaded");
      return;
    }
    this.#judging = "loading";
    void this.controller
      .part(() => import("./quality_view"), this.#judge)
      .then((part) => this.#showJudge(part === null ? "unloaded" : "loaded"));
  };

  #showJudge(judging: "unloaded" | "loaded"): void {
    this.#judging = judging;
    this.requestUpdate();
  }

  #earlier: readonly EarlierRun[] = [];
  #earlierTables: readonly CurveTable[] = NONE;

  /** Returns the same array while the runs are the same, to avoid redrawing. */
  #tables(earlier: readonly EarlierRun[]): readonly CurveTable[] {
    if (earlier !== this.#earlier) {
      this.#earlier = earlier;
      this.#earlierTables = earlier.map(({ table }) => table);
    }
    return this.#earlierTables;
  }

  #linearLens: Lens | null = null;

  /** Outputs stay linear, so that the middle between 0 and 1 is easy to see. */
  #linear(): Lens {
    const { zoom, smoothing } = this.lens;
    const same = this.#linearLens?.zoom === zoom && this.#linearLens.smoothing === smoothing;
    if (!same || this.#linearLens === null) {
      this.#linearLens = { zoom, smoothing, logarithmic: false };
    }
    return this.#linearLens;
  }

  #look(part: Partial<Lens>): void {
    this.lens = { ...this.lens, ...part };
  }

  readonly #smoothen = (event: Event): void =>
    this.#look({ smoothing: Number((event.target as HTMLInputElement).value) });

  readonly #save = (): void => {
    const csv = new Blob(toCsv(this.training.curves.history), { type: "text/csv" });
    download(`${fileName(this.state.settings)}.csv`, csv);
  };

  #hover(event: CustomEvent<number | null>): void {
    this.hovered = event.detail;
  }

  #zoom(event: CustomEvent<Lens["zoom"]>): void {
    this.#look({ zoom: event.detail });
  }

  #where() {
    const step = this.hovered === null ? undefined : this.#table?.steps[this.hovered];
    return step === undefined
      ? ""
      : html` <span class="soft number">${msg(str`at step ${formatCount(step)}`)}</span>`;
  }

  #value(kind: "real" | "generated", name: string, metric: MetricName, symbol = "") {
    const means = this.#table?.mean[METRICS.indexOf(metric)];
    const bin = this.hovered === null ? undefined : means?.[this.hovered];
    const value = bin ?? this.controller.live.numbers?.[metric];
    const text = value === undefined ? "–" : formatFixed(value, 3);
    return html`<span class="value ${kind}">
      ${name} <i>${symbol}</i>
      <b class="number" data-metric=${metric}>${text}</b>
    </span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-curves-view": CurvesView;
  }
}

customElements.define("gv-curves-view", CurvesView);
