// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-picture-rows>`: the first pictures of a set as they are after fitting, each class in a row of its
// own.

import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { css, html, LitElement, type PropertyValues } from "lit";
import type { PictureSet } from "../../engine/pictures";
import { baseStyles } from "../elements/base_styles";
import { formatCount } from "../platform/format";
import { nameOfClass } from "../words/picture_words";
import { paintLevels } from "./levels";
import { firstOfEach } from "./set_parts";

export class PictureRows extends LitElement {
  static override properties = { set: { attribute: false } };

  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: 0.875rem;
        align-content: start;
      }

      h4 {
        margin: 0 0 0.25rem;
        font-weight: 600;
        font-size: var(--text-small);
        overflow-wrap: anywhere;
      }

      .pictures {
        display: flex;
        flex-wrap: wrap;
        gap: 3px;
      }

      canvas {
        width: var(--shown-side);
        height: var(--shown-side);
        border-radius: 2px;
        image-rendering: pixelated;
      }

      .more {
        align-self: end;
        padding-left: 0.5rem;
      }
    `,
  ];

  declare set: PictureSet | null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    this.set = null;
  }

  override render() {
    const { set } = this;
    if (set === null) return "";
    // Whole multiples of the side, so that all pixels are of one size.
    this.style.setProperty(
      "--shown-side",
      `${set.side * Math.max(1, Math.floor(64 / set.side))}px`,
    );
    return firstOfEach(set).map(({ label, indexes, count }) => {
      const name =
        label === null ? msg("The pictures as they will be learned") : nameOfClass(set, label);
      const more = count - indexes.length;
      return html`<div>
        ${label === null ? "" : html`<h4>${name} <span class="soft number">${formatCount(count)}</span></h4>`}
        <div class="pictures" role="img" aria-label=${name}>
          ${indexes.map((index) => html`<canvas data-index=${index}></canvas>`)}
          ${more > 0 ? html`<span class="more small soft">${msg(str`and ${formatCount(more)} more`)}</span>` : ""}
        </div>
      </div>`;
    });
  }

  override updated(changed: PropertyValues): void {
    const { set } = this;
    if (set === null || !changed.has("set")) return;
    for (const canvas of this.renderRoot.querySelectorAll("canvas")) {
      paintLevels(canvas, set, Number(canvas.dataset["index"]));
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-picture-rows": PictureRows;
  }
}

customElements.define("gv-picture-rows", PictureRows);
