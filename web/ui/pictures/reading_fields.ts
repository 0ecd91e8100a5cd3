// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-reading-fields>`: how pictures are fitted. Emits "options" with what has changed.

import { msg, updateWhenLocaleChanges } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { PICTURE_SIDES, type PictureSet, type ReadingOptions } from "../../engine/pictures";
import { baseStyles } from "../elements/base_styles";
import { fieldStyles } from "../elements/field_styles";

const WHITE = [255, 255, 255] as const;

export class ReadingFields extends LitElement {
  static override properties = { options: { attribute: false }, set: { attribute: false } };

  static override styles = [
    baseStyles,
    fieldStyles,
    css`
      :host {
        display: grid;
        gap: 0.625rem;
      }

      label {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 9.5rem;
        gap: 0.75rem;
        align-items: center;
      }

      label.check {
        grid-template-columns: auto minmax(0, 1fr);
        min-height: 2rem;
      }

      input[type="checkbox"] {
        width: 1.125rem;
        height: 1.125rem;
      }

      select,
      input[type="color"] {
        width: 100%;
        min-height: 2.25rem;
      }

      select {
        padding: 0.125rem 0.5rem;
      }

      input[type="color"] {
        padding: 2px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-small);
        background: var(--page);
        cursor: pointer;
      }

      @media (max-width: 899px) {
        select,
        label.check,
        input[type="color"] {
          min-height: 2.75rem;
        }
      }
    `,
  ];

  /** What the user has chosen so far; the rest follows the pictures. */
  declare options: ReadingOptions;
  declare set: PictureSet | null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    this.options = {};
    this.set = null;
  }

  override render() {
    const { options, set } = this;
    const side = options.side ?? set?.side ?? 32;
    const colour = options.colour ?? set?.channels === 3;
    return html`
      ${this.#renderChoice(
        "side",
        msg("Size in pixels"),
        String(side),
        PICTURE_SIDES.map((each) => [String(each), `${each} × ${each}`]),
        (value) => ({ side: PICTURE_SIDES.find((each) => String(each) === value) ?? 32 }),
      )}
      ${this.#renderChoice(
        "colour",
        msg("Colours"),
        String(colour),
        [
          ["true", msg("in colour")],
          ["false", msg("grey")],
        ],
        (value) => ({ colour: value === "true" }),
      )}
      ${this.#renderChoice(
        "pad",
        msg("Pictures that are not square"),
        String(options.pad === true),
        [
          ["false", msg("crop")],
          ["true", msg("shrink to fit")],
        ],
        (value) => ({ pad: value === "true" }),
      )}
      <label class="small">
        ${msg("Colour behind transparent parts")}
        <input id="ground" type="color" .value=${hexOf(options.ground ?? WHITE)}
          @change=${(event: Event) => this.#emit({ ground: colorOf(chosenIn(event)) })} />
      </label>
      ${this.#renderSwitch("invert", msg("Invert: black becomes white"))}
      ${this.#renderSwitch("transpose", msg("Turn arrays that lie on their sides, as EMNIST’s do"))}
    `;
  }

  #renderChoice(
    id: string,
    words: string,
    chosen: string,
    choices: readonly (readonly [string, string])[],
    change: (value: string) => ReadingOptions,
  ) {
    return html`<label class="small">
      ${words}
      <select id=${id} @change=${(event: Event) => this.#emit(change(chosenIn(event)))}>
        ${choices.map(
          ([value, text]) =>
            html`<option value=${value} .selected=${value === chosen}>${text}</option>`,
        )}
      </select>
    </label>`;
  }

  #renderSwitch(name: "invert" | "transpose", words: string) {
    return html`<label class="check small">
      <input id=${name} type="checkbox" .checked=${this.options[name] === true}
        @change=${(event: Event) => this.#emit({ [name]: (event.target as HTMLInputElement).checked })} />
      ${words}
    </label>`;
  }

  #emit(detail: ReadingOptions): void {
    this.dispatchEvent(new CustomEvent("options", { detail }));
  }
}

function chosenIn(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

type Color = readonly [number, number, number];

function hexOf(color: Color): string {
  return `#${color.map((level) => level.toString(16).padStart(2, "0")).join("")}`;
}

function colorOf(hex: string): Color {
  const level = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return [level(1), level(3), level(5)];
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-reading-fields": ReadingFields;
  }

  interface HTMLElementEventMap {
    options: CustomEvent<ReadingOptions>;
  }
}

customElements.define("gv-reading-fields", ReadingFields);
