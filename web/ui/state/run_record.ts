// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a run has shown so far: its numbers, curves, samples and film; and the curves of runs before it.

import type { Settings } from "../../config/settings";
import { METRIC_COLUMNS, type Metrics } from "../../engine/types";
import { Curves } from "./curves";
import { EarlierRuns } from "./earlier_runs";
import { Film } from "./film";
import type { KeptRun } from "./saved_runs/run_storage";
import type { Live, Numbers } from "./store";

type Place = Pick<Numbers, "step" | "epoch" | "imagesSeen">;

export class RunRecord {
  readonly curves = new Curves();
  readonly film = new Film();
  readonly earlier = new EarlierRuns();
  /** Of the run, also when its worker is lost; the store's can already be newer. Null without a run. */
  settings: Settings | null = null;
  /** Values of one sample of the run. */
  sampleSize = 1;
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  /** @param goesOn whether it is the same run that goes on; if not, its curves stay, to compare */
  clear(goesOn: boolean): void {
    if (this.settings !== null && !goesOn) this.earlier.add(this.settings, this.curves);
    this.settings = null;
    this.sampleSize = 1;
    this.curves.clear();
    this.film.clear();
    this.#live.realPoints = null;
    this.#live.realImages = null;
    this.#live.numbers = null;
    this.#live.stepsPerSecond = 0;
    this.#live.changed();
  }

  /** Goes on with that of a saved run. */
  restore(kept: KeptRun, { step, epoch, imagesSeen }: Place): void {
    const { firstStep: first, stride = 1 } = kept.run;
    this.curves.restore({ parts: kept.history, first, last: kept.run.step, stride });
    this.film.restore(kept.film);
    const last = kept.history.at(-1)?.slice(-METRIC_COLUMNS) ?? [];
    const [lossD = Number.NaN, lossG = Number.NaN, dReal = Number.NaN, dFake = Number.NaN] = last;
    this.#live.numbers = { step, epoch, imagesSeen, lossD, lossG, dReal, dFake };
  }

  /** Adds the metrics of new steps. Returns whether all of them are finite. */
  add({ history, ...numbers }: Metrics): boolean {
    this.curves.add(history);
    this.#live.numbers = numbers;
    this.#live.changed();
    return history.every(Number.isFinite);
  }

  /**
   * Shows the grid, and offers it to the film.
   * @param reach the largest value that the film can show
   */
  showSamples(values: Float32Array<ArrayBuffer>, reach: number): void {
    const step = this.#live.numbers?.step ?? 0;
    this.#live.samples = { values, side: Math.sqrt(values.length / this.sampleSize), step };
    this.film.offer(step, values, reach);
    this.#live.changed();
  }

  /** Removes what a run has shown of the steps after this one, which it takes anew. */
  cutAfter(step: number): void {
    this.curves.cutAfter(step);
    this.film.cutAfter(step);
  }

  /** To an earlier state, whose losses are not known. */
  goBack(place: Place): void {
    const { numbers } = this.#live;
    if (numbers !== null) this.#live.numbers = { ...numbers, ...place };
  }
}
