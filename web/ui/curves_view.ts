// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-curves-view>`: losses and probabilities over the steps, each with its values now (or under
// the pointer) and one sentence on how to read it.

import { msg, str } from "@lit/localize";
import { css, html } from "lit";
import { baseStyles } from "./base_styles";
import type { Curve } from "./curve_chart";
import type { CurveTable } from "./curves";
import { LabElement } from "./element";
import { formatCount, formatFixed } from "./format";
import type { Numbers } from "./store";
import "./curve_chart";

const REAL = { color: "--real", band: "--real-band" };
const GENERATED = { color: "--generated", band: "--generated-band" };
const LOSSES: readonly Curve[] = [
  { metric: 0, ...REAL },
  { metric: 1, ...GENERATED },
];
const PROBABILITIES: readonly Curve[] = [
  { metric: 2, ...REAL },
  { metric: 3, ...GENERATED },
];
const METRICS = ["lossD", "lossG", "dReal", "dFake"] as const satisfies readonly (keyof Numbers)[];

export class CurvesView extends LabElement {
  static override properties = { hovered: { state: true } };

  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-auto-rows: 1fr;
        gap: var(--gap);
        min-height: 0;
        container-type: inline-size;
      }

      section {
        display: grid;
        grid-template-rows: auto minmax(7rem, 1fr) auto;
        min-height: 0;
      }

      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1.125rem;
        align-items: baseline;
      }

      h2 {
        margin-right: auto;
        font-weight: 600;
      }

      .value::before {
        content: "";
        display: inline-block;
        width: 0.625rem;
        height: 0.1875rem;
        margin-right: 0.375rem;
        border-radius: 2px;
        background: currentColor;
        vertical-align: 0.22em;
      }

      .value b {
        display: inline-block;
        min-width: 2.75rem;
        font-weight: 600;
        text-align: right;
      }

      i {
        font-style: normal;
      }

      .real {
        color: var(--real-text);
      }

      .generated {
        color: var(--generated-text);
      }

      @container (max-width: 31rem) {
        i {
          display: none;
        }
      }

      @container (max-width: 24rem) {
        h2 {
          width: 100%;
        }
      }

      @media (max-width: 899px) {
        section {
          grid-template-rows: auto 11rem auto;
        }
      }
    `,
  ];

  /** Bin under the pointer, in both charts. */
  declare hovered: number | null;
  #table: CurveTable | null = null;
  #length = -1;

  constructor() {
    super();
    this.hovered = null;
  }

  protected override subscriptions() {
    return [this.lab.live.subscribe(() => this.requestUpdate())];
  }

  override render() {
    const { curves } = this.lab.live;
    if (this.#table === null || this.#length !== curves.length) {
      this.#table = curves.table();
      this.#length = curves.length;
    }
    return html`
      <section id="losses">
        <div class="head small">
          <h2>${msg("Loss")}${this.#where()}</h2>
          ${this.#value("real", msg("Discriminator"), 0)}
          ${this.#value("generated", msg("Generator"), 1)}
        </div>
        <gv-curve-chart
          .table=${this.#table}
          .curves=${LOSSES}
          .reference=${Math.LN2}
          label=${msg("Losses of discriminator and generator over the steps")}
          @hover=${this.#hover}
        ></gv-curve-chart>
        <p class="small soft">
          ${msg("At the dashed line, ln 2 ≈ 0.69, neither of the two is ahead.")}
        </p>
      </section>
      <section id="probabilities">
        <div class="head small">
          <h2>${msg("Judged real")}${this.#where()}</h2>
          ${this.#value("real", msg("Real"), 2, "D(x)")}
          ${this.#value("generated", msg("Generated"), 3, "D(G(z))")}
        </div>
        <gv-curve-chart
          .table=${this.#table}
          .curves=${PROBABILITIES}
          .reference=${0.5}
          .top=${1}
          label=${msg("Probability of being real that the discriminator gives to real and to generated digits, over the steps")}
          @hover=${this.#hover}
        ></gv-curve-chart>
        <p class="small soft">
          ${msg("How likely the discriminator finds it that a digit is real; at 0.5 it can only guess.")}
        </p>
      </section>
    `;
  }

  #hover(event: CustomEvent<number | null>): void {
    this.hovered = event.detail;
  }

  #where() {
    const step = this.hovered === null ? undefined : this.#table?.steps[this.hovered];
    return step === undefined
      ? ""
      : html` <span class="soft number">${msg(str`at step ${formatCount(step)}`)}</span>`;
  }

  #value(kind: "real" | "generated", name: string, metric: 0 | 1 | 2 | 3, symbol = "") {
    const bin = this.hovered === null ? undefined : this.#table?.mean[metric]?.[this.hovered];
    const value = bin ?? this.lab.live.numbers?.[METRICS[metric]];
    const text = value === undefined ? "–" : formatFixed(value, 3);
    return html`<span class="value ${kind}">
      ${name} <i>${symbol}</i>
      <b class="number" data-metric=${METRICS[metric]}>${text}</b>
    </span>`;
  }
}

customElements.define("gv-curves-view", CurvesView);
