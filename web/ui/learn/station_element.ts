// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Base class of the stations: renders the lesson's record whenever a new step has been taken.

import { LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { IMAGE_PIXELS } from "../../engine/types";
import type { StepRecord } from "../../lessons/step_record";
import { baseStyles } from "../elements/base_styles";
import type { Lesson } from "./lesson";
import { stationStyles } from "./station_styles";
import type { Labels } from "./texts";

export abstract class StationElement extends LitElement {
  static override properties: PropertyDeclarations = {
    lesson: { attribute: false },
    labels: { attribute: false },
  };

  static override styles = [baseStyles, stationStyles];

  declare lesson: Lesson;
  declare labels: Labels;
  #unsubscribe: () => void = () => {};
  #seen: StepRecord | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = this.lesson.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe();
  }

  override willUpdate(): void {
    const { record } = this.lesson;
    if (record === null || record === this.#seen) return;
    this.#seen = record;
    this.newStep(record);
  }

  override render() {
    // Keeps the last record visible while training continues.
    return this.#seen === null ? nothing : this.renderStep(this.#seen);
  }

  protected get step(): StepRecord | null {
    return this.#seen;
  }

  /** Called before a record is rendered for the first time. */
  protected newStep(_record: StepRecord): void {}

  protected abstract renderStep(record: StepRecord): TemplateResult;

  /** Queries the core; null on failure, since a session that ended meanwhile has no answer. */
  protected async query<T>(call: () => Promise<T>): Promise<T | null> {
    try {
      return await call();
    } catch {
      return null;
    }
  }
}

/** Image `index` of a batch, (IMAGE_PIXELS). */
export function pictureOf(
  values: Float32Array<ArrayBuffer>,
  index: number,
): Float32Array<ArrayBuffer> {
  return values.subarray(index * IMAGE_PIXELS, (index + 1) * IMAGE_PIXELS);
}
