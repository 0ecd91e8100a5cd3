// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Base class of elements that consist of one canvas, repainted whenever their properties or the
// theme change.

import {
  type CSSResultGroup,
  css,
  html,
  LitElement,
  nothing,
  type PropertyDeclarations,
} from "lit";
import { onThemeChange } from "../platform/theme";

export abstract class PaintedElement extends LitElement {
  static override properties: PropertyDeclarations = { label: {} };

  static override styles: CSSResultGroup = css`
    :host {
      display: block;
    }

    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }
  `;

  /** Text for screen readers; empty if the surrounding text says the same. */
  declare label: string;
  #endTheme: () => void = () => {};

  constructor() {
    super();
    this.label = "";
  }

  /** The canvas keeps the size that it was last given. */
  protected abstract paint(context: CanvasRenderingContext2D): void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endTheme = onThemeChange(() => this.requestUpdate());
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endTheme();
  }

  override render() {
    const named = this.label !== "";
    return html`<canvas role=${named ? "img" : nothing} aria-label=${named ? this.label : nothing}
      aria-hidden=${named ? nothing : "true"}></canvas>`;
  }

  override updated(): void {
    const context = this.renderRoot.querySelector("canvas")?.getContext("2d");
    // Outside a document there are no colours.
    if (context && this.isConnected) this.paint(context);
  }
}
