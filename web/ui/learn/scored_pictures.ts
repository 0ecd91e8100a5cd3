// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pictures of a batch, each with D's score.

import { html, type TemplateResult } from "lit";
import { formatFixed } from "../platform/format";
import type { Side } from "./drawings";
import { pictureOf } from "./station_element";
import "../elements/picture";

type Floats = Float32Array<ArrayBuffer>;

/** A whole batch would be too much to look at. */
const SHOWN_PICTURES = 16;

/** With `choose`, pictures are buttons, one of which is pressed. */
export function scoredPictures(
  values: Floats,
  probabilities: Floats,
  side: Side,
  choice: {
    readonly chosen: number;
    readonly choose: (index: number) => void;
    readonly label: (index: number, probability: string) => string;
  } | null = null,
): TemplateResult {
  return html`<div class="pictures">
    ${Array.from(probabilities.subarray(0, SHOWN_PICTURES), (p, i) => {
      const content = html`<gv-picture .image=${pictureOf(values, i)}></gv-picture>
        <svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect class="all" width="100" height="4"></rect><rect width=${100 * p} height="4"></rect>
        </svg>
        <span class="number">${formatFixed(p, 2)}</span>`;
      return choice === null
        ? html`<div class="scored ${side}">${content}</div>`
        : html`<button class="scored ${side}" aria-pressed=${i === choice.chosen}
            aria-label=${choice.label(i + 1, formatFixed(p, 2))} @click=${() => choice.choose(i)}>
            ${content}
          </button>`;
    })}
  </div>`;
}
