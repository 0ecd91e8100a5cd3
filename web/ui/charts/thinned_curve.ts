// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Values that come one by one for as long as a run is watched, in a chart that does not grow for as long.

import type { CurveTable } from "../state/curves";

const MOST = 1000;

interface Place {
  readonly step: number;
  readonly value: number;
}

/**
 * All values, until there are too many; then every other is dropped, and only every second is kept, or
 * fourth, and so on. The last one is always there.
 */
export class ThinnedCurve {
  readonly #most: number;
  #places: Place[] = [];
  #stride = 1;
  #count = 0;

  /** @param most even */
  constructor(most = MOST) {
    this.#most = most;
  }

  add(step: number, value: number): void {
    // What was there only because it was the last.
    if ((this.#count - 1) % this.#stride !== 0) this.#places.pop();
    this.#places.push({ step, value });
    this.#count += 1;
    if (this.#places.length <= this.#most) return;
    this.#places = this.#places.filter((_, at) => at % 2 === 0);
    this.#stride *= 2;
  }

  table(): CurveTable {
    const values = this.#places.map(({ value }) => value);
    const steps = this.#places.map(({ step }) => step);
    return { steps, mean: [values], min: [values], max: [values] };
  }
}
