// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-class-picker>`: classes in a row, optionally with pictures; more than ten in a list. Arrow keys
// move as among radio buttons. Emits "pick" with the class.

import { css, html, LitElement, nothing } from "lit";
import { fieldStyles } from "../elements/field_styles";
import { toolStyles } from "./tool_styles";
import "../elements/picture";

const MOST_BUTTONS = 10;

export class ClassPicker extends LitElement {
  static override properties = {
    chosen: { attribute: false },
    names: { attribute: false },
    pictures: { attribute: false },
    label: {},
  };

  static override styles = [
    ...toolStyles,
    fieldStyles,
    css`
      :host {
        display: block;
        width: auto;
        margin: 0;
      }

      .thumbs:not(.pictures) button {
        min-height: 2.5rem;
        padding: 0;
      }

      /* Words need more room than digits. */
      .thumbs.words {
        grid-template-columns: repeat(5, minmax(0, 1fr));
      }

      .words .name {
        overflow: hidden;
        padding-inline: 0.25rem;
        text-overflow: ellipsis;
      }

      @container (max-width: 899px) {
        .thumbs.words {
          grid-template-columns: repeat(auto-fill, minmax(min(100%, 5.25rem), 1fr));
        }

        .thumbs button {
          min-height: 2.75rem;
        }
      }
    `,
  ];

  /** Index of the class; null for none. */
  declare chosen: number | null;
  declare names: readonly string[];
  /** One image per class; null for names only. */
  declare pictures: readonly Float32Array[] | null;
  declare label: string;

  constructor() {
    super();
    this.chosen = null;
    this.names = [];
    this.pictures = null;
    this.label = "";
  }

  override render() {
    return this.names.length > MOST_BUTTONS ? this.#renderList() : this.#renderButtons();
  }

  #renderButtons() {
    const { pictures, names } = this;
    const words = names.some((name) => name.length > 2);
    const kind = `${pictures === null ? "" : "pictures"} ${words ? "words" : ""}`;
    return html`
      <div class="thumbs ${kind}" role="radiogroup" aria-label=${this.label}
        @keydown=${this.#onKey}>
        ${names.map((name, index) => {
          const checked = index === this.chosen;
          const stop = checked || (this.chosen === null && index === 0);
          return html`
            <button role="radio" aria-checked=${checked ? "true" : "false"} data-digit=${index}
              title=${words ? name : nothing} tabindex=${stop ? 0 : -1}
              @click=${() => this.#pick(index)}>
              ${
                pictures === null
                  ? nothing
                  : html`<gv-picture .image=${pictures[index] ?? null}></gv-picture>`
              }
              <span class="name">${name}</span>
            </button>
          `;
        })}
      </div>
    `;
  }

  #renderList() {
    const { names, chosen } = this;
    return html`<select aria-label=${this.label} @change=${this.#onChange}>
      ${names.map(
        (name, index) =>
          html`<option value=${index} .selected=${index === chosen}>${name}</option>`,
      )}
    </select>`;
  }

  #pick(index: number): void {
    this.dispatchEvent(new CustomEvent<number>("pick", { detail: index }));
  }

  readonly #onChange = (event: Event): void => {
    this.#pick(Number((event.target as HTMLSelectElement).value));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const { length } = this.names;
    const index = ((this.chosen ?? 0) + by + length) % length;
    this.#pick(index);
    this.renderRoot.querySelector<HTMLElement>(`[data-digit="${index}"]`)?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-class-picker": ClassPicker;
  }
}

customElements.define("gv-class-picker", ClassPicker);
