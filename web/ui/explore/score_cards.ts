// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a discriminator sees in a picture, and the nearest one that the generator can make: the two
// cards beside a drawing or a sample.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import { shapeOfSize } from "../../engine/picture_shape";
import type { Model } from "../state/models";
import type { Nearest } from "./nearest";
import "../elements/picture";

export const cardStyles = css`
  .cards {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 1rem 1.5rem;
  }

  .card {
    display: grid;
    gap: 0.75rem;
    align-content: start;
  }

  .card gv-picture {
    max-width: 13rem;
    width: 100%;
  }

  .seen {
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }

  .legend {
    max-width: 20rem;
  }

  .real {
    color: var(--real-text);
  }

  .fake {
    color: var(--generated-text);
  }

  @container (max-width: 899px) {
    .cards {
      gap: 1rem;
    }
  }
`;

/** What the colours of a saliency map on such a picture mean. */
export function renderLegend(size: number) {
  const isColored = shapeOfSize(size).channels === 3;
  return html`<p class="small soft legend">
    ${isColored ? msg("More light here makes it look") : msg("More ink here makes it look")}
    <span class="real">${msg("more real")}</span> / <span class="fake">${msg("more fake")}</span>
  </p>`;
}

export function explainNoJudge(): string {
  return msg("This model comes without its discriminator, so nothing scores the picture.");
}

/** @param target whether there is a picture to search for */
export function renderNearest({ found, searching }: Nearest, model: Model | null, target: boolean) {
  const percent = found === null ? "" : `${Math.round(50 * Math.sqrt(found.error))}\u202f%`;
  return html`
    <section class="card" aria-label=${msg("The nearest picture that the generator can make")}>
      <h3>${msg("G’s nearest")}</h3>
      <gv-picture id="nearest" class="generated" .image=${found?.sample ?? null}
        label=${msg("The generated image nearest to yours")}></gv-picture>
      <p class="small" data-error=${found?.error ?? nothing}>
        ${
          found === null
            ? target
              ? msg("Searching …")
              : msg("Nothing to search for yet")
            : html`${msg(html`Typical error per pixel: <b class="number">${percent}</b>.`)}
              ${model?.conditional ? describeLabel(model, found.label) : nothing}`
        }
        <br /><span class="soft">${
          found === null ? nothing : searching ? msg("Still searching …") : msg("Search finished.")
        }</span>
      </p>
    </section>
  `;
}

function describeLabel({ classes, ofDigits }: Model, label: number): string {
  const name = classes[label] ?? "";
  return ofDigits ? msg(str`Requested digit: ${name}.`) : msg(str`Requested class: ${name}.`);
}
