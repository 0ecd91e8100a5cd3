// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-header>`: the name, the views, sharing, language and theme.

import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { shareIcon, themeIcon } from "../elements/icons";
import { getLocale } from "../platform/i18n";
import { themeAt } from "../platform/theme";
import { viewParameter, writeSettings } from "../state/address";
import { VIEWS, type View } from "../state/store";

/** How long the button confirms that the link was copied. */
const CONFIRM_MS = 2500;

export class Header extends AppElement {
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
        margin-left: -0.875rem;
        color: var(--ink);
        font-weight: 650;
        letter-spacing: -0.01em;
      }

      #theme {
        margin-right: -0.875rem;
      }

      nav {
        display: flex;
        align-self: stretch;
        margin-right: auto;
      }

      a {
        display: grid;
        align-items: center;
        padding: 0 0.75rem;
        border-block: 2px solid transparent;
        color: var(--ink-soft);
        text-decoration: none;
      }

      a:hover {
        color: var(--ink);
      }

      a[aria-current] {
        border-bottom-color: var(--ink);
        color: var(--ink);
        font-weight: 550;
      }

      @container (max-width: 639px) {
        .word,
        #share span {
          display: none;
        }

        header {
          gap: 0;
        }

        a {
          padding: 0 0.5rem;
        }

        #share,
        #language,
        #theme {
          padding-inline: 0.625rem;
        }
      }

      @container (max-width: 399px) {
        a {
          padding: 0 0.3125rem;
        }

        button.name,
        #share,
        #language,
        #theme {
          padding-inline: 0.375rem;
        }

        button.name,
        #theme {
          margin-inline: -0.375rem;
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

  /** Result of sharing, shown for a moment. */
  declare shared: "no" | "copied" | "by hand";

  constructor() {
    super();
    this.shared = "no";
  }

  override render() {
    const { page } = this.controller;
    const other = getLocale() === "en" ? "zh-Hans" : "en";
    return html`
      <header>
        <button id="home" class="quiet name" title=${msg("Pretrained digits")}
          @click=${() => void this.controller.showPretrained()}>
          <span class="mark" aria-hidden="true"><i></i><i></i><i></i><i></i></span>
          <span class="word">Ganvas</span>
        </button>
        <nav aria-label=${msg("Views")}>${VIEWS.map((view) => this.#renderTab(view))}</nav>
        ${page.link === null ? nothing : this.#renderShare()}
        <button
          id="language"
          class="quiet"
          lang=${other}
          @click=${() => page.chooseLocale(other)}
        >
          ${other === "en" ? "English" : "中文"}
        </button>
        <button
          id="theme"
          class="quiet"
          aria-label=${msg("Light or dark")}
          title=${msg("Light or dark")}
          @click=${() => page.chooseTheme(themeAt(this) === "dark" ? "light" : "dark")}
        >
          ${themeIcon}
        </button>
      </header>
    `;
  }

  #renderShare() {
    return html`<button id="share" class="quiet" aria-haspopup="dialog" title=${msg("Share")}
      @click=${() => void this.#share()}>
      ${shareIcon}<span>${this.#shareWords()}</span>
    </button>`;
  }

  #renderTab(view: View) {
    const here = view === this.state.view;
    return html`<a id="view-${view}" href=${this.controller.page.href(this.#parametersOf(view))} aria-current=${here ? "page" : nothing}
      @click=${(event: MouseEvent) => this.#turnTo(view, event)}>${viewName(view)}</a>`;
  }

  #parametersOf(view: View) {
    return { view: viewParameter({ view, mode: this.state.mode }) };
  }

  #turnTo(view: View, event: MouseEvent): void {
    if (!this.controller.page.follows(event)) return;
    event.preventDefault();
    if (view === this.state.view) return;
    this.controller.page.visit(this.#parametersOf(view));
    void this.controller.show(view);
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
    const { page } = this.controller;
    writeSettings(page, this.state.settings);
    page.write(this.#parametersOf(this.state.view));
    this.dispatchEvent(new Event("share"));
    try {
      await navigator.clipboard.writeText(page.link ?? "");
      this.shared = "copied";
    } catch {
      this.shared = "by hand"; // no clipboard without https
    }
    this.controller.store.patch({ announcement: this.#shareWords() });
    setTimeout(() => {
      this.shared = "no";
    }, CONFIRM_MS);
  }
}

function viewName(view: View): string {
  switch (view) {
    case "train":
      return msg("Train");
    case "explore":
      return msg("Explore");
    case "learn":
      return msg("Learn");
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-header": Header;
  }
}

customElements.define("gv-header", Header);
