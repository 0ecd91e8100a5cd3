// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-run-thumbnail>`: some samples of a saved run.

import { css, html, LitElement, nothing, svg } from "lit";
import { isOfPoints } from "../../config/presets";
import type { Pictures } from "../pixels/pixel_colors";
import { type SavedRun, THUMBNAIL_SAMPLES } from "../state/saved_runs/run_storage";
import "../elements/image_grid";

export class RunThumbnail extends LitElement {
  static override properties = { run: { attribute: false }, columns: { type: Number } };

  static override styles = css`
    :host {
      display: block;
      overflow: hidden;
      border-radius: 4px;
      background: var(--pixel-off);
    }

    :host([photographs]) {
      --pixel-off: #000;
      --pixel-on: #fff;
    }

    gv-image-grid,
    svg {
      display: block;
      width: 100%;
      height: 100%;
    }

    path {
      stroke: var(--generated);
      stroke-width: 6;
      stroke-linecap: round;
    }
  `;

  declare run: SavedRun;
  /** Samples in a row; as many rows as there are samples for. */
  declare columns: number;

  constructor() {
    super();
    this.columns = 4;
  }

  override willUpdate(): void {
    this.toggleAttribute("photographs", this.run.settings.pictures !== null);
  }

  override render() {
    const { settings, thumbnail } = this.run;
    return isOfPoints(settings.preset) ? renderPoints(thumbnail) : this.#renderPictures();
  }

  #renderPictures() {
    const { thumbnail: values } = this.run;
    if (values.length === 0) return nothing;
    const { columns } = this;
    const rows = Math.max(1, Math.floor(THUMBNAIL_SAMPLES / columns));
    const pictures: Pictures = { values, size: values.length / THUMBNAIL_SAMPLES, off: 0, on: 255 };
    return html`<gv-image-grid .pictures=${pictures}
      .shape=${{ columns, rows: Math.min(rows, columns) }}></gv-image-grid>`;
  }
}

/** @param levels (count, 2), 0 to 255 in each direction */
function renderPoints(levels: Uint8Array) {
  let path = "";
  for (let at = 0; at + 1 < levels.length; at += 2) {
    path += `M${levels[at] ?? 0} ${255 - (levels[at + 1] ?? 0)}h0`;
  }
  return html`<svg viewBox="0 0 255 255" aria-hidden="true">${svg`<path d=${path} />`}</svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-run-thumbnail": RunThumbnail;
  }
}

customElements.define("gv-run-thumbnail", RunThumbnail);
