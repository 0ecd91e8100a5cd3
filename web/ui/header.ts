// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-header>`: the name, the language and the theme.

import { msg } from "@lit/localize";
import { css, html } from "lit";
import { baseStyles } from "./base_styles";
import { LabElement } from "./element";
import { chooseLocale, getLocale } from "./i18n";
import { themeIcon } from "./icons";
import { toggleTheme } from "./theme";

export class Header extends LabElement {
  static override styles = [
    baseStyles,
    css`
      header {
        display: flex;
        align-items: center;
        gap: 0.25rem;
        height: 100%;
      }

      .name {
        display: flex;
        align-items: center;
        gap: 0.625rem;
        margin-right: auto;
        font-weight: 650;
        letter-spacing: -0.01em;
      }

      #theme {
        margin-right: -0.875rem;
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

  override render() {
    const other = getLocale() === "en" ? "zh-Hans" : "en";
    return html`
      <header>
        <div class="name">
          <span class="mark" aria-hidden="true"><i></i><i></i><i></i><i></i></span>
          Ganvas
        </div>
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
}

customElements.define("gv-header", Header);
