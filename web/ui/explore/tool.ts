// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The base of the Explore view's tools: whenever something is chosen they ask the model anew, one
// request at a time, and render what they were answered last.

import { updateWhenLocaleChanges } from "@lit/localize";
import { LitElement, type PropertyDeclarations } from "lit";
import { Latest } from "../platform/latest";
import type { Choice } from "./choice";
import type { Explorer } from "./explorer";
import type { Model } from "./models";

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

  /** Asks the model for what is to be shown, and keeps it. */
  protected abstract compute(model: Model): Promise<void>;

  /** Has `compute` run with what is chosen by then. */
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

/** As many labels of one class as there are samples, for a model that is told classes. */
export function labelsFor(
  { conditional }: Model,
  digits: readonly number[],
): { labels?: Uint8Array<ArrayBuffer> } {
  return conditional ? { labels: Uint8Array.from(digits) } : {};
}
