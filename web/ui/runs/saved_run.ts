// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-saved-run>`: offers to go on with the run that was saved last, and opens a checkpoint that was
// dropped, once it has said so with the event `taken`.

import { msg, str } from "@lit/localize";
import { css, html, type PropertyValues } from "lit";
import { asGanvasError, type SerializedError } from "../../engine/errors";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { formatCount } from "../platform/format";
import { importRun, openRun } from "../state/saved_runs/open_run";
import { type SavedRun, withRuns } from "../state/saved_runs/run_storage";
import { inUse } from "../state/saved_runs/tab_lock";
import { explainRefusal, runName } from "./run_words";
import "./run_thumbnail";

export class SavedRunOffer extends AppElement {
  static override properties = {
    ...AppElement.properties,
    dropped: { attribute: false },
    run: { state: true },
    refused: { state: true },
  };

  static override styles = [
    baseStyles,
    css`
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1rem;
        align-items: center;
        padding: 0.5rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--sunken);
      }

      .line > span {
        flex: 1 1 12rem;
        overflow-wrap: anywhere;
      }

      .line > span:first-child {
        padding-left: 0.5rem;
      }

      gv-run-thumbnail {
        flex: none;
        width: 3.5rem;
        height: 3.5rem;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
    `,
  ];

  /** A checkpoint to open; null for none. */
  declare dropped: File | null;
  /** The run on offer; null for none. */
  declare run: SavedRun | null;
  /** A file that was dropped and is no run. */
  declare refused: { readonly name: string; readonly error: SerializedError } | null;

  constructor() {
    super();
    this.dropped = null;
    this.run = null;
    this.refused = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Where nothing can be kept, the first save says so.
    this.#find()
      .catch(() => {})
      .finally(() => this.toggleAttribute("looked", true));
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("dropped") && this.dropped !== null) {
      this.dispatchEvent(new Event("taken"));
      void this.#import(this.dropped);
    }
    if (this.state.playing) this.run = null;
    this.hidden = this.run === null && this.refused === null;
  }

  override render() {
    return html`${this.#renderRefused()} ${this.#renderRun()}`;
  }

  #renderRun() {
    const { run } = this;
    if (run === null) return "";
    const step = formatCount(run.step);
    return html`<div class="line" role="region" aria-label=${msg("Saved run")}>
      <gv-run-thumbnail .run=${run} columns="2"></gv-run-thumbnail>
      <span>
        <strong>${msg(str`Your run of ${step} steps is still here.`)}</strong>
        <span class="small soft">${runName(run)}</span>
      </span>
      <span class="buttons">
        <button id="go-on" class="primary" @click=${() => void this.#goOn(run)}>${msg("Go on")}</button>
        <button id="start-new" @click=${() => void this.#decline(run)}>${msg("Start a new run")}</button>
        <button id="all-runs" class="quiet" aria-haspopup="dialog" @click=${this.#openList}>
          ${msg("All runs")}
        </button>
      </span>
    </div>`;
  }

  #renderRefused() {
    const { refused } = this;
    if (refused === null) return "";
    return html`<div class="line" role="alert">
      <span>
        <strong>${msg(str`“${refused.name}” could not be opened.`)}</strong>
        ${explainRefusal(refused.error)}
      </span>
      <button class="quiet" @click=${() => {
        this.refused = null;
      }}>${msg("Close")}</button>
    </div>`;
  }

  /** The run that was saved last, unless it is in use or the user did not want to go on with it. */
  async #find(): Promise<void> {
    if (!this.controller.page.keeps) return;
    const runs = await withRuns((storage) => storage.list());
    const opened = await inUse("run");
    const run = runs.find(({ id }) => !opened.has(id));
    if (run?.declined === false && this.state.keeping.status === "none") this.run = run;
  }

  async #goOn({ id }: SavedRun): Promise<void> {
    this.run = null;
    const kept = await withRuns((storage) => storage.read(id)).catch(() => null);
    const isFree = !(await inUse("run")).has(id);
    // If another tab has deleted it or goes on with it, there may be another.
    if (kept !== null && isFree) await openRun(this.controller, kept, true);
    else await this.#find().catch(() => {});
  }

  async #decline({ id }: SavedRun): Promise<void> {
    this.run = null;
    await withRuns((storage) => storage.change(id, { declined: true })).catch(() => {});
    if (this.state.mode === "pretrained") await this.controller.startTraining();
  }

  readonly #openList = (): void => {
    this.dispatchEvent(new Event("runs", { bubbles: true, composed: true }));
  };

  async #import(file: File): Promise<void> {
    try {
      const kept = await importRun(this.controller, file);
      this.refused = null;
      this.run = null;
      await openRun(this.controller, kept, false);
    } catch (thrown) {
      this.refused = { name: file.name, error: asGanvasError(thrown) };
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-saved-run": SavedRunOffer;
  }
}

customElements.define("gv-saved-run", SavedRunOffer);
