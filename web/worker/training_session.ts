// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What only a worker can do with a session: train for as long as nobody stops it, and search or draw
// in short slices, between which other calls are answered.

import { aborted, GanvasError } from "../engine/errors";
import type { InversionState, InvertOptions } from "../engine/exploration";
import type { Digits } from "../engine/mnist";
import type { Session } from "../engine/session";
import type { HalfMetrics, Metrics, SessionState } from "../engine/types";
import { checkedWhole } from "../engine/whole";
import { nextSlice, openClock } from "./clock";
import { Drawing, type StepSampleOptions, type StepSamples } from "./drawing";
import { fetchPart } from "./parts";
import type { Player, PlayOptions, PlayProgress } from "./player";

/** A data set in the worker; without classes, its labels are empty. */
export interface Examples extends Digits {
  /** Values of one example. */
  readonly size: number;
}

/** Every call of a session in a worker: those of the engine's session, and these. */
export type SessionCalls = Omit<Session, keyof TrainingSession> & TrainingSession;

export class TrainingSession implements Pick<Session, "train" | "advanceHalf" | "save" | "load"> {
  readonly #session: Session;
  readonly #dataSets: ReadonlyMap<number, Examples>;
  /** Null unless the session plays. */
  #playing: { readonly player: Promise<Player>; readonly ended: Promise<void> } | null = null;
  /** What is being drawn for `sampleOneStep`; the generator must not change meanwhile. */
  readonly #drawings = new Set<Drawing>();

  constructor(session: Session, dataSets: ReadonlyMap<number, Examples>) {
    this.#session = session;
    this.#dataSets = dataSets;
  }

  /**
   * Takes the first `examples` (default: all) of a data set that is in the worker, as `setData`.
   * @throws GanvasError disposed (the data set was dropped), invalid_argument (it has fewer, or this is no
   * whole number from 1), shape_mismatch
   */
  useDataSet({ id }: { readonly id: number }, examples?: number): void {
    const set = this.#dataSets.get(id);
    if (!set) throw new GanvasError("disposed", "This data set was dropped.");
    const all = set.images.length / set.size;
    const count = checkedWhole("examples", examples ?? all, 1, all);
    const images = set.images.subarray(0, count * set.size);
    this.#session.setData(images, set.labels.subarray(0, count));
  }

  train(steps: number): Metrics {
    this.#finishDrawings();
    return this.#session.train(steps);
  }

  advanceHalf(): HalfMetrics {
    this.#finishDrawings();
    return this.#session.advanceHalf();
  }

  /** As `save`, but null in the middle of a step, since saving would take the rest of it. */
  checkpoint(): Uint8Array<ArrayBuffer> | null {
    return this.#session.state().inStep ? null : this.#session.save();
  }

  save(): Uint8Array<ArrayBuffer> {
    this.#finishDrawings();
    return this.#session.save();
  }

  load(bytes: Uint8Array): void {
    this.#finishDrawings();
    this.#session.load(bytes);
  }

  /**
   * Trains until `pause` or `dispose`, or for `steps` steps, and then resolves with the state. Other
   * calls are answered meanwhile. A run that diverges goes back to a state of a few seconds before.
   * @throws GanvasError invalid_argument (it plays already, or a pace or steps out of range),
   * no_data, not_trainable, non_finite
   */
  async play(
    options: PlayOptions & { readonly onProgress?: (progress: PlayProgress) => unknown } = {},
  ): Promise<SessionState> {
    if (this.#playing !== null) {
      throw new GanvasError("invalid_argument", "This session plays already.");
    }
    const { onProgress = () => {}, ...wanted } = options;
    const clock = openClock();
    const held = (): boolean => this.#drawings.size > 0;
    const player = fetchPart(() => import("./player")).then(
      ({ Player }) => new Player(this.#session, wanted, clock, onProgress, held),
    );
    const ended = player
      .then((loaded) => loaded.run())
      .finally(() => {
        clock.close();
        this.#playing = null;
      });
    this.#playing = { player, ended };
    await ended;
    return this.#session.state();
  }

  /**
   * Changes how fast a session plays; does nothing when it does not.
   * @param stepsPerSecond 0.1 to 1000, or null for as many as possible
   * @throws GanvasError invalid_argument, disposed
   */
  async pace(stepsPerSecond: number | null): Promise<void> {
    // Throws if it was disposed of.
    this.#session.state();
    (await this.#playing?.player)?.pace(stepsPerSecond);
  }

  /** Stops playing. Resolves with the state when the last step is done and reported. */
  async pause(): Promise<SessionState> {
    await this.#stop();
    return this.#session.state();
  }

  /**
   * Searches for the latent whose sample is nearest to the target, as `Session.invert` and its
   * Inversion do, to the end. Reports the best one so far. Training may go on meanwhile.
   * @throws GanvasError shape_mismatch, non_finite, invalid_argument; aborted by the signal, or when
   * another search begins in this session
   */
  async invert(
    options: InvertOptions & {
      readonly onProgress?: (state: InversionState) => void;
      readonly signal?: AbortSignal;
    },
  ): Promise<InversionState> {
    const { onProgress, signal, ...wanted } = options;
    const inversion = this.#session.invert(wanted);
    const clock = openClock();
    try {
      for (let steps = 1; ; ) {
        const started = clock.now();
        const state = inversion.run(steps);
        if (state.done) return state;
        onProgress?.(state);
        steps = nextSlice(steps, clock.now() - started);
        await clock.yield();
        if (signal?.aborted) throw aborted();
      }
    } finally {
      clock.close();
    }
  }

  /**
   * Draws `count` samples from the generator of one step, in slices between which other calls are
   * answered. A session that plays takes no step meanwhile; `train`, `advanceHalf`, `save` and `load`
   * wait until all samples are drawn.
   * @throws GanvasError invalid_argument for a count or seed out of range; disposed
   */
  async sampleOneStep(options: StepSampleOptions): Promise<StepSamples> {
    const drawing = new Drawing(this.#session, options);
    this.#drawings.add(drawing);
    const clock = openClock();
    try {
      while (!drawing.done) {
        drawing.drawSlice();
        await clock.yield();
      }
      return drawing.result();
    } finally {
      this.#drawings.delete(drawing);
      clock.close();
    }
  }

  /** Stops playing and frees the core's memory. Every later call but this one throws disposed. */
  async dispose(): Promise<void> {
    await this.#stop();
    this.#session.dispose();
  }

  /** How playing ended is for `play` to say. */
  async #stop(): Promise<void> {
    const playing = this.#playing;
    if (playing === null) return;
    const ignore = (): void => {};
    await playing.player.then((player) => player.stop(), ignore);
    await playing.ended.catch(ignore);
  }

  /** Before the generator changes: waiting instead would answer calls out of their order. */
  #finishDrawings(): void {
    for (const drawing of this.#drawings) drawing.finish();
  }
}
