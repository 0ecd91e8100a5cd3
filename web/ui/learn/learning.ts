// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Shared by the stations train_d and train_g: choice of a learning rate, table of values before and
// after, and gradient norms per layer.

import { html, nothing, type TemplateResult } from "lit";
import type { LayerSummary } from "../../engine/types";
import { formatFigure, formatFixed } from "../platform/format";
import type { Labels } from "./texts";

const RATE_FACTORS = [0.1, 1, 10, 100] as const;

export function rateChoice(
  own: number,
  chosen: number,
  labels: Labels,
  choose: (rate: number) => void,
): TemplateResult {
  return html`<fieldset class="choices small" id="rates">
    <legend>${labels.learningRate}</legend>
    ${RATE_FACTORS.map((factor) => {
      const rate = own * factor;
      const near = Math.abs(chosen / rate - 1) < 1e-6;
      return html`<label><input type="radio" name="rate" value=${factor} .checked=${near}
        @change=${() => choose(rate)} /><span class="number">${Number(rate.toPrecision(3))}</span></label>`;
    })}
  </fieldset>`;
}

export interface Change {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly color: "real" | "generated" | "";
  readonly before: number;
  readonly after: number;
}

export function changesTable(changes: readonly Change[], labels: Labels): TemplateResult {
  return html`<table>
    <thead>
      <tr><th scope="col"><span class="unseen">${labels.number}</span></th><th scope="col">${labels.before}</th><th scope="col">${labels.after}</th></tr>
    </thead>
    <tbody>
      ${changes.map(
        ({ id, name, note, color, before, after }) => html`<tr id=${id}>
          <th scope="row" class=${color}>${name} <span class="small soft">${note}</span></th>
          <td>${formatFixed(before, 3)}</td>
          <td class="after">${formatFixed(after, 3)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Only layers that have weights. */
export function gradientTable(layers: readonly LayerSummary[], labels: Labels): TemplateResult {
  const learning = layers.filter(({ parameters }) => parameters > 0);
  return html`<table class="small" id="gradients">
    <thead>
      <tr><th scope="col">${labels.layer}</th><th scope="col">${labels.weights}</th><th scope="col">${labels.gradientNorm}</th></tr>
    </thead>
    <tbody>
      ${learning.map(
        ({ name, shape, tensors, gradientNorm }) => html`<tr>
          <th scope="row"><code>${name}</code> <span class="soft">→ ${shape.join(" × ")}</span></th>
          <td>${tensors.map((tensor) => tensor.shape.join(" × ")).join(" + ")}</td>
          <td>${gradientNorm === null ? nothing : formatFigure(gradientNorm)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
