// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What stands in the place of code that did not come, and how to go on. Part of the opening, so that it
// does not itself have to come.

import { msg } from "@lit/localize";
import { html, nothing } from "lit";
import { spaceBetween } from "../platform/i18n";
import type { MissingPart } from "../state/store";
import { explain } from "../words/error_words";

export function renderMissing({ error, again, words }: MissingPart) {
  return html`
    <span>${words ?? msg("This part of the page could not be loaded.")}${spaceBetween()}${explain(error)}</span>
    <button @click=${again}>${msg("Try again")}</button>
    ${
      error.code === "reload_needed"
        ? html`<button @click=${() => location.reload()}>${msg("Reload the page")}</button>`
        : nothing
    }
  `;
}
