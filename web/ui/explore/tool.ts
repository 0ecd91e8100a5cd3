// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Base class of the Explore view's tools: after each change of the choice they query the model, one
// request at a time, and render the latest answer.

import { updateWhenLocaleChanges } from "@lit/localize";
import { html, LitElement, type PropertyDeclarations } from "lit";
import { Latest } from "../platform/latest";
import type { Model } from "../state/models";
import type { Choice } from "./choice";
import type { Explorer } from "./explorer";

export abstract class ToolElement extends LitElement {
  static override properties: PropertyDeclarations = { explorer: { attribute: false } };

  declare explorer: Explorer;
  readonly #latest = new Latest((thrown) => this.explorer.failed(thrown));
  #unsubscribe: () => void = () => {};
  #last: readonly unknown[] = [];

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected get choice(): Choice {
    return this.explorer.state.choice;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = this.explorer.subscribe(() => this.#changed());
    this.#last = [];
    this.#changed();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe();
    this.#latest.forget();
  }

  /** Queries the model and stores the results for rendering. */
  protected abstract compute(model: Model): Promise<void>;

  /** Schedules `compute` with the choice at the time it runs. */
  protected ask(): void {
    this.#latest.ask(async () => {
      const { model } = this.explorer.state;
      if (model === null || !this.isConnected) return;
      await this.compute(model);
      this.requestUpdate();
    });
  }

  #changed(): void {
    this.requestUpdate();
    const { model, choice, drawing, digits, judging } = this.explorer.state;
    const now = [model, choice, drawing, digits, judging];
    if (now.every((part, index) => part === this.#last[index])) return;
    this.#last = now;
    this.ask();
  }
}

/** Class labels for a conditional model, one per sample; none for others. */
export function labelsFor(
  { conditional }: Model,
  digits: readonly number[],
): { labels?: Uint8Array<ArrayBuffer> } {
  return conditional ? { labels: Uint8Array.from(digits) } : {};
}

/** A tool's heading and introduction. */
export function renderIntro(title: string, text: string) {
  return html`<div class="intro">
    <h2>${title}</h2>
    <p class="soft">${text}</p>
  </div>`;
}
