// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The GAN behind all stations: a separate run of preset `seed`, stored at the end of a step, and
// the record of the step after it.

import type { ClientSession } from "../../client/training_client";
import { USUAL_EXAMPLES } from "../../config/supply";
import { asGanvasError, type SerializedError } from "../../engine/errors";
import { type Rates, ratesOf, type StepRecord, takeStep } from "../../lessons/step_record";
import type { AppController } from "../state/app_controller";

export const WAITING = { status: "waiting", done: 0, all: null } as const;
const FIRST_STEPS = 1000;
/** This GAN needs thousands of steps to draw digits. */
export const MORE_STEPS = [500, 5000] as const;

export type LessonState =
  /** Progress of the digits, if it is them that it waits for. */
  | { readonly status: "waiting"; readonly done: number; readonly all: number | null }
  | { readonly status: "training"; readonly done: number; readonly all: number }
  | { readonly status: "ready"; readonly record: StepRecord }
  | { readonly status: "failed"; readonly error: SerializedError };

export class Lesson {
  readonly #controller: AppController;
  readonly #listeners = new Set<() => void>();
  #state: LessonState = WAITING;
  #session: ClientSession | null = null;
  #networks: ClientSession | null = null;
  /** Checkpoint at the end of the step before the record's. */
  #before: Uint8Array<ArrayBuffer> | null = null;
  #own: Rates | null = null;
  /** Tail of the queue that runs calls in order. */
  #queue: Promise<void> = Promise.resolve();
  #disposed = false;

  constructor(controller: AppController) {
    this.#controller = controller;
  }

  get state(): LessonState {
    return this.#state;
  }

  get record(): StepRecord | null {
    return this.#state.status === "ready" ? this.#state.record : null;
  }

  /** Networks as they are before the record's step, for further queries; null until they exist. */
  get networks(): ClientSession | null {
    return this.#networks;
  }

  /** Returns a function that unsubscribes. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Starts, or restarts, a run from step 0 and trains it a little so that there is something to
   * see. Gives up a download of digits that it waits for, which may have stalled.
   */
  begin(steps = FIRST_STEPS): Promise<void> {
    const { status } = this.#state;
    if (status === "waiting" || status === "failed") this.#controller.giveUpDigits();
    return this.#open(steps, null);
  }

  /** After the worker was lost: goes on from the record; begins if there is none. */
  resume(): Promise<void> {
    return this.#open(this.#before === null ? FIRST_STEPS : 0, this.#before);
  }

  #open(steps: number, before: Uint8Array<ArrayBuffer> | null): Promise<void> {
    return this.#enqueue(async () => {
      this.#set(WAITING);
      const { client } = this.#controller;
      if (client === null) return;
      await this.#drop();
      this.#before = before;
      const digits = await this.#controller.dataSet(
        USUAL_EXAMPLES,
        ({ examples: done, total: all }) => this.#set({ status: "waiting", done, all }),
      );
      if (this.#disposed) return;
      const config = { preset: "seed", examples: USUAL_EXAMPLES } as const;
      this.#networks = await client.createSession(config);
      const session = await client.createSession(config);
      this.#session = session;
      if (this.#disposed) return this.#drop();
      this.#own = ratesOf(await session.config());
      await session.useDataSet(digits, USUAL_EXAMPLES);
      if (before !== null) await session.load(before);
      await this.#train(session, steps);
    });
  }

  trainMore(steps: number): Promise<void> {
    return this.#enqueue(async () => {
      const [session, before] = [this.#session, this.#before];
      if (session === null || before === null) return;
      await session.load(before);
      await this.#train(session, steps);
    });
  }

  /** Takes the record's step again, from the same state, at these rates. */
  retake(rates: Rates | null): Promise<void> {
    return this.#enqueue(async () => {
      if (this.#session === null || this.#before === null) return;
      this.#set({
        status: "ready",
        record: await takeStep(this.#session, this.#before, rates),
      });
    });
  }

  /** The run's configured learning rates. */
  get ownRates(): Rates | null {
    return this.#own;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    // Does not wait for training in progress: dropping its session aborts it.
    await this.#drop();
  }

  async #drop(): Promise<void> {
    const sessions = [this.#session, this.#networks];
    this.#session = null;
    this.#networks = null;
    this.#before = null;
    // Disposing fails if the worker was lost, and the session with it.
    await Promise.all(sessions.map((session) => session?.dispose().catch(() => {})));
  }

  async #train(session: ClientSession, steps: number): Promise<void> {
    if (steps > 0) {
      this.#set({ status: "training", done: 0, all: steps });
      const { step: first } = await session.state();
      await session.play({
        steps,
        onProgress: ({ metrics }) =>
          this.#set({ status: "training", done: metrics.step - first, all: steps }),
      });
    }
    this.#before = await session.save();
    await this.#networks?.load(this.#before);
    this.#set({ status: "ready", record: await takeStep(session, this.#before, null) });
  }

  #set(state: LessonState): void {
    if (this.#disposed) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  #enqueue(action: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(action).catch((thrown: unknown) => {
      const error = asGanvasError(thrown);
      // Nobody waits for the first two; a lost worker is reported together with the engine's state.
      const { code } = error;
      if (code === "disposed" || code === "aborted") return;
      this.#set(code === "worker_lost" ? WAITING : { status: "failed", error });
    });
    this.#queue = done;
    return done;
  }
}
