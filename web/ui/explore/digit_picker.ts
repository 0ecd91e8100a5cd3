// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-digit-picker>`: the ten digits in a row, optionally with pictures. Arrow keys move as among
// radio buttons. Emits "pick" with the digit.

import { css, html, LitElement, nothing } from "lit";
import { toolStyles } from "./tool_styles";
import "../elements/picture";

export class DigitPicker extends LitElement {
  static override properties = {
    digit: { attribute: false },
    pictures: { attribute: false },
    label: {},
  };

  static override styles = [
    ...toolStyles,
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

      @container (max-width: 899px) {
        .thumbs button {
          min-height: 2.75rem;
        }
      }
    `,
  ];

  /** Null for none. */
  declare digit: number | null;
  /** One image per digit, (784) each; null for names only. */
  declare pictures: readonly Float32Array[] | null;
  declare label: string;

  constructor() {
    super();
    this.digit = null;
    this.pictures = null;
    this.label = "";
  }

  override render() {
    const { pictures } = this;
    return html`
      <div class="thumbs ${pictures === null ? "" : "pictures"}" role="radiogroup"
        aria-label=${this.label} @keydown=${this.#onKey}>
        ${Array.from({ length: 10 }, (_, digit) => {
          const checked = digit === this.digit;
          const stop = checked || (this.digit === null && digit === 0);
          return html`
            <button role="radio" aria-checked=${checked ? "true" : "false"} data-digit=${digit}
              tabindex=${stop ? 0 : -1} @click=${() => this.#pick(digit)}>
              ${
                pictures === null
                  ? nothing
                  : html`<gv-picture .image=${pictures[digit] ?? null}></gv-picture>`
              }
              <span class="name">${digit}</span>
            </button>
          `;
        })}
      </div>
    `;
  }

  #pick(digit: number): void {
    this.dispatchEvent(new CustomEvent<number>("pick", { detail: digit }));
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const digit = ((this.digit ?? 0) + by + 10) % 10;
    this.#pick(digit);
    this.renderRoot.querySelector<HTMLElement>(`[data-digit="${digit}"]`)?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-digit-picker": DigitPicker;
  }
}

customElements.define("gv-digit-picker", DigitPicker);
