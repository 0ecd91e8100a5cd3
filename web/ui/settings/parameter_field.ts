// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A hyper-parameter in the settings drawer: its label, explanation, value, the preset's value, and
// when a change takes effect.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import type { HyperParameter } from "../../config/hyper_parameters";
import { describeParameter } from "../words/hyper_parameter_words";
import { describeRange } from "../words/layer_words";

export const parameterStyles = css`
  .parameter {
    display: grid;
    grid-template-columns: 1fr 9rem;
    gap: 0.25rem 1rem;
    align-items: center;
    padding: 0.5rem 0;
  }

  .parameter + .parameter {
    border-top: 1px solid var(--line);
  }

  .parameter p {
    grid-column: 1 / -1;
  }

  .parameter label {
    font-weight: 600;
  }

  .parameter .when {
    font-weight: 400;
    white-space: nowrap;
  }
`;

export interface FieldState {
  /** Unique in the dialog; includes the network. */
  readonly id: string;
  readonly text: string;
  readonly presetText: string | undefined;
  readonly invalid: boolean;
  readonly change: (text: string) => void;
}

export function renderParameter(parameter: HyperParameter, field: FieldState) {
  const { spec, when } = parameter;
  const { label, help } = describeParameter(parameter.name);
  const { id, text, presetText, invalid } = field;
  const change = (event: Event): void =>
    field.change((event.target as HTMLInputElement | HTMLSelectElement).value);
  return html`
    <div class="parameter">
      <label for=${id}>
        ${label}
        <span class="when small soft">
          ${when === "now" ? msg("applies immediately") : msg("applies after a restart")}
        </span>
      </label>
      ${
        spec.kind === "choice"
          ? html`<select id=${id} aria-describedby="${id}-help" @change=${change}>
              ${spec.choices.map(
                (choice) => html`<option value=${choice} ?selected=${choice === text}
                  >${choice}</option>`,
              )}
            </select>`
          : html`<input id=${id} type="text" inputmode="decimal" autocomplete="off"
              aria-describedby="${id}-help" aria-invalid=${invalid} .value=${text} @input=${change} />`
      }
      <p id="${id}-help" class="small soft">
        ${help}
        ${
          presetText === undefined || presetText === text
            ? nothing
            : msg(str`The preset has ${presetText}.`)
        }
      </p>
      ${
        invalid && (spec.kind === "whole" || spec.kind === "real")
          ? html`<p class="small wrong" role="alert">${describeRange(spec.kind, spec.range)}</p>`
          : nothing
      }
    </div>
  `;
}
