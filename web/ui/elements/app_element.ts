// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The base of all elements: they are handed the controller, render its store, and render anew when the
// store or the language changes.

import { updateWhenLocaleChanges } from "@lit/localize";
import { LitElement, type PropertyDeclarations } from "lit";
import type { AppController } from "../state/app_controller";
import type { AppState } from "../state/store";

export abstract class AppElement extends LitElement {
  static override properties: PropertyDeclarations = { controller: { attribute: false } };

  declare controller: AppController;
  #unsubscribe: () => void = () => {};

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected get state(): AppState {
    return this.controller.store.state;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const ends = [
      this.controller.store.subscribe(() => this.requestUpdate()),
      ...this.subscriptions(),
    ];
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
