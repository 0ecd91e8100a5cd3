// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-pictures-dialog>` of the page as one file, which has no room for what reads pictures.

import { msg } from "@lit/localize";
import { html } from "lit";
import { AppElement } from "../../../../ui/elements/app_element";
import { baseStyles } from "../../../../ui/elements/base_styles";
import { dialogStyles } from "../../../../ui/elements/dialog_styles";
import { closeIcon } from "../../../../ui/elements/icons";
import { openModal } from "../../../../ui/elements/modal";

class NoPicturesDialog extends AppElement {
  static override styles = [baseStyles, dialogStyles];

  override firstUpdated(): void {
    openModal(this.#dialog);
  }

  override render() {
    return html`<dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new Event("close"))}>
      <div class="title">
        <h2 id="title">${msg("Your own pictures")}</h2>
        <button class="quiet" aria-label=${msg("Close")} @click=${() => this.#dialog?.close()}>${closeIcon}</button>
      </div>
      <p>${msg("This file has no room for what reads pictures. The page on the web learns from your own.")}</p>
    </dialog>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }
}

customElements.define("gv-pictures-dialog", NoPicturesDialog);
