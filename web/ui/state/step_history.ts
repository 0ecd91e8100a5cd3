// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The steps of a run: their metrics, in parts of a fixed number of rows, so that a long run is saved
// without writing again what has not changed. A row is a step until there are too many; then every other
// row is dropped, and only every second step is kept, or fourth, and so on.

import { METRIC_COLUMNS } from "../../engine/types";

/** Rows in a part: 64 KB. */
export const PART_ROWS = 4096;
/** 16 MB. */
const MOST_ROWS = 256 * PART_ROWS;

type Part = Float32Array<ArrayBuffer>;

/** What `StepHistory.parts` gives, and the steps that it is of. */
export interface KeptSteps {
  /** Each (rows, 4). */
  readonly parts: readonly Float32Array[];
  /** Number of the first step, and of the last. */
  readonly first: number;
  readonly last: number;
  /** Steps from a row to the next. */
  readonly stride: number;
}

export class StepHistory {
  readonly #mostRows: number;
  /** Each (PART_ROWS, 4); the last one may not be full. */
  #parts: Part[] = [];
  #rows = 0;
  #stride = 1;
  #length = 0;
  #first = 1;
  #unsaved = 0;

  /** @param mostRows even */
  constructor(mostRows = MOST_ROWS) {
    this.#mostRows = mostRows;
  }

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

  /** Steps from a row to the next: a power of two. */
  get stride(): number {
    return this.#stride;
  }

  /** Removes everything; the next step added has number `first`. */
  clear(first = 1): void {
    this.#parts = [];
    this.#rows = 0;
    this.#stride = 1;
    this.#length = 0;
    this.#first = first;
    this.#unsaved = 0;
  }

  /** @param steps (steps, 4), as in Metrics */
  add(steps: Float32Array): void {
    const count = Math.floor(steps.length / METRIC_COLUMNS);
    for (let step = 0; step < count; ) {
      const untilRow = this.#rows * this.#stride - this.#length;
      if (untilRow >= count - step) {
        this.#length += count - step;
        return;
      }
      step += untilRow;
      this.#length += untilRow;
      step += this.#addRows(steps.subarray(step * METRIC_COLUMNS));
    }
  }

  /** Goes on after these. */
  restore({ parts, first, last, stride }: KeptSteps): void {
    this.clear(first);
    for (const part of parts) this.add(part);
    this.#stride *= stride;
    this.#length = Math.max(0, Math.min(last - first + 1, this.#rows * this.#stride));
  }

  /** Removes what comes after a step. */
  cutAfter(step: number): void {
    this.#length = this.#until(step);
    this.#rows = this.#rowsOf(this.#length);
    this.#parts.length = Math.ceil(this.#rows / PART_ROWS);
    this.#unsaved = Math.min(this.#unsaved, this.#length);
  }

  /** The parts up to a step, each (rows, 4), as views. */
  parts(until = this.last): Part[] {
    const rows = this.#rowsOf(this.#until(until));
    return this.#parts
      .slice(0, Math.ceil(rows / PART_ROWS))
      .map((part, index) => part.subarray(0, (rows - index * PART_ROWS) * METRIC_COLUMNS));
  }

  /** Index of the first part with steps that the last `markSaved` did not include. */
  get firstUnsavedPart(): number {
    return Math.floor(this.#rowsOf(this.#unsaved) / PART_ROWS);
  }

  /** Says that the steps up to this one are saved. */
  markSaved(step: number): void {
    this.#unsaved = this.#until(step);
  }

  /** Steps up to this one. */
  #until(step: number): number {
    return Math.max(0, Math.min(this.#length, step - this.#first + 1));
  }

  #rowsOf(steps: number): number {
    return Math.ceil(steps / this.#stride);
  }

  /** Adds rows as far as there is room in a part, and returns how many steps that were; the first is a row. */
  #addRows(steps: Float32Array): number {
    if (this.#rows === this.#mostRows) this.#dropEveryOther();
    const [part, at] = [Math.floor(this.#rows / PART_ROWS), this.#rows % PART_ROWS];
    this.#parts[part] ??= new Float32Array(PART_ROWS * METRIC_COLUMNS);
    const room = Math.min(PART_ROWS - at, this.#mostRows - this.#rows);
    const count = this.#stride === 1 ? Math.min(steps.length / METRIC_COLUMNS, room) : 1;
    this.#parts[part]?.set(steps.subarray(0, count * METRIC_COLUMNS), at * METRIC_COLUMNS);
    this.#rows += count;
    this.#length += count;
    return count;
  }

  /** In new memory, since saves hold views of the old. */
  #dropEveryOther(): void {
    const before = this.parts();
    this.#parts = [];
    this.#stride *= 2;
    this.#rows = this.#rowsOf(this.#length);
    this.#unsaved = 0;
    for (let row = 0; row < this.#rows; row += 1) {
      const [from, part, at] = [2 * row, Math.floor(row / PART_ROWS), row % PART_ROWS];
      const whole = before[Math.floor(from / PART_ROWS)];
      const start = (from % PART_ROWS) * METRIC_COLUMNS;
      this.#parts[part] ??= new Float32Array(PART_ROWS * METRIC_COLUMNS);
      const values = whole?.subarray(start, start + METRIC_COLUMNS) ?? [];
      this.#parts[part]?.set(values, at * METRIC_COLUMNS);
    }
  }
}
