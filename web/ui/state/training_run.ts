// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One training run in the worker: it plays, pauses and takes single steps, shows what comes of them, and goes
// back when it diverges.

import { msg, str } from "@lit/localize";
import type { ClientSession, GanvasClient, PlayProgress } from "../../client/training_client";
import { gridSide, isOfPoints } from "../../config/presets";
import type { Settings } from "../../config/settings";
import { asGanvasError, GanvasError } from "../../engine/errors";
import type { Config, Metrics, SampleOptions } from "../../engine/types";
import { REACH } from "../plane/reach";
import { formatCount } from "../platform/format";
import type { RunRecord } from "./run_record";
import { settingsOfRun } from "./run_settings";
import type { Live, Store } from "./store";

const SAMPLES_EVERY_MS = 50;

/** What a run needs of `Training`, which makes it. */
export interface RunParts {
  readonly store: Store;
  readonly live: Live;
  readonly record: RunRecord;
  /** Of the worker that has the session. */
  readonly client: GanvasClient;
  /** Writes changed settings of the run where they are shown. */
  readonly showChanged: (settings: Settings) => void;
  /** Runs an action after those already queued. */
  readonly enqueue: (action: () => Promise<void>) => Promise<void>;
}

export class TrainingRun {
  readonly session: ClientSession;
  /** What it had when it was made. */
  readonly config: Config;
  readonly #parts: RunParts;
  readonly #store: Store;
  readonly #record: RunRecord;
  #ended = false;
  /** Checkpoint from before a single step; null during playback, which keeps its own copies. */
  #kept: Uint8Array<ArrayBuffer> | null = null;

  constructor(session: ClientSession, config: Config, parts: RunParts) {
    this.session = session;
    this.config = config;
    this.#parts = parts;
    this.#store = parts.store;
    this.#record = parts.record;
  }

  /** Call when it is the user's run no more: what still arrives of it is not shown. */
  end(): void {
    this.#ended = true;
  }

  play(): void {
    this.#goOn();
    this.#kept = null;
    this.#store.patch({ playing: true, announcement: msg("Training") });
    const { speed: stepsPerSecond } = this.#store.state;
    const samples = { ...this.#sampleOptions(), everyMs: SAMPLES_EVERY_MS };
    this.session
      .play({ samples, stepsPerSecond, onProgress: (progress) => this.#progress(progress) })
      .catch((thrown: unknown) => this.#failed(thrown))
      .finally(() => {
        if (!this.#ended) this.#store.patch({ playing: false });
      });
  }

  async pause(): Promise<void> {
    if (!this.#store.state.playing) return;
    this.#store.patch({ pausing: true });
    try {
      const { step, nextHalf } = await this.session.pause();
      this.#store.patch({
        playing: false,
        nextHalf,
        announcement: msg(str`Paused at step ${formatCount(step)}`),
      });
    } catch (thrown) {
      this.#failed(thrown);
    } finally {
      this.#store.patch({ pausing: false });
    }
  }

  step(): Promise<void> {
    return this.#advance(async () => {
      this.#add(await this.session.train(1));
      this.#store.patch({ nextHalf: (await this.session.state()).nextHalf });
    });
  }

  /** Half a step: updates D or G, whichever is next. */
  advanceHalf(): Promise<void> {
    return this.#advance(async () => {
      const { lossD, lossG, dReal, dFake, half, ...counts } = await this.session.advanceHalf();
      const { inStep, nextHalf } = await this.session.state();
      this.#store.patch({
        nextHalf,
        announcement: half === "discriminator" ? msg("D was updated") : msg("G was updated"),
      });
      const [d, g, real, fake] = [lossD, lossG, dReal, dFake];
      if (!inStep && d !== null && g !== null && real !== null && fake !== null) {
        const history = Float32Array.of(d, g, real, fake);
        this.#add({ ...counts, lossD: d, lossG: g, dReal: real, dFake: fake, history });
      }
    });
  }

  /** Draws the grid with the store's current noise and size. */
  async redraw(): Promise<void> {
    if (this.#store.state.mode !== "train") return;
    this.#showSamples(await this.session.sample(this.#sampleOptions()));
  }

  /** Takes a single step or half-step. If the run diverges, it is restored to before the step. */
  async #advance(take: () => Promise<void>): Promise<void> {
    const { session } = this;
    this.#goOn();
    // Saving in the middle of a step would complete the step.
    if (!(await session.state()).inStep) this.#kept = await session.save();
    try {
      await take();
    } catch (thrown) {
      if (asGanvasError(thrown).code === "non_finite" && this.#kept !== null) {
        // A copy whose optimiser had overflowed already cannot be loaded.
        await session.load(this.#kept).catch(() => {});
        this.#kept = null;
        await this.#showWentBack();
      }
      throw thrown;
    }
    await this.redraw();
  }

  /** Clears the results of earlier steps before new ones. */
  #goOn(): void {
    const { wentBack } = this.#store.state;
    if (wentBack !== null) this.#record.cutAfter(wentBack.step);
    this.#store.patch({ failure: null, wentBack: null, frame: null });
  }

  #progress({ metrics, samples, stepsPerSecond }: PlayProgress): void {
    if (this.#ended) return;
    this.#parts.live.stepsPerSecond = stepsPerSecond;
    this.#add(metrics);
    if (samples !== null && this.#store.state.mode === "train") this.#showSamples(samples);
  }

  #add(metrics: Metrics): void {
    if (this.#record.add(metrics)) return;
    void this.pause();
    const line = `A loss is not finite at step ${metrics.step}.`;
    this.#store.patch({ failure: new GanvasError("non_finite", line) });
  }

  #sampleOptions(): SampleOptions {
    const { grid, noise, settings } = this.#store.state;
    return { count: gridSide(grid, settings) ** 2, seed: noise };
  }

  #showSamples(values: Float32Array<ArrayBuffer>): void {
    const reach = isOfPoints(this.#store.state.settings.preset) ? REACH : 1;
    this.#record.showSamples(values, reach);
  }

  #failed(thrown: unknown): void {
    const error = asGanvasError(thrown);
    if (this.#ended || error.code === "worker_lost" || error.code === "disposed") return;
    this.#store.patch({ failure: error, playing: false });
    if (error.code === "non_finite") void this.#parts.enqueue(() => this.#showWentBack());
  }

  /** The run diverged and was restored to an earlier state, which may have had different settings. */
  async #showWentBack(): Promise<void> {
    const { step, epoch, imagesSeen, nextHalf } = await this.session.state();
    const { client, showChanged } = this.#parts;
    const shown = this.#store.state.settings;
    // The user can have requested a new run meanwhile.
    const isShown = shown === this.#record.settings;
    const settings = isShown ? await settingsOfRun(client, this.session, shown) : null;
    const sample = await this.session.sample({ count: 1, seed: 1 });
    if (this.#ended || !sample.every(Number.isFinite)) return;
    if (settings !== null) showChanged(settings);
    this.#store.patch({ wentBack: { step, settings: settings !== null }, nextHalf });
    this.#record.goBack({ step, epoch, imagesSeen });
    await this.redraw();
  }
}
