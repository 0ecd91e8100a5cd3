// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One hyper-parameter in the drawer: its name and meaning, its value, what it is in the preset, and
// when a change of it takes effect.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import type { HyperParameter } from "../../config/hyper_parameters";
import { describeParameter } from "../words/hyper_parameter_words";
import { describeRange } from "../words/layer_words";

export const parameterStyles = css`
  .parameter {
    display: grid;
    grid-template-columns: 1fr 9rem;
    gap: 0 1rem;
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
  /** Unique in the dialog: with the network. */
  readonly id: string;
  readonly text: string;
  readonly byDefault: string | undefined;
  readonly wrong: boolean;
  readonly change: (text: string) => void;
}

export function renderParameter(parameter: HyperParameter, field: FieldState) {
  const { spec, when } = parameter;
  const { label, help } = describeParameter(parameter.name);
  const { id, text, byDefault, wrong } = field;
  const take = (event: Event): void =>
    field.change((event.target as HTMLInputElement | HTMLSelectElement).value);
  return html`
    <div class="parameter">
      <label for=${id}>
        ${label}
        <span class="when small soft">
          ${when === "now" ? msg("applies at once") : msg("from the next start")}
        </span>
      </label>
      ${
        spec.kind === "choice"
          ? html`<select id=${id} aria-describedby="${id}-help" @change=${take}>
              ${spec.choices.map(
                (choice) => html`<option value=${choice} ?selected=${choice === text}
                  >${choice}</option>`,
              )}
            </select>`
          : html`<input id=${id} type="text" inputmode="decimal" autocomplete="off"
              aria-describedby="${id}-help" aria-invalid=${wrong} .value=${text} @input=${take} />`
      }
      <p id="${id}-help" class="small soft">
        ${help}
        ${
          byDefault === undefined || byDefault === text
            ? nothing
            : msg(str`In the preset: ${byDefault}.`)
        }
      </p>
      ${
        wrong && (spec.kind === "whole" || spec.kind === "real")
          ? html`<p class="small wrong" role="alert">${describeRange(spec.kind, spec.range)}</p>`
          : nothing
      }
    </div>
  `;
}
