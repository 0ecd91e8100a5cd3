// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Every step of a run: its metrics, in parts of a fixed number of steps, so that a long run is saved
// without writing again what has not changed.

import { METRIC_COLUMNS } from "../../engine/types";

/** Steps in a part: 64 KB. */
export const PART_STEPS = 4096;

export class StepHistory {
  /** Each (PART_STEPS, 4); the last one may not be full. */
  readonly #parts: Float32Array<ArrayBuffer>[] = [];
  #length = 0;
  #first = 1;
  #unsaved = 0;

  /** Number of steps. */
  get length(): number {
    return this.#length;
  }

  /** Number of the first step: 1, unless the run came from a file. */
  get first(): number {
    return this.#first;
  }

  /** Number of the last step; one less than `first` without steps. */
  get last(): number {
    return this.#first + this.#length - 1;
  }

  /** Removes everything; the next step added has number `first`. */
  clear(first = 1): void {
    this.#parts.length = 0;
    this.#length = 0;
    this.#first = first;
    this.#unsaved = 0;
  }

  /** @param rows (steps, 4), as in Metrics */
  add(rows: Float32Array): void {
    const steps = Math.floor(rows.length / METRIC_COLUMNS);
    for (let from = 0; from < steps; ) {
      const [part, at] = [Math.floor(this.#length / PART_STEPS), this.#length % PART_STEPS];
      this.#parts[part] ??= new Float32Array(PART_STEPS * METRIC_COLUMNS);
      const count = Math.min(steps - from, PART_STEPS - at);
      const taken = rows.subarray(from * METRIC_COLUMNS, (from + count) * METRIC_COLUMNS);
      this.#parts[part]?.set(taken, at * METRIC_COLUMNS);
      this.#length += count;
      from += count;
    }
  }

  /** Removes what comes after a step. */
  cutAfter(step: number): void {
    this.#length = Math.max(0, Math.min(this.#length, step - this.#first + 1));
    this.#parts.length = Math.ceil(this.#length / PART_STEPS);
    this.#unsaved = Math.min(this.#unsaved, this.#length);
  }

  /** The parts up to a step, each (steps, 4), as views. */
  parts(until = this.last): Float32Array<ArrayBuffer>[] {
    const steps = Math.max(0, Math.min(this.#length, until - this.#first + 1));
    return this.#parts
      .slice(0, Math.ceil(steps / PART_STEPS))
      .map((part, index) => part.subarray(0, (steps - index * PART_STEPS) * METRIC_COLUMNS));
  }

  /** Index of the first part with steps that the last `markSaved` did not include. */
  get firstUnsavedPart(): number {
    return Math.floor(this.#unsaved / PART_STEPS);
  }

  /** Says that the steps up to this one are saved. */
  markSaved(step: number): void {
    this.#unsaved = Math.max(0, Math.min(this.#length, step - this.#first + 1));
  }
}
