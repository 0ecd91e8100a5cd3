// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Steps at a pace that an eye can follow, one at a time or a few in a tick.

import type { ClientSession } from "../api/client";
import type { SampleOptions, SessionState } from "../api/types";
import type { PlayProgress } from "../shared/protocol";

const LEAST_TICK_MS = 40;

export class Pacer {
  readonly #session: ClientSession;
  readonly #stepsPerSecond: number;
  readonly #samples: SampleOptions;
  readonly #onProgress: (progress: PlayProgress) => void;
  #stopped = false;
  #wake: () => void = () => {};
  #ended: Promise<void> = Promise.resolve();

  constructor(
    session: ClientSession,
    stepsPerSecond: number,
    samples: SampleOptions,
    onProgress: (progress: PlayProgress) => void,
  ) {
    this.#session = session;
    this.#stepsPerSecond = stepsPerSecond;
    this.#samples = samples;
    this.#onProgress = onProgress;
  }

  run(): Promise<void> {
    const run = this.#run();
    this.#ended = run.catch(() => {});
    return run;
  }

  async stop(): Promise<SessionState> {
    this.#stopped = true;
    this.#wake();
    await this.#ended;
    return this.#session.state();
  }

  async #run(): Promise<void> {
    const started = performance.now();
    let done = 0;
    while (!this.#stopped) {
      const due = Math.floor(((performance.now() - started) * this.#stepsPerSecond) / 1000) + 1;
      // What a slow machine or a sleeping tab did not make in time is not made up for.
      const steps = Math.min(due - done, Math.ceil(this.#stepsPerSecond / 5));
      done = due;
      if (steps > 0) await this.#step(steps, started, done);
      const next = started + (done * 1000) / this.#stepsPerSecond - performance.now();
      await this.#sleep(Math.max(LEAST_TICK_MS, next));
    }
  }

  async #step(steps: number, started: number, done: number): Promise<void> {
    const metrics = await this.#session.train(steps);
    const samples = await this.#session.sample(this.#samples);
    const seconds = (performance.now() - started) / 1000;
    const stepsPerSecond = seconds < 1 ? this.#stepsPerSecond : done / seconds;
    this.#onProgress({ metrics, samples, stepsPerSecond });
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
