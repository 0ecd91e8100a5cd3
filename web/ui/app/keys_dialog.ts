// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-keys-dialog>`: the list of keyboard shortcuts. Opens when attached.

import { msg, updateWhenLocaleChanges } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { baseStyles } from "../elements/base_styles";
import { dialogStyles } from "../elements/dialog_styles";
import { closeIcon } from "../elements/icons";
import { openModal } from "../elements/modal";

export class KeysDialog extends LitElement {
  static override styles = [
    baseStyles,
    dialogStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.5rem 1.25rem;
        margin-top: 1.25rem;
      }

      kbd {
        padding: 0 0.4em;
        border: 1px solid var(--line-strong);
        border-radius: 4px;
        font: inherit;
      }
    `,
  ];

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override firstUpdated(): void {
    openModal(this.renderRoot.querySelector("dialog"));
  }

  override render() {
    const keys: readonly (readonly [string, string])[] = [
      [msg("Space"), msg("Play or pause")],
      ["S", msg("Take one step")],
      ["H", msg("Take half a step: update D or G")],
      ["R", msg("Reset to step 0")],
      ["Shift R", msg("Reset with a new seed")],
      ["N", msg("New noise")],
      ["C", msg("Show this run as code")],
      ["← →", msg("Step through the film of the training")],
      ["?", msg("Show this list")],
    ];
    return html`
      <dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new Event("close"))}>
        <div class="title">
          <span id="title">${msg("Keys")}</span>
          <button class="quiet" aria-label=${msg("Close")} @click=${this.#close}>${closeIcon}</button>
        </div>
        <dl>
          ${keys.map(([key, does]) => html`<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`)}
        </dl>
      </dialog>
    `;
  }

  readonly #close = (): void => this.renderRoot.querySelector("dialog")?.close();
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-keys-dialog": KeysDialog;
  }
}

customElements.define("gv-keys-dialog", KeysDialog);
