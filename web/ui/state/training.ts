// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The learner's own run: one training session in the worker, what can be done with it, and what it
// tells the store. Loaded when training is first asked for.

import { msg, str } from "@lit/localize";
import type { ClientSession, GanvasClient } from "../../client/training_client";
import { defaultSpeed, gridSide, isOfPoints } from "../../config/presets";
import type { Settings } from "../../config/settings";
import { asGanvasError, GanvasError } from "../../engine/errors";
import type { Adjustment, Config, Metrics, SampleOptions } from "../../engine/types";
import { IMAGE_PIXELS } from "../../engine/types";
import type { PlayProgress } from "../../protocol/training_calls";
import { REACH } from "../plane/reach";
import { formatCount } from "../platform/format";
import { writeSettings } from "./address";
import { Curves, type CurveTable } from "./curves";
import { Film } from "./film";
import { realPoints } from "./point_data";
import { sessionConfig, settingsOfRun } from "./run_settings";
import type { Live, Opinion, Store } from "./store";
import type { TrainingDigits } from "./training_digits";

const SAMPLES_EVERY_MS = 50;
const EARLIER_RUNS = 3;

/** A run that came before, kept to compare with. */
export interface EarlierRun {
  readonly settings: Settings;
  readonly table: CurveTable;
}

/** What a run needs of the page. */
export interface TrainingParts {
  readonly store: Store;
  readonly live: Live;
  readonly digits: TrainingDigits;
  /** Null while there is no worker. */
  readonly client: () => GanvasClient | null;
}

export class Training {
  readonly store: Store;
  readonly live: Live;
  readonly curves = new Curves();
  readonly film = new Film();
  /** Latest first. */
  earlier: readonly EarlierRun[] = [];
  readonly #digits: TrainingDigits;
  readonly #client: () => GanvasClient | null;
  #run: ClientSession | null = null;
  /** What the run is made of, which the store's settings may already have left behind. */
  #made: Settings | null = null;
  /** Whether the run that is being made should play at once. */
  #playsFirst: boolean;
  /** The run as it was before the step that is taken by hand; null where play keeps its own copies. */
  #kept: Uint8Array<ArrayBuffer> | null = null;
  /** Tail of the queue that keeps steps, resets and new noise in the order they were asked for. */
  #queue: Promise<void> = Promise.resolve();

  /** @param playsFirst whether the first run plays as soon as it can */
  constructor({ store, live, digits, client }: TrainingParts, playsFirst: boolean) {
    this.store = store;
    this.live = live;
    this.#digits = digits;
    this.#client = client;
    this.#playsFirst = playsFirst;
  }

  /** Makes a run: shows its noise, gets the digits, and plays. */
  async begin(): Promise<void> {
    await this.#enqueue(() => this.#makeRun());
    await this.retryDigits();
  }

  async retryDigits(): Promise<void> {
    if ((await this.#provideDigits()) && this.#playsFirst) this.play();
    this.#playsFirst = true;
  }

  /** To be called when the worker that held the run is gone. */
  forget(): void {
    this.#run = null;
  }

  /** The run in training, to look into; null without one. */
  get run(): ClientSession | null {
    return this.#run;
  }

  get canTrain(): boolean {
    const { engine, digits, mode } = this.store.state;
    return mode === "train" && engine.status === "ready" && digits.status === "ready";
  }

  toggle(): void {
    if (this.store.state.playing) void this.pause();
    else this.play();
  }

  play(): void {
    const run = this.#run;
    if (run === null || !this.canTrain || this.store.state.playing) return;
    this.#goOn();
    this.#kept = null;
    this.store.patch({ playing: true, announcement: msg("Training") });
    const { speed: stepsPerSecond } = this.store.state;
    const samples = { ...this.#sampleOptions(), everyMs: SAMPLES_EVERY_MS };
    run
      .play({ samples, stepsPerSecond, onProgress: (progress) => this.#progress(run, progress) })
      .catch((thrown: unknown) => this.#trainingFailed(run, thrown))
      .finally(() => {
        if (this.#run === run) this.store.patch({ playing: false });
      });
  }

  async pause(): Promise<void> {
    if (!this.store.state.playing || this.#run === null) return;
    const run = this.#run;
    try {
      const { step, nextHalf } = await run.pause();
      this.store.patch({
        playing: false,
        nextHalf,
        announcement: msg(str`Paused at step ${formatCount(step)}`),
      });
    } catch (thrown) {
      this.#trainingFailed(run, thrown);
    }
  }

  step(): Promise<void> {
    return this.#advance(async (run) => {
      this.#record(await run.train(1));
      this.store.patch({ nextHalf: (await run.state()).nextHalf });
    });
  }

  /** A new run from step 0 with the settings as they are now. */
  async reset(): Promise<void> {
    this.#playsFirst = false;
    await this.pause();
    await this.#enqueue(() => this.#makeRun());
    this.store.patch({ failure: null, announcement: msg("Back at step 0") });
    await this.#provideDigits();
  }

  async applySettings(settings: Settings): Promise<void> {
    const { settings: before, speed, mode } = this.store.state;
    const chosen = speed !== defaultSpeed(before.preset);
    this.store.patch({ settings, speed: chosen ? speed : defaultSpeed(settings.preset) });
    if (mode === "train") await this.reset();
  }

  /** Half a step: D learns, or G does, whose turn it is. */
  advanceHalf(): Promise<void> {
    return this.#advance(async (run) => {
      const { lossD, lossG, dReal, dFake, half, ...counts } = await run.advanceHalf();
      const { inStep, nextHalf } = await run.state();
      this.store.patch({
        nextHalf,
        announcement: half === "discriminator" ? msg("D has learned") : msg("G has learned"),
      });
      const [d, g, real, fake] = [lossD, lossG, dReal, dFake];
      if (!inStep && d !== null && g !== null && real !== null && fake !== null) {
        const history = Float32Array.of(d, g, real, fake);
        this.#record({ ...counts, lossD: d, lossG: g, dReal: real, dFake: fake, history });
      }
    });
  }

  /** Changes a run without starting over. Page and link show the settings once the run has them. */
  async changeCourse(settings: Settings, changes: Adjustment): Promise<void> {
    await this.#enqueue(async () => {
      await this.#run?.adjust(changes);
      this.#showChanged(settings);
    });
  }

  /** Most steps a second from now on; null: no limit. */
  async setSpeed(speed: number | null): Promise<void> {
    this.store.patch({ speed });
    if (this.store.state.playing) await this.#run?.pace(speed);
  }

  async setGrid(grid: number | null): Promise<void> {
    this.store.patch({ grid, frame: null });
    await this.changeSamples();
  }

  /** Draws the grid anew from the generator in training. */
  redraw(): Promise<void> {
    return this.#enqueue(() => this.#redraw());
  }

  /** What the discriminator in training says of one sample, and how each pixel moves that. */
  async opinionOf(
    sample: Float32Array<ArrayBuffer>,
    digit: number | null,
  ): Promise<Opinion | null> {
    if (this.#run === null || this.store.state.mode !== "train") return null;
    const labels = digit === null ? {} : { labels: Uint8Array.of(digit) };
    const asked = { samples: sample, ...labels };
    const [scores, saliency] = await Promise.all([
      this.#run.score(asked),
      this.#run.saliency(asked),
    ]);
    return { score: scores[0] ?? Number.NaN, saliency };
  }

  /** The whole config that settings stand for; null without a worker to ask. */
  async configOf(settings: Settings): Promise<Config | null> {
    const client = this.#client();
    if (client === null) return null;
    const session = await client.createSession(await sessionConfig(settings));
    const config = await session.config();
    await session.dispose();
    return config;
  }

  /** Draws from the noise and of the size that the store now says. */
  async changeSamples(): Promise<void> {
    this.film.clear();
    const { playing } = this.store.state;
    // The player keeps to the samples that it was started with.
    if (playing) await this.pause();
    await this.redraw();
    if (playing) this.play();
  }

  async #makeRun(): Promise<void> {
    const client = this.#client();
    if (client === null) return;
    const before = this.#run;
    this.#run = null;
    await before?.dispose();
    this.#keepForComparison();
    const { settings } = this.store.state;
    this.#run = await client.createSession(await sessionConfig(settings));
    this.#made = settings;
    this.curves.clear();
    this.film.clear();
    this.live.realPoints = null;
    this.#kept = null;
    this.live.numbers = null;
    this.live.stepsPerSecond = 0;
    this.store.patch({ frame: null, wentBack: null, nextHalf: (await this.#run.state()).nextHalf });
    await this.#redraw();
  }

  #keepForComparison(): void {
    const { curves, earlier } = this;
    if (this.#made === null || curves.length < 2) return;
    const run = { settings: this.#made, table: curves.table() };
    this.earlier = [run, ...earlier].slice(0, EARLIER_RUNS);
  }

  /** Gives the run its digits, downloading them unless enough are in the worker already. */
  async #provideDigits(): Promise<boolean> {
    const { settings } = this.store.state;
    const { examples } = settings;
    const [client, run] = [this.#client(), this.#run];
    if (client === null || run === null) return false;
    const tell = (done: number): void =>
      this.store.patch({ digits: { status: "loading", done, all: examples } });
    try {
      if (isOfPoints(settings.preset)) {
        await this.#providePoints(client, run, settings);
      } else {
        tell(0);
        const digits = await this.#digits.provide(client, examples, (p) => tell(p.examples));
        await run.useDataSet(digits, examples);
      }
      this.store.patch({ digits: { status: "ready", value: examples } });
      return true;
    } catch (thrown) {
      const error = asGanvasError(thrown);
      // A later run has taken over, or the worker is lost, which is told where the engine is.
      if (run !== this.#run || error.code === "aborted" || error.code === "worker_lost")
        return false;
      this.store.patch({ digits: { status: "failed", error } });
      return false;
    }
  }

  async #providePoints(
    client: GanvasClient,
    run: ClientSession,
    settings: Settings,
  ): Promise<void> {
    const points = await realPoints(client, settings);
    await run.setPoints(points);
    if (run !== this.#run) throw new GanvasError("aborted", "A later run has taken over.");
    this.live.realPoints = points;
    this.live.changed();
  }

  #sampleOptions(): SampleOptions {
    const { grid, noise, settings } = this.store.state;
    return { count: gridSide(grid, settings.preset) ** 2, seed: noise };
  }

  async #redraw(): Promise<void> {
    if (this.#run === null || this.store.state.mode !== "train") return;
    this.#showSamples(await this.#run.sample(this.#sampleOptions()));
    this.live.changed();
  }

  #showSamples(values: Float32Array<ArrayBuffer>): void {
    const { preset } = this.store.state.settings;
    const [size, reach] = isOfPoints(preset) ? [2, REACH] : [IMAGE_PIXELS, 1];
    this.live.samples = { values, side: Math.sqrt(values.length / size) };
    this.film.offer(this.live.numbers?.step ?? 0, values, reach);
  }

  #progress(run: ClientSession, { metrics, samples, stepsPerSecond }: PlayProgress): void {
    if (run !== this.#run) return;
    this.live.stepsPerSecond = stepsPerSecond;
    this.#record(metrics);
    if (samples !== null && this.store.state.mode === "train") this.#showSamples(samples);
  }

  #record({ history, ...numbers }: Metrics): void {
    this.curves.add(history);
    this.live.numbers = numbers;
    this.live.changed();
    if (history.every(Number.isFinite)) return;
    void this.pause();
    const line = `A loss stopped being a number by step ${numbers.step}.`;
    this.store.patch({ failure: new GanvasError("non_finite", line) });
  }

  #trainingFailed(run: ClientSession, thrown: unknown): void {
    const error = asGanvasError(thrown);
    if (run !== this.#run || error.code === "worker_lost" || error.code === "disposed") return;
    this.store.patch({ failure: error, playing: false });
    if (error.code === "non_finite") void this.#enqueue(() => this.#showWentBack(run));
  }

  /** Before more steps: nothing that the last ones left is shown any longer. */
  #goOn(): void {
    const { wentBack } = this.store.state;
    if (wentBack !== null) this.curves.clear(wentBack.step + 1);
    this.store.patch({ failure: null, wentBack: null, frame: null });
  }

  /** Takes a step, or half of one, by hand. If the run diverges, it goes back to before the step. */
  async #advance(take: (run: ClientSession) => Promise<void>): Promise<void> {
    await this.pause();
    await this.#enqueue(async () => {
      const run = this.#run;
      if (run === null || !this.canTrain) return;
      this.#goOn();
      // In the middle of a step a copy would take the rest of it.
      if (!(await run.state()).inStep) this.#kept = await run.save();
      try {
        await take(run);
      } catch (thrown) {
        if (asGanvasError(thrown).code === "non_finite" && this.#kept !== null) {
          // A copy whose optimiser had overflowed already cannot be loaded.
          await run.load(this.#kept).catch(() => {});
          this.#kept = null;
          await this.#showWentBack(run);
        }
        throw thrown;
      }
      await this.#redraw();
    });
  }

  /** A run that diverged is back at an earlier state, whose settings may be others. */
  async #showWentBack(run: ClientSession): Promise<void> {
    const { step, epoch, imagesSeen, nextHalf } = await run.state();
    const settings = await this.#settingsOf(run);
    const sample = await run.sample({ count: 1, seed: 1 });
    if (run !== this.#run || !sample.every(Number.isFinite)) return;
    if (settings !== null) this.#showChanged(settings);
    this.store.patch({ wentBack: { step, settings: settings !== null }, nextHalf });
    if (this.live.numbers !== null) {
      this.live.numbers = { ...this.live.numbers, step, epoch, imagesSeen };
    }
    await this.#redraw();
  }

  /** The run's own settings where they are not those that the page shows, else null. */
  async #settingsOf(run: ClientSession): Promise<Settings | null> {
    const shown = this.store.state.settings;
    // The learner has asked for a new run meanwhile.
    if (shown !== this.#made) return null;
    const preset = await this.configOf({ ...shown, changes: {} });
    return preset === null ? null : settingsOfRun(shown, await run.config(), preset);
  }

  #showChanged(settings: Settings): void {
    this.#made = settings;
    this.store.patch({ settings });
    writeSettings(settings);
  }

  /** Runs after what was asked for before; its failure is shown, and does not hold up the rest. */
  #enqueue(action: () => Promise<void>): Promise<void> {
    const run = this.#run;
    const done = this.#queue.then(action).catch((thrown: unknown) => {
      const error = asGanvasError(thrown);
      if (error.code === "worker_lost" || (run !== this.#run && error.code === "disposed")) return;
      this.store.patch({ failure: error, playing: false });
    });
    this.#queue = done;
    return done;
  }
}
