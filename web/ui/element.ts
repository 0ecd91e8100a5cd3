// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The base of all elements: they are handed the lab, render its store, and render anew when the
// store or the language changes.

import { updateWhenLocaleChanges } from "@lit/localize";
import { LitElement, type PropertyDeclarations } from "lit";
import type { Lab } from "./lab";
import type { AppState } from "./store";

export abstract class LabElement extends LitElement {
  static override properties: PropertyDeclarations = { lab: { attribute: false } };

  declare lab: Lab;
  #unsubscribe: () => void = () => {};

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected get state(): AppState {
    return this.lab.store.state;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const ends = [this.lab.store.subscribe(() => this.requestUpdate()), ...this.subscriptions()];
    this.#unsubscribe = () => {
      for (const end of ends) end();
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe();
  }

  /** What else to follow while connected. */
  protected subscriptions(): (() => void)[] {
    return [];
  }
}
