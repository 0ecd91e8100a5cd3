// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-loupe>`: one sample of the grid, large, with what was asked of it.

import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { IMAGE_PIXELS } from "../api/types";
import { baseStyles } from "./base_styles";
import { cellBox } from "./grid_layout";
import type { Pictures } from "./images";
import "./image_grid";

const ONE = { columns: 1, rows: 1 };
const DISTANCE = 10;

export class Loupe extends LitElement {
  static override properties = {
    pictures: { attribute: false },
    index: { type: Number },
    side: { type: Number },
    digit: { attribute: false },
  };

  static override styles = [
    baseStyles,
    css`
      :host {
        position: absolute;
        z-index: 2;
        display: grid;
        gap: 0.25rem;
        width: 9.5rem;
        padding: 0.5rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--surface);
        box-shadow: 0 6px 24px rgb(0 0 0 / 18%);
        pointer-events: none;
      }

      gv-image-grid {
        width: 100%;
        aspect-ratio: 1;
        border-radius: 4px;
        overflow: hidden;
      }
    `,
  ];

  declare pictures: Pictures;
  /** Number of the sample in a grid of side * side. */
  declare index: number;
  declare side: number;
  /** The class that was asked for; null when none was. */
  declare digit: number | null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override render() {
    const { values, off, on } = this.pictures;
    const from = this.index * IMAGE_PIXELS;
    const one: Pictures = { values: values.subarray(from, from + IMAGE_PIXELS), off, on };
    const name = msg(str`Sample ${String(this.index + 1)}`);
    const { digit } = this;
    return html`
      <gv-image-grid .pictures=${one} .shape=${ONE} label=${name}></gv-image-grid>
      <div class="small" aria-live="polite">
        <span class="soft number">${name}</span>
        ${digit === null ? nothing : html`<div>${msg(str`Asked for: a ${String(digit)}`)}</div>`}
      </div>
    `;
  }

  /** Beside its cell, on the side where there is room. */
  override updated(): void {
    const area = this.parentElement ?? (this.getRootNode() as ShadowRoot).host;
    const width = area.clientWidth;
    const { x, y, size } = cellBox(this.index, this.side, width);
    const right = x + size + DISTANCE;
    const left = x - DISTANCE - this.offsetWidth;
    const beside = x + size / 2 < width / 2 ? right : left;
    const above = Math.max(0, Math.min(y, width - this.offsetHeight));
    Object.assign(this.style, { left: `${beside}px`, top: `${above}px` });
  }
}

customElements.define("gv-loupe", Loupe);
