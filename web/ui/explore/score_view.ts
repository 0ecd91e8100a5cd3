// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-score-view>`: a discriminator's score on a scale with two reference marks, and the most likely
// class.

import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import type { Config } from "../../engine/types";
import { baseStyles } from "../elements/base_styles";
import { formatFixed } from "../platform/format";
import { type DiscriminatorOutput, placeOfScore, type References } from "./discriminator_output";

export class ScoreView extends LitElement {
  static override properties = {
    output: { attribute: false },
    references: { attribute: false },
    objective: { attribute: false },
    names: { attribute: false },
  };

  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: 0.75rem;
      }

      .verdict {
        font-weight: 600;
        min-height: 1.5em;
      }

      .scale {
        position: relative;
        height: 12px;
        border-radius: 6px;
        background: linear-gradient(to right, var(--generated), var(--line) 50%, var(--real));
      }

      .scale i,
      .scale b {
        position: absolute;
        transform: translateX(-50%);
      }

      .scale b {
        top: -5px;
        width: 8px;
        height: 22px;
        border: 2px solid var(--surface);
        border-radius: 5px;
        background: var(--ink);
        transition: left 80ms linear;
      }

      .scale i {
        top: 13px;
        border: 5px solid transparent;
        border-bottom-color: currentColor;
      }

      .marks {
        display: grid;
        gap: 0.125rem;
        padding-top: 0.75rem;
      }

      .marks span::before {
        content: "▲ ";
        font-size: 0.7em;
      }

      .real {
        color: var(--real-text);
      }

      .generated {
        color: var(--generated-text);
      }

      .digits {
        display: grid;
        grid-template-columns: repeat(10, 1fr);
        gap: 2px;
        text-align: center;
      }

      .digits div {
        display: grid;
        align-items: end;
        height: 2rem;
        border-radius: 2px;
        background: var(--sunken);
      }

      .digits i {
        display: block;
        border-radius: 2px;
        background: var(--line-strong);
      }

      .digits .most i {
        background: var(--ink);
      }

      .digits .most {
        font-weight: 650;
      }

      @media (prefers-reduced-motion: reduce) {
        .scale b {
          transition: none;
        }
      }
    `,
  ];

  declare output: DiscriminatorOutput | null;
  declare references: References | null;
  declare objective: Config["objective"];
  /** Of the classes; null for digits. */
  declare names: readonly string[] | null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    this.output = null;
    this.references = null;
    this.objective = "bce";
    this.names = null;
  }

  override render() {
    const { output, references, objective } = this;
    const marks = references ?? { real: 1, generated: 0 };
    const place = (score: number): string =>
      `left: ${100 * placeOfScore(score, objective, marks)}%`;
    return html`
      <p class="verdict" data-score=${output?.score ?? nothing}>
        ${output === null ? msg("Nothing to score yet") : this.#verdict(output, marks)}
      </p>
      <div>
        <div class="scale">
          ${
            references === null
              ? nothing
              : html`<i class="generated" .style=${place(references.generated)}></i>
                  <i class="real" .style=${place(references.real)}></i>`
          }
          ${output === null ? nothing : html`<b .style=${place(output.score)}></b>`}
        </div>
        <div class="marks small">
          ${
            references === null
              ? nothing
              : html`<span class="real">${msg(str`real digits: ${formatFixed(references.real, 2)} on average`)}</span>
                <span class="generated">${msg(str`this generator’s: ${formatFixed(references.generated, 2)} on average`)}</span>`
          }
        </div>
      </div>
      ${output?.classes ? this.#renderClasses(output.classes, output.class ?? 0) : nothing}
    `;
  }

  #verdict(output: DiscriminatorOutput, references: References) {
    const { score } = output;
    const value = html`<span class="number">${formatFixed(score, 2)}</span>`;
    return html`${this.#words(placeOfScore(score, this.objective, references))} ${value}`;
  }

  #words(place: number): string {
    if (place >= 0.8) return msg("Almost certainly real:");
    if (place >= 0.6) return msg("Probably real:");
    if (place > 0.4) return msg("Hard to tell:");
    if (place > 0.2) return msg("Probably fake:");
    return msg("Almost certainly fake:");
  }

  #renderClasses(classes: readonly number[], best: number) {
    const { names } = this;
    if (names !== null) {
      return html`<p class="small">${msg(str`Most likely class: ${names[best] ?? ""}`)}</p>`;
    }
    const [least, most] = [Math.min(0, ...classes), Math.max(...classes)];
    const height = (value: number): number => (100 * (value - least)) / (most - least || 1);
    return html`
      <div>
        <p class="small">${msg(str`Most likely digit: ${String(best)}`)}</p>
        <div class="digits small number" aria-hidden="true">
          ${classes.map(
            (value, digit) => html`<span class=${digit === best ? "most" : ""}>
              <div><i .style="height: ${height(value)}%"></i></div>${digit}
            </span>`,
          )}
        </div>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-score-view": ScoreView;
  }
}

customElements.define("gv-score-view", ScoreView);
