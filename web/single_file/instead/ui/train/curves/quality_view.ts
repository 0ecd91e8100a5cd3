// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-quality-view>` of the page as one file, which has no unseen digits to compare samples with.

import { msg } from "@lit/localize";
import { css, html } from "lit";
import { AppElement } from "../../../../../ui/elements/app_element";
import { baseStyles } from "../../../../../ui/elements/base_styles";

class NoQualityView extends AppElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
    `,
  ];

  override render() {
    return html`<p class="small soft" role="status">
      ${msg("digit-FID compares samples with 1,000 digits that no run learns from. This file does not hold them; the page on the web does.")}
    </p>`;
  }
}

customElements.define("gv-quality-view", NoQualityView);
