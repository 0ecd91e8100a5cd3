// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The field of the drawer that says how many digits, or how many of the user's own pictures, a run learns from.

import { msg, str } from "@lit/localize";
import { html, nothing } from "lit";
import { downloadSize } from "../../config/download_size";
import { type Draft, mostExamples } from "../../config/draft";
import type { PictureFacts } from "../../config/settings";
import { MAX_EXAMPLES } from "../../config/supply";
import { formatBytes, formatCount } from "../platform/format";
import { aboutDigits } from "../words/supply_words";

const CHOICES = [1_000, 10_000, 30_000, MAX_EXAMPLES].filter((count) => count <= MAX_EXAMPLES);

interface ExamplesField {
  readonly draft: Draft;
  readonly invalid: boolean;
  readonly change: (examples: string) => void;
  /** In the place of own pictures. */
  readonly takeDigits: () => void;
}

export function renderExamples(field: ExamplesField) {
  const { pictures } = field.draft;
  return pictures === null ? renderDigits(field) : renderPictures(field, pictures);
}

function renderPictures(field: ExamplesField, { name, count }: PictureFacts) {
  const { draft, invalid, change, takeDigits } = field;
  return html`
    <fieldset>
      <label class="field" for="examples">${msg("Your own pictures to learn from")}</label>
      <input id="examples" type="text" inputmode="numeric" autocomplete="off"
        aria-describedby="examples-help" aria-invalid=${invalid} .value=${draft.examples}
        @input=${(event: Event) => change((event.target as HTMLInputElement).value)} />
      <p id="examples-help" class="small soft">
        ${count === 0 ? nothing : msg(str`How many of the ${formatCount(count)} pictures, from the first on.`)} ${name}
      </p>
      ${renderWrong(field)}
      <button type="button" id="digits" @click=${takeDigits}>
        ${msg("Use the digits instead")}
      </button>
    </fieldset>
  `;
}

function renderDigits(field: ExamplesField) {
  const { draft, invalid, change } = field;
  const chosen = Number(draft.examples);
  const known = CHOICES.includes(chosen) || invalid;
  const choices = known ? CHOICES : [...CHOICES, chosen].sort((a, b) => a - b);
  const about = aboutDigits();
  return html`
    <fieldset>
      <legend>${msg("Handwritten digits to learn from")}</legend>
      <div class="choices">
        ${choices.map(
          (count) => html`<label class="choice">
            <input type="radio" name="examples" value=${count} .checked=${count === chosen}
              @change=${() => change(String(count))} />
            <span class="number">${formatCount(count)}</span>
            <span class="small soft number">${formatBytes(downloadSize(count))}</span>
          </label>`,
        )}
      </div>
      ${about === "" ? nothing : html`<p class="small soft">${about}</p>`}
      ${renderWrong(field)}
    </fieldset>
  `;
}

function renderWrong({ draft, invalid }: ExamplesField) {
  if (!invalid) return nothing;
  return html`<p class="small wrong" role="alert">
    ${msg(str`A whole number from 1 to ${formatCount(mostExamples(draft))}.`)}
  </p>`;
}
