// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The history of a run, in rows and in a fixed number of bins, for drawing: each bin keeps mean, minimum
// and maximum of each metric over the same number of consecutive steps. When all bins are full,
// neighbours are merged and bins cover twice as many steps, so adding a step has constant amortised
// cost.

import { METRIC_COLUMNS } from "../../engine/types";
import { type KeptSteps, StepHistory } from "./step_history";

const CAPACITY = 512;

export interface CurveTable {
  /** Middle step of each bin. */
  readonly steps: readonly number[];
  /** One array per metric (lossD, lossG, dReal, dFake), one number per bin. */
  readonly mean: readonly (readonly number[])[];
  readonly min: readonly (readonly number[])[];
  readonly max: readonly (readonly number[])[];
}

export class Curves {
  readonly history = new StepHistory();
  readonly #capacity: number;
  readonly #sum: Float64Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  /** Steps per full bin. */
  #stride = 1;
  #fullBins = 0;
  #inLastBin = 0;

  /** @param capacity maximum number of bins; even */
  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
    this.#sum = new Float64Array(capacity * METRIC_COLUMNS);
    this.#min = new Float64Array(capacity * METRIC_COLUMNS);
    this.#max = new Float64Array(capacity * METRIC_COLUMNS);
  }

  get length(): number {
    return this.history.length;
  }

  /** Removes everything; the next step added has number `firstStep`. */
  clear(firstStep = 1): void {
    this.history.clear(firstStep);
    this.#emptyBins();
  }

  /** Removes what comes after a step. */
  cutAfter(step: number): void {
    this.history.cutAfter(step);
    this.#binHistory();
  }

  /** Goes on after these steps. */
  restore(steps: KeptSteps): void {
    this.history.restore(steps);
    this.#binHistory();
  }

  /** @param history (steps, 4), as in Metrics */
  add(history: Float32Array): void {
    this.history.add(history);
    for (let row = 0; row + METRIC_COLUMNS <= history.length; row += METRIC_COLUMNS) {
      this.#bin(history, row, 1);
    }
  }

  #emptyBins(): void {
    this.#stride = 1;
    this.#fullBins = 0;
    this.#inLastBin = 0;
  }

  /** Anew, where a row of the history stands for the steps up to the next row. */
  #binHistory(): void {
    this.#emptyBins();
    const { stride, length } = this.history;
    this.#stride = stride;
    let left = length;
    for (const part of this.history.parts()) {
      for (let row = 0; row < part.length; row += METRIC_COLUMNS, left -= stride) {
        this.#bin(part, row, Math.min(stride, left));
      }
    }
  }

  /** @param steps for which the row stands: a divisor of a bin's, or those that are left */
  #bin(history: Float32Array, row: number, steps: number): void {
    if (this.#fullBins === this.#capacity) this.#mergeNeighbours();
    const bin = this.#fullBins * METRIC_COLUMNS;
    for (let metric = 0; metric < METRIC_COLUMNS; metric += 1) {
      this.#accumulate(bin + metric, history[row + metric] ?? Number.NaN, steps);
    }
    this.#inLastBin += steps;
    if (this.#inLastBin === this.#stride) {
      this.#fullBins += 1;
      this.#inLastBin = 0;
    }
  }

  table(): CurveTable {
    const bins = this.#fullBins + (this.#inLastBin > 0 ? 1 : 0);
    const steps: number[] = [];
    const counts: number[] = [];
    for (let bin = 0; bin < bins; bin += 1) {
      const count = bin < this.#fullBins ? this.#stride : this.#inLastBin;
      counts.push(count);
      steps.push(this.history.first + bin * this.#stride + (count - 1) / 2);
    }
    const column = (values: Float64Array, metric: number): number[] =>
      counts.map((_, bin) => values[bin * METRIC_COLUMNS + metric] ?? Number.NaN);
    const metrics = Array.from({ length: METRIC_COLUMNS }, (_, metric) => metric);
    return {
      steps,
      mean: metrics.map((m) => column(this.#sum, m).map((sum, bin) => sum / (counts[bin] ?? 1))),
      min: metrics.map((m) => column(this.#min, m)),
      max: metrics.map((m) => column(this.#max, m)),
    };
  }

  #accumulate(at: number, value: number, steps: number): void {
    const first = this.#inLastBin === 0;
    this.#sum[at] = (first ? 0 : (this.#sum[at] ?? 0)) + value * steps;
    this.#min[at] = first ? value : Math.min(this.#min[at] ?? value, value);
    this.#max[at] = first ? value : Math.max(this.#max[at] ?? value, value);
  }

  #mergeNeighbours(): void {
    for (let bin = 0; bin < this.#capacity / 2; bin += 1) {
      for (let metric = 0; metric < METRIC_COLUMNS; metric += 1) {
        const to = bin * METRIC_COLUMNS + metric;
        const left = 2 * bin * METRIC_COLUMNS + metric;
        const right = left + METRIC_COLUMNS;
        this.#sum[to] = (this.#sum[left] ?? 0) + (this.#sum[right] ?? 0);
        this.#min[to] = Math.min(this.#min[left] ?? 0, this.#min[right] ?? 0);
        this.#max[to] = Math.max(this.#max[left] ?? 0, this.#max[right] ?? 0);
      }
    }
    this.#fullBins = this.#capacity / 2;
    this.#stride *= 2;
  }
}
