// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A session with trivial arithmetic and a simulated clock, for tests of the code around training.
// The real session is tested in module.test.ts.

import { GanvasError } from "../engine/errors";
import type { Session } from "../engine/session";
import type { HalfMetrics, Metrics, SessionState } from "../engine/types";
import type { Clock } from "../worker/clock";

export class FakeSession {
  step = 0;
  samplesDrawn = 0;
  saved = 0;
  msPerSave = 0;
  msPerStep: number;
  inStep = false;
  /** Times of each half and step; includes the completion of a step begun in halves. */
  readonly turns: { readonly what: "half" | "step"; readonly at: number }[] = [];
  failAt = Number.POSITIVE_INFINITY;
  readonly #clock: FakeClock;
  readonly #msPerSample: number;

  constructor(clock: FakeClock, msPerStep: number, msPerSample = 0) {
    this.#clock = clock;
    this.msPerStep = msPerStep;
    this.#msPerSample = msPerSample;
  }

  train(steps: number): Metrics {
    const history = new Float32Array(steps * 4);
    this.turns.push({ what: "step", at: this.#clock.ms });
    this.inStep = false;
    for (let row = 0; row < steps; row += 1) {
      this.step += 1;
      if (this.step === this.failAt) throw new GanvasError("non_finite", "It diverged.");
      history.set([this.step, 0, 0, 0], row * 4);
    }
    this.#clock.ms += steps * this.msPerStep;
    const last = { lossD: this.step, lossG: 0, dReal: 0, dFake: 0 };
    return { step: this.step, epoch: 0, imagesSeen: this.step * 32, ...last, history };
  }

  advanceHalf(): HalfMetrics {
    this.turns.push({ what: "half", at: this.#clock.ms });
    this.inStep = true;
    const unknown = { lossD: null, lossG: null, dReal: null, dFake: null };
    return { half: "discriminator", step: this.step + 1, epoch: 0, imagesSeen: 0, ...unknown };
  }

  state(): Partial<SessionState> {
    return { step: this.step, inStep: this.inStep };
  }

  /** The step number is the whole state. */
  save(): Uint8Array<ArrayBuffer> {
    if (this.inStep) throw new Error("Saving now would complete the step.");
    this.saved += 1;
    this.#clock.ms += this.msPerSave;
    return new TextEncoder().encode(String(this.step));
  }

  load(bytes: Uint8Array): void {
    this.step = Number(new TextDecoder().decode(bytes));
  }

  sample({ count }: { count: number }): Float32Array<ArrayBuffer> {
    this.samplesDrawn += 1;
    this.#clock.ms += this.#msPerSample;
    return new Float32Array(count * 784).fill(this.step);
  }

  /** The session that the player sees. */
  asSession(): Session {
    return this as unknown as Session;
  }
}

export class FakeClock implements Clock {
  ms = 0;
  /** Runs at each yield, where a worker would read its messages. */
  onYield: () => void = () => {};
  /** Runs after each pause. */
  onSleep: () => void = () => {};

  now(): number {
    return this.ms;
  }

  async yield(): Promise<void> {
    this.onYield();
  }

  async sleep(ms: number): Promise<void> {
    this.ms += ms;
    this.onSleep();
  }

  close(): void {}
}
