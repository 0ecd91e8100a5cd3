// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-set-sheet>`: what was understood of the user's pictures, how they are fitted, and what was left
// out. Emits "options" as its fields do.

import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { html, LitElement, nothing } from "lit";
import { countOf } from "../../engine/picture_count";
import type { ReadingNote, ReadingOptions } from "../../engine/pictures";
import { baseStyles } from "../elements/base_styles";
import { formatBytes, formatCount, shorten } from "../platform/format";
import { describeSet, explainLeftOut, explainNote } from "../words/picture_words";
import { cautionStyles } from "./caution_styles";
import { FEW } from "./set_parts";
import type { Progress, ReadSheet } from "./sheet";
import { sheetStyles } from "./sheet_styles";
import "./picture_rows";
import "./reading_fields";

/** A run on more may not fit into the memory that a page has. */
const MANY_BYTES = 400e6;

/** What can be done about a note. */
const REMEDIES: Readonly<
  Partial<Record<ReadingNote, { readonly options: ReadingOptions; readonly words: () => string }>>
> = {
  emnist_transposed: { options: { transpose: true }, words: () => msg("Turn them upright") },
};

export class SetSheet extends LitElement {
  static override properties = {
    sheet: { attribute: false },
    options: { attribute: false },
    progress: { attribute: false },
  };

  static override styles = [baseStyles, cautionStyles, sheetStyles];

  declare sheet: ReadSheet | null;
  declare options: ReadingOptions;
  /** Of reading with other options. */
  declare progress: Progress | null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    this.sheet = null;
    this.options = {};
    this.progress = null;
  }

  override render() {
    if (this.sheet === null) return nothing;
    const { chosen, reading } = this.sheet;
    const { set } = reading;
    return html`
      <div role="status"><h3 id="summary">${describeSet(set, countOf(set))}</h3></div>
      ${this.#renderCautions()}
      <div class="columns">
        <div class="pictures" tabindex="0" role="region" aria-label=${msg("Pictures")} aria-busy=${this.progress !== null}>
          ${this.progress === null ? nothing : this.#renderProgress(this.progress)}
          <gv-picture-rows .set=${set}></gv-picture-rows>
        </div>
        ${
          chosen.origin === "drawings" || chosen.origin === "run"
            ? nothing
            : html`<div class="fitting">
                <h3>${msg("How they are fitted")}</h3>
                <gv-reading-fields .options=${this.options} .set=${set}
                  @options=${this.#pass}></gv-reading-fields>
                ${this.#renderLeftOut()}
              </div>`
        }
      </div>
    `;
  }

  #renderProgress({ done, all }: Progress) {
    return html`<progress aria-label=${msg("Reading pictures")} max=${all ?? 1}
      .value=${all === null ? 0 : done}></progress>`;
  }

  #renderCautions() {
    if (this.sheet === null) return nothing;
    const { set, notes, arrays } = this.sheet.reading;
    const few = countOf(set) < FEW;
    const many = set.pixels.length > MANY_BYTES;
    return html`
      ${few ? html`<p class="caution small" id="few">${msg("So few pictures are learned by heart: the network will draw these again and little else. Fifty are enough to try.")}</p>` : nothing}
      ${many ? html`<p class="caution small" id="many">${msg(str`These pictures take ${formatBytes(set.pixels.length)} of memory, perhaps more than this page has. A smaller size or fewer pictures take less.`)}</p>` : nothing}
      ${notes.map((note) => {
        const remedy = REMEDIES[note];
        return html`<p class="caution small" data-note=${note}>
          ${explainNote(note, arrays)}
          ${remedy === undefined ? nothing : html`<button @click=${() => this.#emit(remedy.options)}>${remedy.words()}</button>`}
        </p>`;
      })}
    `;
  }

  #renderLeftOut() {
    const { leftOut } = this.sheet?.reading ?? { leftOut: [] };
    if (leftOut.length === 0) return nothing;
    return html`<div id="left-out">
      <h3>${msg("Left out")}</h3>
      <ul class="small">
        ${leftOut.map(({ reason, count, examples }) => {
          const names = examples.map((name) => shorten(name)).join(msg(", "));
          return html`<li data-reason=${reason}>
            <span class="number">${formatCount(count)}</span> ${explainLeftOut(reason)}<span class="soft">${names}${count > examples.length ? " …" : ""}</span>
          </li>`;
        })}
      </ul>
    </div>`;
  }

  readonly #pass = (event: CustomEvent<ReadingOptions>): void => this.#emit(event.detail);

  #emit(detail: ReadingOptions): void {
    this.dispatchEvent(new CustomEvent("options", { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-set-sheet": SetSheet;
  }
}

customElements.define("gv-set-sheet", SetSheet);
