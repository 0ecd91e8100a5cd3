// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Snapshots of the sample grid over a whole run, in bounded memory: dense at first, when most
// happens, then at distances that grow with the step. When full, every other snapshot is dropped.

const CAPACITY = 160;
/** Minimum distance to the previous snapshot, as a fraction of its step. */
const SPACING = 0.06;

export interface Snapshot {
  readonly step: number;
  /**
   * (count, sample size) levels, 0 for -1 and 255 for 1; for points 0 for -REACH and 255 for REACH.
   */
  readonly levels: Uint8Array;
}

export class Film {
  readonly #capacity: number;
  #snapshots: Snapshot[] = [];
  /** From this step on, snapshots may not be as they were saved. */
  #unsaved = 0;

  /** @param capacity maximum number of snapshots; at least 4 */
  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#snapshots.length;
  }

  at(index: number): Snapshot | undefined {
    return this.#snapshots[index];
  }

  clear(): void {
    this.#snapshots = [];
    this.#unsaved = 0;
  }

  /** The snapshots up to a step. */
  until(step: number): Snapshot[] {
    return this.#snapshots.filter((snapshot) => snapshot.step <= step);
  }

  /** Removes what comes after a step. */
  cutAfter(step: number): void {
    this.#snapshots = this.until(step);
    this.#unsaved = Math.min(this.#unsaved, step + 1);
  }

  get firstUnsavedStep(): number {
    return this.#unsaved;
  }

  /** Says that the snapshots up to this step are saved. */
  markSaved(step: number): void {
    this.#unsaved = step + 1;
  }

  /** Goes on after these. */
  restore(snapshots: readonly Snapshot[]): void {
    this.#snapshots = [...snapshots];
    this.#unsaved = 0;
  }

  /**
   * Keeps the samples of a step if it is far enough past the last snapshot.
   * @param reach value that maps to the highest level (-reach to the lowest)
   */
  offer(step: number, values: Float32Array, reach = 1): void {
    const last = this.#snapshots.at(-1);
    if (last !== undefined && step < last.step + Math.max(1, last.step * SPACING)) return;
    if (this.#snapshots.length === this.#capacity) {
      this.#snapshots = this.#snapshots.filter((_, index) => index % 2 === 0);
    }
    this.#snapshots.push({ step, levels: toLevels(values, reach) });
  }
}

function toLevels(values: Float32Array, reach: number): Uint8Array {
  // A clamped array rounds and limits values to 0..255.
  const levels = new Uint8ClampedArray(values.length);
  for (let index = 0; index < values.length; index += 1) {
    levels[index] = ((values[index] ?? -1) / reach + 1) * 127.5;
  }
  return new Uint8Array(levels.buffer);
}
