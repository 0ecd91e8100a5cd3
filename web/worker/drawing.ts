// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Many samples of one step's generator, drawn in slices so that the worker can answer other calls in
// between.

import type { Session } from "../engine/session";

const SLICE_SAMPLES = 50;

/** Samples of the generator of one step. */
export interface StepSamples {
  readonly step: number;
  /** (count, sample size), -1 black to 1 white; from `toy2d` (count, 2). */
  readonly samples: Float32Array<ArrayBuffer>;
  /** Milliseconds of the worker's time that generating took. */
  readonly ms: number;
}

export interface StepSampleOptions {
  /** 1 or more. */
  readonly count: number;
  /** Slice k of 50 samples draws its noise from seed + k. A conditional generator draws its classes in turn. */
  readonly seed: number;
}

export class Drawing {
  readonly #session: Session;
  readonly #options: StepSampleOptions;
  readonly #step: number;
  readonly #slices: Float32Array<ArrayBuffer>[] = [];
  #ms = 0;
  #failure: unknown = null;

  constructor(session: Session, options: StepSampleOptions) {
    this.#session = session;
    this.#options = options;
    this.#step = session.state().step;
  }

  get done(): boolean {
    const drawn = this.#slices.length * SLICE_SAMPLES;
    return this.#failure !== null || (drawn > 0 && drawn >= this.#options.count);
  }

  /** Draws one slice. If it fails, `result` throws why. */
  drawSlice(): void {
    const { seed } = this.#options;
    const slice = this.#slices.length;
    const started = performance.now();
    try {
      const first = slice * SLICE_SAMPLES;
      const count = Math.min(SLICE_SAMPLES, this.#options.count - first);
      const { classes } = this.#session.config();
      // By default each slice would begin with class 0.
      const length = classes > 0 ? count : 0;
      const labels = Uint8Array.from({ length }, (_, i) => (first + i) % classes);
      this.#slices.push(this.#session.sample({ count, seed: seed + slice, labels }));
    } catch (thrown) {
      this.#failure = thrown;
    }
    this.#ms += performance.now() - started;
  }

  /** Draws all slices that are left. */
  finish(): void {
    while (!this.done) this.drawSlice();
  }

  /** @throws GanvasError as `Session.sample` */
  result(): StepSamples {
    if (this.#failure !== null) throw this.#failure;
    const samples = new Float32Array(this.#slices.reduce((sum, slice) => sum + slice.length, 0));
    let offset = 0;
    for (const slice of this.#slices) {
      samples.set(slice, offset);
      offset += slice.length;
    }
    return { step: this.#step, samples, ms: this.#ms };
  }
}
