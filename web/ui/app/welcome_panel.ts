// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-welcome-panel>`: introduction and start button next to the pretrained digits.

import { msg, str } from "@lit/localize";
import { css, html } from "lit";
import { downloadSize } from "../../config/download_size";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { playIcon } from "../elements/icons";
import { formatBytes, formatCount } from "../platform/format";

export class WelcomePanel extends AppElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: 1.5rem;
        align-content: center;
        justify-items: start;
      }

      h1 {
        max-width: 16em;
        font-size: var(--text-display);
        font-weight: 600;
        line-height: 1.2;
        letter-spacing: -0.018em;
        text-wrap: balance;
      }

      :host(:lang(zh)) h1 {
        line-height: 1.35;
        letter-spacing: 0;
      }

      button {
        min-height: 3rem;
        padding-inline: 1.25rem;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
      }

      .small {
        max-width: 36em;
      }

      .small + .small {
        margin-top: -1rem;
      }

      a {
        color: inherit;
        text-underline-offset: 0.2em;
      }

      a:hover {
        color: var(--ink);
      }
    `,
  ];

  override render() {
    const { examples } = this.state.settings;
    const count = formatCount(examples);
    const size = formatBytes(downloadSize(examples));
    return html`
      <h1>
        ${msg("A neural network drew these digits from random noise, right here in your browser.")}
      </h1>
      <div class="buttons">
        <button id="train" class="primary" @click=${() => void this.controller.resumeRun()}>
          ${playIcon}${this.controller.training?.run ? msg("Back to your run") : msg("Train one from scratch")}
        </button>
        <button id="pictures" aria-haspopup="dialog" @click=${this.#openPictures}>
          ${msg("Your own pictures …")}
        </button>
      </div>
      <p class="small soft">
        ${msg(
          str`Yours will start from noise and learn from ${count} handwritten digits (${size}). Everything runs on this device, and nothing leaves it.`,
        )}
      </p>
      <p class="small soft">
        ${msg(
          html`Or <a href="?view=learn">see how one training step works</a>, or <a href="?view=train&preset=toy2d">watch a GAN learn points in the plane</a>.`,
        )}
      </p>
    `;
  }

  readonly #openPictures = (): void => {
    this.dispatchEvent(new Event("pictures", { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-welcome-panel": WelcomePanel;
  }
}

customElements.define("gv-welcome-panel", WelcomePanel);
