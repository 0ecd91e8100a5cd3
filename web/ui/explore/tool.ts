// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Base class of the Explore view's tools: after each change of the choice they query the model, one
// request at a time, and render the latest answer.

import { msg, updateWhenLocaleChanges } from "@lit/localize";
import { html, LitElement, nothing, type PropertyDeclarations } from "lit";
import { DIGIT_NAMES } from "../../config/classes";
import { clamp } from "../../engine/clamp";
import { diceIcon } from "../elements/icons";
import { Latest } from "../platform/latest";
import type { Model } from "../state/models";
import type { Choice } from "./choice";
import type { Explorer } from "./explorer";
import "./class_picker";

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

  /** The chosen class as the model has it. */
  protected get chosenClass(): number {
    const { classes = [] } = this.explorer.state.model ?? {};
    return clamp(this.choice.digit, 0, classes.length - 1);
  }

  /** The picker of the class to draw; nothing for models that are not told one. */
  protected renderClasses() {
    const { model } = this.explorer.state;
    if (!model?.conditional) return nothing;
    const label = model.ofDigits ? msg("Requested digit") : msg("Requested class");
    return html`<gv-class-picker label=${label} .chosen=${this.chosenClass} .names=${model.classes}
      @pick=${(event: CustomEvent<number>) => this.explorer.choose({ digit: event.detail })}
    ></gv-class-picker>`;
  }

  /** The button that draws other latents for all tools. */
  protected renderDice(text: string) {
    return html`<button id="new" @click=${() => this.explorer.newLatents()}>${diceIcon}${text}</button>`;
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
  labels: readonly number[],
): { labels?: Uint8Array<ArrayBuffer> } {
  return conditional ? { labels: Uint8Array.from(labels) } : {};
}

/** Classes in turn for so many samples; without classes, as many as there are digits. */
export function classesInTurn({ classes }: Model, count: number): number[] {
  const among = classes.length || DIGIT_NAMES.length;
  return Array.from({ length: count }, (_, index) => index % among);
}

/** A tool's heading and introduction. */
export function renderIntro(title: string, text: string) {
  return html`<div class="intro">
    <h2>${title}</h2>
    <p class="soft">${text}</p>
  </div>`;
}
