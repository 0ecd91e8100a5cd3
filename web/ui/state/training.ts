// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The user's run: one training session in the worker, its actions, and its updates to the store.
// Loaded when training first starts.

import { msg, str } from "@lit/localize";
import type { ClientSession, GanvasClient, PlayProgress } from "../../client/training_client";
import { defaultSpeed, gridSide, isOfPoints } from "../../config/presets";
import { firstProblem } from "../../config/problem_place";
import type { Settings } from "../../config/settings";
import { asGanvasError, GanvasError } from "../../engine/errors";
import { sizeOf } from "../../engine/sample_shape";
import type { Adjustment, Config, Metrics, SampleOptions } from "../../engine/types";
import { METRIC_COLUMNS } from "../../engine/types";
import { REACH } from "../plane/reach";
import { formatCount } from "../platform/format";
import type { PageHooks } from "../platform/page_hooks";
import { writeSettings } from "./address";
import { Curves } from "./curves";
import { EarlierRuns } from "./earlier_runs";
import { Film } from "./film";
import { provideData } from "./run_data";
import { sessionConfig, settingsOfRun } from "./run_settings";
import { RunKeeper } from "./saved_runs/run_keeper";
import type { KeptRun } from "./saved_runs/run_storage";
import type { Live, Store } from "./store";
import type { TrainingDigits } from "./training_digits";

const SAMPLES_EVERY_MS = 50;

/** What a run needs from the page. */
export interface TrainingParts {
  readonly store: Store;
  readonly live: Live;
  readonly digits: TrainingDigits;
  readonly page: PageHooks;
  /** Null while there is no worker. */
  readonly client: () => GanvasClient | null;
  /** Aborted when the app is gone. */
  readonly ended: AbortSignal;
}

export class Training {
  readonly store: Store;
  readonly live: Live;
  readonly curves = new Curves();
  readonly film = new Film();
  readonly keeper: RunKeeper;
  readonly earlier = new EarlierRuns();
  readonly #digits: TrainingDigits;
  readonly #page: PageHooks;
  readonly #client: () => GanvasClient | null;
  #run: ClientSession | null = null;
  #config: Config | null = null;
  /** Settings of the current run; the store's can already be newer. */
  #runSettings: Settings | null = null;
  /**
   * The run that is being made or waits for its data, and whether it plays then; null if there is
   * none. Keys can be faster than a reset, and must not be lost.
   */
  #preparation: { plays: boolean } | null = null;
  /** Ends with the latest preparation. */
  #prepared: Promise<void> = Promise.resolve();
  /** Step from which the run of a lost worker went on last. */
  #revivedAt = 0;
  /** Whether the next run that `begin` makes plays once it has its data. */
  #playsFirst: boolean;
  /** Checkpoint from before a single step; null during playback, which keeps its own copies. */
  #kept: Uint8Array<ArrayBuffer> | null = null;
  /** Tail of the queue that runs steps, resets and new noise in order. */
  #queue: Promise<void> = Promise.resolve();

  /** @param playsFirst whether the first run starts playing immediately */
  constructor({ store, live, digits, page, client, ended }: TrainingParts, playsFirst: boolean) {
    this.store = store;
    this.live = live;
    this.#digits = digits;
    this.#page = page;
    this.#client = client;
    this.#playsFirst = playsFirst;
    // An app in another page keeps nothing there.
    this.keeper = new RunKeeper(this, page.link !== null, ended);
  }

  /**
   * Creates a run: shows samples, loads the data, then plays.
   * @param kept a run to go on with; by default the one of a worker that was lost, if any
   */
  begin(plays = this.#playsFirst, kept = this.#lost): Promise<void> {
    this.#playsFirst = true;
    return this.#prepare(plays, async () => {
      await this.#pauseRun();
      if (kept !== this.keeper.latest) await this.keeper.release();
      await this.#enqueue(() => this.#makeRun(kept));
    });
  }

  /**
   * Goes on from the last save after the worker was lost, unless it was lost again since then.
   * @param restart opens a new worker; resolves with false if there is none
   */
  async revive(plays: boolean, restart: () => Promise<boolean>): Promise<void> {
    const kept = this.keeper.latest;
    if (kept === null || kept.run.step === this.#revivedAt || !(await restart())) return;
    this.#revivedAt = kept.run.step;
    if (this.store.state.mode !== "train") return;
    // Without changes of the course since the save.
    this.#showChanged(kept.run.settings);
    await this.begin(plays);
    if (this.#run !== null) this.store.patch({ revived: kept.run.step });
  }

  /** Gives the run its data, after a download that failed. */
  retryDigits(): Promise<void> {
    return this.#prepare(true, async () => {});
  }

  /** Call when the worker that held the run is gone. */
  forget(): void {
    this.#run = null;
    this.#config = null;
  }

  /** The session in training; null without one. */
  get run(): ClientSession | null {
    return this.#run;
  }

  /** What the current run had when it was made; null without one. */
  get config(): Config | null {
    return this.#config;
  }

  /** Values of one sample of the current run. */
  get sampleSize(): number {
    return sizeOf(this.#config?.sample_shape ?? []);
  }

  get runSettings(): Settings | null {
    return this.#runSettings;
  }

  /** The run's last save if its worker is gone. */
  get #lost(): KeptRun | null {
    return this.#run === null ? this.keeper.latest : null;
  }

  /** The run's checkpoint, which `KeptRun` holds; null without a run, or in the middle of a step. */
  checkpoint(): Promise<Uint8Array<ArrayBuffer> | null> {
    const taken = this.#queue.then(async () => {
      const run = this.#run;
      return run === null ? null : run.checkpoint();
    });
    this.#queue = taken.then(
      () => {},
      () => {},
    );
    return taken;
  }

  get canTrain(): boolean {
    const { engine, digits, mode, refusal } = this.store.state;
    const ready = engine.status === "ready" && digits.status === "ready";
    return mode === "train" && ready && refusal === null;
  }

  toggle(): void {
    if (this.#preparation === null && this.store.state.playing) void this.pause();
    else this.play();
  }

  /** Plays; a run in preparation, once it is ready. */
  play(): void {
    const run = this.#run;
    if (this.#preparation !== null) this.#preparation.plays = true;
    if (this.#preparation !== null || run === null || !this.canTrain) return;
    if (this.store.state.playing) return;
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

  pause(): Promise<void> {
    if (this.#preparation !== null) this.#preparation.plays = false;
    return this.#pauseRun();
  }

  async #pauseRun(): Promise<void> {
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

  /** Starts a new run from step 0 with the current settings. */
  reset(): Promise<void> {
    return this.#prepare(false, async () => {
      await this.pause();
      await this.keeper.release();
      this.store.patch({ failure: null });
      await this.#enqueue(() => this.#makeRun());
      if (this.#run !== null) this.store.patch({ announcement: msg("Back at step 0") });
    });
  }

  async applySettings(settings: Settings): Promise<void> {
    const { settings: before, speed, mode } = this.store.state;
    const chosen = speed !== defaultSpeed(before.preset);
    if (mode === "train") {
      await this.pause();
      await this.keeper.release();
    }
    this.store.patch({ settings, speed: chosen ? speed : defaultSpeed(settings.preset) });
    if (mode === "train") await this.reset();
  }

  /** Half a step: updates D or G, whichever is next. */
  advanceHalf(): Promise<void> {
    return this.#advance(async (run) => {
      const { lossD, lossG, dReal, dFake, half, ...counts } = await run.advanceHalf();
      const { inStep, nextHalf } = await run.state();
      this.store.patch({
        nextHalf,
        announcement: half === "discriminator" ? msg("D was updated") : msg("G was updated"),
      });
      const [d, g, real, fake] = [lossD, lossG, dReal, dFake];
      if (!inStep && d !== null && g !== null && real !== null && fake !== null) {
        const history = Float32Array.of(d, g, real, fake);
        this.#record({ ...counts, lossD: d, lossG: g, dReal: real, dFake: fake, history });
      }
    });
  }

  /** Applies settings that can change during a run. */
  async changeCourse(settings: Settings, changes: Adjustment): Promise<void> {
    await this.#enqueue(async () => {
      await this.#run?.adjust(changes);
      this.#showChanged(settings);
    });
  }

  /** Sets the maximum steps per second; null: no limit. */
  async setSpeed(speed: number | null): Promise<void> {
    this.store.patch({ speed });
    if (this.store.state.playing) await this.#run?.pace(speed);
  }

  async setGrid(grid: number | null): Promise<void> {
    this.store.patch({ grid, frame: null });
    await this.changeSamples();
  }

  /** Draws the grid again from the generator in training. */
  redraw(): Promise<void> {
    return this.#enqueue(() => this.#redraw());
  }

  /** Draws the grid with the store's current noise and size. */
  async changeSamples(): Promise<void> {
    this.film.clear();
    const { playing } = this.store.state;
    // The player keeps the sample options that it was started with.
    if (playing) await this.pause();
    await this.redraw();
    if (playing) this.play();
  }

  /** Makes a run and gives it its data, unless a later preparation takes over. */
  #prepare(plays: boolean, make: () => Promise<void>): Promise<void> {
    const preparation = { plays };
    const work = async (): Promise<void> => {
      await make();
      const ready = await this.#provideData();
      if (this.#preparation !== preparation) return;
      this.#preparation = null;
      if (ready && preparation.plays) this.play();
    };
    this.#preparation = preparation;
    this.#prepared = work();
    return this.#prepared;
  }

  /** @param kept the run to go on with; null: from step 0 */
  async #makeRun(kept: KeptRun | null = null): Promise<void> {
    const client = this.#client();
    if (client === null) return;
    const before = this.#run;
    this.#run = null;
    this.#config = null;
    await before?.dispose();
    const isSame = kept !== null && kept === this.keeper.latest;
    if (this.#runSettings !== null && !isSame) this.earlier.add(this.#runSettings, this.curves);
    this.#runSettings = null;
    this.curves.clear();
    this.film.clear();
    this.live.realPoints = null;
    this.live.realImages = null;
    this.#kept = null;
    this.live.numbers = null;
    this.live.stepsPerSecond = 0;
    const { settings } = this.store.state;
    // What is gone on with has its own config, whose pictures may be of another shape.
    const config = kept === null ? await sessionConfig(settings) : { preset: settings.preset };
    const refusal = firstProblem(await client.checkConfig(config));
    this.store.patch({ refusal, wentBack: null, revived: null });
    if (refusal !== null) return;
    const run = await client.createSession(config);
    try {
      if (kept !== null) await this.#restore(run, kept);
    } catch (thrown) {
      await run.dispose();
      throw thrown;
    }
    this.#config ??= await run.config();
    this.#run = run;
    this.#runSettings = settings;
    this.store.patch({ frame: null, nextHalf: (await this.#run.state()).nextHalf });
    await this.#redraw();
  }

  async #restore(run: ClientSession, kept: KeptRun): Promise<void> {
    await run.load(kept.checkpoint);
    // Before the film, which is drawn in its shape.
    this.#config = await run.config();
    this.curves.clear(kept.run.firstStep);
    for (const part of kept.history) this.curves.add(part);
    this.film.restore(kept.film);
    const { step, epoch, imagesSeen } = await run.state();
    const last = kept.history.at(-1)?.slice(-METRIC_COLUMNS) ?? [];
    const [lossD = Number.NaN, lossG = Number.NaN, dReal = Number.NaN, dFake = Number.NaN] = last;
    this.live.numbers = { step, epoch, imagesSeen, lossD, lossG, dReal, dFake };
    await this.keeper.adopt(kept);
  }

  /** Gives the run its data; false if that failed or a later run has taken over. */
  async #provideData(): Promise<boolean> {
    const { settings } = this.store.state;
    const [client, run] = [this.#client(), this.#run];
    if (client === null || run === null) return false;
    const report = (done: number): void =>
      this.store.patch({ digits: { status: "loading", done, all: settings.examples } });
    try {
      const { store } = this;
      const sources = { store, page: this.#page, client, digits: this.#digits, report };
      const real = await provideData(run, settings, sources);
      if (run !== this.#run) return false;
      Object.assign(this.live, real);
      this.live.changed();
      this.store.patch({ digits: { status: "ready", value: settings.examples } });
      return true;
    } catch (thrown) {
      const error = asGanvasError(thrown);
      // A lost worker is reported with the engine's state.
      if (run !== this.#run || error.code === "aborted" || error.code === "worker_lost")
        return false;
      this.store.patch({ digits: { status: "failed", error } });
      return false;
    }
  }

  #sampleOptions(): SampleOptions {
    const { grid, noise, settings } = this.store.state;
    return { count: gridSide(grid, settings) ** 2, seed: noise };
  }

  async #redraw(): Promise<void> {
    if (this.#run === null || this.store.state.mode !== "train") return;
    this.#showSamples(await this.#run.sample(this.#sampleOptions()));
    this.live.changed();
  }

  #showSamples(values: Float32Array<ArrayBuffer>): void {
    const step = this.live.numbers?.step ?? 0;
    this.live.samples = { values, side: Math.sqrt(values.length / this.sampleSize), step };
    this.film.offer(step, values, isOfPoints(this.store.state.settings.preset) ? REACH : 1);
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
    const line = `A loss is not finite at step ${numbers.step}.`;
    this.store.patch({ failure: new GanvasError("non_finite", line) });
  }

  #trainingFailed(run: ClientSession, thrown: unknown): void {
    const error = asGanvasError(thrown);
    if (run !== this.#run || error.code === "worker_lost" || error.code === "disposed") return;
    this.store.patch({ failure: error, playing: false });
    if (error.code === "non_finite") void this.#enqueue(() => this.#showWentBack(run));
  }

  /** Clears the results of earlier steps before new ones. */
  #goOn(): void {
    const { wentBack } = this.store.state;
    if (wentBack !== null) this.curves.cutAfter(wentBack.step);
    this.store.patch({ failure: null, wentBack: null, frame: null });
  }

  /** Takes a single step or half-step. If the run diverges, it is restored to before the step. */
  async #advance(take: (run: ClientSession) => Promise<void>): Promise<void> {
    await this.pause();
    await this.#prepared;
    await this.#enqueue(async () => {
      const run = this.#run;
      if (run === null || !this.canTrain) return;
      this.#goOn();
      // Saving in the middle of a step would complete the step.
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

  /** A diverged run was restored to an earlier state, which may have had different settings. */
  async #showWentBack(run: ClientSession): Promise<void> {
    const { step, epoch, imagesSeen, nextHalf } = await run.state();
    const shown = this.store.state.settings;
    const client = this.#client();
    // The user can have requested a new run meanwhile.
    const isShown = shown === this.#runSettings && client !== null;
    const settings = isShown ? await settingsOfRun(client, run, shown) : null;
    const sample = await run.sample({ count: 1, seed: 1 });
    if (run !== this.#run || !sample.every(Number.isFinite)) return;
    if (settings !== null) this.#showChanged(settings);
    this.store.patch({ wentBack: { step, settings: settings !== null }, nextHalf });
    if (this.live.numbers !== null) {
      this.live.numbers = { ...this.live.numbers, step, epoch, imagesSeen };
    }
    await this.#redraw();
  }

  #showChanged(settings: Settings): void {
    this.#runSettings = settings;
    this.store.patch({ settings });
    writeSettings(this.#page, settings);
  }

  /** Runs an action after those already queued. A failure is shown and does not stop later ones. */
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
