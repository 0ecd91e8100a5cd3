// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Base class of elements that are given the controller and render whenever its store or the
// language changes.

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

  /** Further subscriptions to hold while connected; each entry unsubscribes. */
  protected subscriptions(): (() => void)[] {
    return [];
  }
}
