// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-unsaved-notice>`: that this device does not keep the run, its pictures or both, and why, with both
// as files.

import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import { checkpointName } from "../../config/file_names";
import { baseStyles } from "../elements/base_styles";
import { noticeStyles } from "../elements/notice_styles";
import { TrainingElement } from "../elements/training_element";
import { download } from "../platform/download";
import { findSet } from "../state/picture_sets";
import { setFile } from "../state/set_file";
import { unkeptPictures } from "../state/store";
import { explainStorage } from "../words/storage_words";

export class UnsavedNotice extends TrainingElement {
  static override styles = [
    baseStyles,
    noticeStyles,
    css`
      :host {
        display: block;
      }
    `,
  ];

  override willUpdate(): void {
    this.hidden = !this.#isRunUnsaved && this.#unkept === null;
  }

  override render() {
    const run = this.state.keeping;
    const unkept = this.#unkept;
    const reason = run.status === "failed" ? run.reason : unkept?.reason;
    if (reason === undefined) return nothing;
    return html`<div id="unsaved" class="failure" role="alert">
      <strong>${this.#say()}</strong> ${explainStorage(reason)} ${msg("Training goes on.")}
      <div class="buttons">
        ${this.#isRunUnsaved ? html`<button id="save-run" @click=${() => void this.#saveRun()}>${msg("Download the run")}</button>` : nothing}
        ${unkept === null ? nothing : html`<button id="save-pictures" @click=${() => void this.#savePictures()}>${msg("Download the pictures")}</button>`}
        ${reason === "full" ? html`<button @click=${this.#openRuns}>${msg("Saved runs")}</button>` : nothing}
      </div>
    </div>`;
  }

  #say(): string {
    if (this.#unkept === null) return msg("This run is not saved.");
    return this.#isRunUnsaved
      ? msg("Neither this run nor its pictures are saved.")
      : msg("The pictures of this run are not saved.");
  }

  get #isRunUnsaved(): boolean {
    return this.state.keeping.status === "failed";
  }

  get #unkept() {
    return unkeptPictures(this.state);
  }

  readonly #openRuns = (): void => {
    this.dispatchEvent(new Event("runs", { bubbles: true, composed: true }));
  };

  async #saveRun(): Promise<void> {
    const { keeper } = this.training;
    await keeper.save();
    const kept = keeper.latest;
    if (kept !== null)
      download(checkpointName(kept.run.settings, kept.run.step), new Blob([kept.checkpoint]));
  }

  async #savePictures(): Promise<void> {
    const { controller } = this;
    const { pictures } = this.state.settings;
    const set = pictures === null ? null : await findSet(controller, pictures.id);
    if (set === null || pictures === null) return;
    download(`${pictures.name}.npz`, setFile(set));
    controller.store.patch({ unkept: null });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-unsaved-notice": UnsavedNotice;
  }
}

customElements.define("gv-unsaved-notice", UnsavedNotice);
