// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-notices>`: a line below the site that tells what has become of its copy on this device.

import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import { baseStyles } from "../elements/base_styles";
import { RootElement } from "../elements/root_element";
import { rootStyles } from "../elements/theme_styles";
import { getLocale } from "../platform/i18n";

/** In the order of importance: one is shown at a time. */
const NOTICES = ["offline", "update", "kept"] as const;
type Notice = (typeof NOTICES)[number];
const REST_MS = 2000;

/** Chromium's, which asks whether the site should be installed. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

export class Notices extends RootElement {
  static override styles = [
    rootStyles,
    baseStyles,
    css`
      :host {
        position: sticky;
        bottom: 0;
        z-index: 1;
        background: var(--sunken);
        font-size: var(--text-small);
      }

      #notice {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        align-items: center;
        justify-content: space-between;
        width: min(100%, 120rem);
        margin: 0 auto;
        padding: 0.375rem max(1rem, 2.5cqi);
        border-top: 1px solid var(--line-strong);
      }

      .buttons {
        display: flex;
        gap: 0.5rem;
        margin-left: auto;
      }
    `,
  ];

  readonly #saveRun: () => Promise<void>;
  readonly #open = new Set<Notice>();
  /** The open notices that can be shown now; the others wait until the last press is a while ago. */
  readonly #shown = new Set<Notice>();
  #install: InstallEvent | null = null;
  #pressedAt = Number.NEGATIVE_INFINITY;
  /** The app above gives up as much height, so that nothing is covered. */
  readonly #heights = new ResizeObserver(() => {
    document.body.style.setProperty("--notice-height", `${this.offsetHeight}px`);
  });

  constructor(saveRun: () => Promise<void>) {
    super();
    this.#saveRun = saveRun;
    const pressed = (): void => {
      this.#pressedAt = performance.now();
    };
    for (const press of ["pointerdown", "keydown"]) {
      window.addEventListener(press, pressed, { capture: true, passive: true });
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#heights.observe(this);
    window.addEventListener("beforeinstallprompt", (event) => {
      // Elsewhere the browser offers it in its own way.
      if (!this.#open.has("kept")) return;
      event.preventDefault();
      this.#install = event as InstallEvent;
      this.requestUpdate();
    });
  }

  protected override attributesChanged(): void {}

  /** Shows it once the user's last press is a while ago, so that the next one does not miss what moves. */
  async open(notice: Notice): Promise<void> {
    this.#open.add(notice);
    for (;;) {
      const rest = this.#pressedAt + REST_MS - performance.now();
      if (rest <= 0) break;
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
    if (this.#open.has(notice)) this.#shown.add(notice);
    this.requestUpdate();
  }

  close(notice: Notice): void {
    this.#open.delete(notice);
    this.#shown.delete(notice);
    this.requestUpdate();
  }

  override render() {
    const notice = NOTICES.find((name) => this.#shown.has(name));
    return html`<div role="status" lang=${getLocale()}>
      ${
        notice === undefined
          ? nothing
          : html`<div id="notice" @keydown=${(event: KeyboardEvent) => this.#onKey(event, notice)}>
              <span>${describe(notice)}</span>
              <span class="buttons">${this.#renderButtons(notice)}</span>
            </div>`
      }
    </div>`;
  }

  #renderButtons(notice: Notice) {
    const close = (words: string) =>
      html`<button class="quiet" @click=${() => this.close(notice)}>${words}</button>`;
    switch (notice) {
      case "offline":
        return close(msg("Close"));
      case "update":
        return html`
          <button id="reload" @click=${() => void this.#saveRun().finally(() => location.reload())}>${msg("Reload")}</button>
          ${close(msg("Later"))}
        `;
      case "kept":
        return html`
          ${
            this.#install === null
              ? nothing
              : html`<button id="install" @click=${this.#ask}>${msg("Install")}</button>`
          }
          ${close(msg("Close"))}
        `;
    }
  }

  readonly #ask = (): void => {
    // The browser shows its answer itself, and takes one question.
    this.#install?.prompt().catch(() => {});
    this.#install = null;
    this.close("kept");
  };

  #onKey(event: KeyboardEvent, notice: Notice): void {
    if (event.key === "Escape") this.close(notice);
  }
}

function describe(notice: Notice): string {
  switch (notice) {
    case "offline":
      return msg(
        "You are offline, and this site still works. Only runs on more than 10,000 digits need a network, unless you have used all 60,000 before.",
      );
    case "update":
      return msg("A new version is ready.");
    case "kept":
      return msg("This site now works without a network, too.");
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-notices": Notices;
  }
}

customElements.define("gv-notices", Notices);
