// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-header>`: the name, a link to share, the language and the theme.

import { msg } from "@lit/localize";
import { css, html } from "lit";
import { writeAddress, writeSettings } from "./address";
import { baseStyles } from "./base_styles";
import { LabElement } from "./element";
import { chooseLocale, getLocale } from "./i18n";
import { shareIcon, themeIcon } from "./icons";
import { toggleTheme } from "./theme";

/** So long the button says that the link is copied. */
const CONFIRM_MS = 2500;

export class Header extends LabElement {
  static override properties = { shared: { state: true } };

  static override styles = [
    baseStyles,
    css`
      header {
        display: flex;
        align-items: center;
        gap: 0.25rem;
        height: 100%;
      }

      button.name {
        gap: 0.625rem;
        margin-right: auto;
        margin-left: -0.875rem;
        color: var(--ink);
        font-weight: 650;
        letter-spacing: -0.01em;
      }

      #theme {
        margin-right: -0.875rem;
      }

      /* It changes its words, and must not move the others. */
      @media (max-width: 479px) {
        #share {
          padding-inline: 0.625rem;
        }
      }

      .mark {
        display: grid;
        grid-template-columns: repeat(2, 8px);
        gap: 2px;
      }

      .mark i {
        height: 8px;
        border-radius: 1px;
        background: var(--ink);
      }

      .mark i:nth-child(2) {
        background: var(--real);
      }

      .mark i:nth-child(3) {
        background: var(--generated);
      }
    `,
  ];

  /** What became of sharing the link, for a moment. */
  declare shared: "no" | "copied" | "by hand";

  constructor() {
    super();
    this.shared = "no";
  }

  override render() {
    const other = getLocale() === "en" ? "zh-Hans" : "en";
    return html`
      <header>
        <button id="home" class="quiet name" title=${msg("Pretrained digits")}
          @click=${() => void this.lab.showPretrained()}>
          <span class="mark" aria-hidden="true"><i></i><i></i><i></i><i></i></span>
          Ganvas
        </button>
        <button id="share" class="quiet" title=${msg("Copy a link to this very run")}
          @click=${() => void this.#share()}>
          ${shareIcon}<span>${this.#shareWords()}</span>
        </button>
        <button
          id="language"
          class="quiet"
          lang=${other}
          @click=${() => void chooseLocale(other)}
        >
          ${other === "en" ? "English" : "中文"}
        </button>
        <button
          id="theme"
          class="quiet"
          aria-label=${msg("Light or dark")}
          title=${msg("Light or dark")}
          @click=${toggleTheme}
        >
          ${themeIcon}
        </button>
      </header>
    `;
  }

  #shareWords(): string {
    switch (this.shared) {
      case "no":
        return msg("Share");
      case "copied":
        return msg("Link copied");
      case "by hand":
        return msg("The link is in the address bar");
    }
  }

  async #share(): Promise<void> {
    writeSettings(this.state.settings);
    writeAddress({ view: this.state.mode === "train" ? "train" : null });
    try {
      await navigator.clipboard.writeText(location.href);
      this.shared = "copied";
    } catch {
      this.shared = "by hand"; // no clipboard on pages without https
    }
    this.lab.store.patch({ announcement: this.#shareWords() });
    setTimeout(() => {
      this.shared = "no";
    }, CONFIRM_MS);
  }
}

customElements.define("gv-header", Header);
