// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-load-notice>`: download progress, or why it failed or that it stalls, with a button to try again.

import { msg } from "@lit/localize";
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { STALL_MS } from "../../engine/parts";
import type { Loading } from "../state/store";
import { explain } from "../words/error_words";
import { baseStyles } from "./base_styles";
import { noticeStyles } from "./notice_styles";

export class LoadNotice extends LitElement {
  static override properties = {
    loading: { attribute: false },
    doing: {},
    failed: {},
    amount: { attribute: false },
    stalled: { state: true },
  };

  static override styles = [
    baseStyles,
    noticeStyles,
    css`
      :host {
        display: block;
      }

      .row {
        display: flex;
        justify-content: space-between;
        gap: 1rem;
      }

      progress {
        margin-top: 0.5rem;
      }

      .stall {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 1rem;
        margin-top: 0.5rem;
      }

      .failure {
        display: grid;
        gap: 0.5rem;
        justify-items: start;
      }

      .detail {
        overflow-wrap: anywhere;
      }
    `,
  ];

  declare loading: Loading<unknown>;
  /** "Loading the digits" */
  declare doing: string;
  /** "The digits could not be loaded."; absent from what is no download. */
  declare failed: string | undefined;
  /** Formats an amount with its unit. */
  declare amount: (value: number) => string;
  /** Whether nothing has come for a while. */
  declare stalled: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("loading")) this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** Each object is news of the download. */
  #watch(): void {
    const { loading } = this;
    this.stalled = false;
    clearTimeout(this.#timer);
    const waits = loading.status === "loading" && loading.done !== loading.all;
    if (!waits || !this.failed) return;
    this.#timer = setTimeout(() => {
      this.stalled = true;
    }, STALL_MS);
  }

  override render() {
    const { loading } = this;
    switch (loading.status) {
      case "idle":
      case "ready":
        return nothing;
      case "loading":
        return this.#renderProgress(loading.done, loading.all);
      case "failed":
        return html`
          <div class="failure" role="alert">
            <strong>${this.failed}</strong>
            <span>${explain(loading.error)}</span>
            <span class="small soft detail" lang="en">${loading.error.message}</span>
            ${this.#renderRetry()}
          </div>
        `;
    }
  }

  #renderRetry() {
    return html`<button @click=${() => this.dispatchEvent(new Event("retry"))}>
      ${msg("Try again")}
    </button>`;
  }

  #renderProgress(done: number, all: number | null) {
    const amount = all === null ? this.amount(done) : `${this.amount(done)} / ${this.amount(all)}`;
    return html`
      <div class="row small soft">
        <span>${this.doing}</span><span class="number">${done > 0 ? amount : nothing}</span>
      </div>
      <progress aria-label=${this.doing} max="1" .value=${all === null ? 0 : done / all}></progress>
      ${
        this.stalled
          ? html`<div class="stall small" role="alert">
              ${msg("No data has arrived for ten seconds. The connection may be interrupted.")}
              ${this.#renderRetry()}
            </div>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-load-notice": LoadNotice;
  }
}

customElements.define("gv-load-notice", LoadNotice);
