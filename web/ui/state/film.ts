// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Snapshots of the sample grid over a whole run, in bounded memory: close together at first, where
// everything happens, and ever farther apart, so that a run a thousand times as long takes twice as
// many; past the last place every other one is given up.

const CAPACITY = 160;
/** The least distance to the snapshot before, as a part of the step. */
const SPACING = 0.06;

export interface Snapshot {
  readonly step: number;
  /** (count, 784) grey levels, 0 for the value -1 and 255 for 1; of points (count, 2), 255 for REACH. */
  readonly levels: Uint8Array;
}

export class Film {
  readonly #capacity: number;
  #snapshots: Snapshot[] = [];

  /** @param capacity most snapshots that are kept; at least 4 */
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
  }

  /**
   * Keeps the samples of a step if it is time to. A step that comes again, or one before, is not.
   * @param reach values of this size are the ends of the grey levels
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
  // A clamped array rounds, and holds what is out of range at its ends.
  const levels = new Uint8ClampedArray(values.length);
  for (let index = 0; index < values.length; index += 1) {
    levels[index] = ((values[index] ?? -1) / reach + 1) * 127.5;
  }
  return new Uint8Array(levels.buffer);
}
