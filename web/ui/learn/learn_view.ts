// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-learn>`.

import { html } from "lit";
import { LabElement } from "../element";

export class View extends LabElement {
  override render() {
    return html`<h1>learn</h1>`;
  }
}

customElements.define("gv-learn", View);
