// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-share-dialog>`: the link to what is on screen, and HTML that embeds it in another page. Opens
// when attached.

import { msg, updateWhenLocaleChanges } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { baseStyles } from "../elements/base_styles";
import { dialogStyles } from "../elements/dialog_styles";
import { closeIcon } from "../elements/icons";
import { openModal } from "../elements/modal";
import { elementCode, frameCode } from "./embed_code";

const TABS = ["link", "embed"] as const;
type Tab = (typeof TABS)[number];
type Code = "link" | "frame" | "element";

export class ShareDialog extends LitElement {
  static override properties = {
    link: {},
    tab: { state: true },
    copied: { state: true },
    refused: { state: true },
  };

  static override styles = [
    baseStyles,
    dialogStyles,
    css`
      dialog {
        width: min(40rem, calc(100vw - 2rem));
      }

      [role="tablist"] {
        display: flex;
        gap: 0.25rem;
        margin: 0.75rem 0 1rem;
        border-bottom: 1px solid var(--line);
      }

      [role="tab"] {
        border-width: 0 0 2px;
        border-color: transparent;
        border-radius: 0;
        color: var(--ink-soft);
        background: none;
      }

      [role="tab"][aria-selected="true"] {
        border-color: var(--ink);
        color: var(--ink);
        font-weight: 550;
      }

      a {
        color: inherit;
        text-underline-offset: 0.2em;
      }

      p + p {
        margin-top: 0.5rem;
      }

      section + section {
        margin-top: 1.25rem;
      }

      h2 {
        font-weight: 600;
      }

      pre {
        margin: 0.5rem 0;
        padding: 0.75rem;
        overflow-x: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
        background: var(--sunken);
        font: var(--text-small) / 1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];

  /** The link that opens what is on screen. */
  declare link: string;
  declare tab: Tab;
  /** What was copied last. */
  declare copied: Code | null;
  /** Whether the browser did not allow copying. */
  declare refused: boolean;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    this.tab = "link";
    this.copied = null;
    this.refused = false;
  }

  override firstUpdated(): void {
    openModal(this.renderRoot.querySelector("dialog"));
  }

  override render() {
    return html`
      <dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new Event("close"))}>
        <div class="title">
          <span id="title">${msg("Share")}</span>
          <button class="quiet" aria-label=${msg("Close")} @click=${this.#close}>${closeIcon}</button>
        </div>
        <div role="tablist" aria-label=${msg("Share")} @keydown=${this.#onKey}>
          ${TABS.map((tab) => this.#renderTab(tab))}
        </div>
        <div id="panel" role="tabpanel" aria-labelledby=${`tab-${this.tab}`}>
          ${this.tab === "link" ? this.#renderLink() : this.#renderEmbed()}
        </div>
        <p class="small soft" role="status">
          ${this.refused ? msg("The browser did not allow copying.") : ""}
          <span class="unseen">${this.copied === null ? "" : msg("Copied")}</span>
        </p>
      </dialog>
    `;
  }

  #renderTab(tab: Tab) {
    const here = tab === this.tab;
    return html`<button id="tab-${tab}" role="tab" aria-controls="panel"
      aria-selected=${here ? "true" : "false"} tabindex=${here ? 0 : -1}
      @click=${() => this.#show(tab)}>${tab === "link" ? msg("Link") : msg("Embed")}</button>`;
  }

  #renderLink() {
    return html`<section>
      <p class="small soft">${msg("Opens this view and this run from step 0.")}</p>
      ${this.#renderCode("link", this.link, msg("Link"))}
    </section>
    <section>
      <h2>${msg("Without a network")}</h2>
      <p class="small soft">
        ${msg("The page in one file, which opens with a double-click. It has 2,000 digits and one pretrained network.")}
      </p>
      <p>
        <a id="file" href="ganvas.html" download>${msg("Download for a classroom without a network (1.4 MB)")}</a>
      </p>
      <p class="small"><a href="licences.txt" target="_blank">${msg("Licences of the software inside")}</a></p>
    </section>`;
  }

  #renderEmbed() {
    return html`
      <section>
        <h2>${msg("As a frame")}</h2>
        <p class="small soft">${msg("For any page: this site in a frame.")}</p>
        ${this.#renderCode("frame", frameCode(this.link), msg("As a frame"))}
      </section>
      <section>
        <h2>${msg("As an element")}</h2>
        <p class="small soft">
          ${msg("For a page with the package ganvas: adapts to the page, and scripts can control it.")}
        </p>
        ${this.#renderCode("element", elementCode(this.link), msg("As an element"))}
      </section>
    `;
  }

  #renderCode(code: Code, text: string, name: string) {
    return html`<pre id=${code} tabindex="0" role="region" aria-label=${name} translate="no"
        lang="en">${text}</pre>
      <button data-copy=${code} @click=${() => void this.#copy(code, text)}>
        ${this.copied === code ? msg("Copied") : msg("Copy")}
      </button>`;
  }

  #show(tab: Tab): void {
    this.tab = tab;
    this.copied = null;
    this.refused = false;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    this.#show(this.tab === "link" ? "embed" : "link");
    this.renderRoot.querySelector<HTMLElement>(`#tab-${this.tab}`)?.focus();
  };

  async #copy(code: Code, text: string): Promise<void> {
    this.copied = null; // so that copying again is announced again
    try {
      await navigator.clipboard.writeText(text);
      this.copied = code;
      this.refused = false;
    } catch {
      this.refused = true; // no permission, or no clipboard without https
    }
  }

  readonly #close = (): void => this.renderRoot.querySelector("dialog")?.close();
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-share-dialog": ShareDialog;
  }
}

customElements.define("gv-share-dialog", ShareDialog);
