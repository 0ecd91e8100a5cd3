// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page can do: opens the core in its worker, draws from the pretrained generator, and runs
// one training session. Elements call it and render the store; nothing else talks to the worker.

import { msg, str } from "@lit/localize";
import { type ClientSession, connectGanvas, type GanvasClient } from "../api/client";
import { asGanvasError, GanvasError } from "../api/errors";
import type {
  Adjustment,
  Config,
  LoadOptions,
  Metrics,
  SampleOptions,
  SessionConfig,
} from "../api/types";
import type { PlayProgress } from "../shared/protocol";
import { Digits } from "./digits";
import { Dream } from "./dream";
import { formatCount } from "./format";
import { REACH } from "./points/reach";
import { gridSide, isOfPoints, type Preset } from "./presets";
import { IDLE, Live, type Opening, type Opinion, type Settings, STARTING, Store } from "./store";

const SAMPLES_EVERY_MS = 50;
const EARLIER_RUNS = 3;

type EngineOptions = Pick<LoadOptions, "tier" | "threads">;

export class Lab {
  readonly store: Store;
  readonly live = new Live();
  readonly #engine: EngineOptions;
  readonly #dream: Dream;
  readonly #digits: Digits;
  #client: GanvasClient | null = null;
  #run: ClientSession | null = null;
  /** What the run is made of, which the store's settings may already have left behind. */
  #made: Settings | null = null;
  /** Whether the run that is being made should play at once. */
  #playsFirst: boolean;
  /** Where a run that diverged was put back to; its curves go on from there once it plays again. */
  #putBackTo: number | null = null;
  /** Tail of the queue that keeps steps, resets and new noise in the order they were asked for. */
  #queue: Promise<void> = Promise.resolve();

  constructor(opening: Opening, engine: EngineOptions) {
    this.store = new Store(opening);
    this.#engine = engine;
    // Whoever opens a link to a run finds it at step 0.
    this.#playsFirst = opening.mode === "dream";
    this.#dream = new Dream(this.store, (samples) => {
      this.live.samples = samples;
      this.live.changed();
    });
    this.#digits = new Digits(this.store, this.live);
  }

  /**
   * Loads the core and, beside it, the pretrained generator. Each may fail and be tried again; what
   * was asked for meanwhile then goes on.
   * @param ready is waited for before a run begins
   */
  async open(ready: Promise<void> = Promise.resolve()): Promise<void> {
    const weights = this.#dream.fetch();
    if (!(await this.#openEngine())) return;
    await ready;
    const started = this.store.state.mode === "train" ? this.startTraining() : null;
    await weights;
    if (this.#client !== null) await this.#dream.wake(this.#client);
    await started;
  }

  async retryPretrained(): Promise<void> {
    await this.#dream.fetch();
    if (this.#client !== null) await this.#dream.wake(this.#client);
  }

  /** Begins a run of one's own: shows its noise, gets the digits, and plays. */
  async startTraining(): Promise<void> {
    this.store.patch({ mode: "train", failure: null });
    if (this.store.state.engine.status !== "ready") return;
    await this.#enqueue(() => this.#makeRun());
    await this.retryDigits();
  }

  async retryDigits(): Promise<void> {
    if ((await this.#provideDigits()) && this.#playsFirst) this.play();
    this.#playsFirst = true;
  }

  /** Back to the pretrained digits; the run rests and can be taken up again. */
  async showPretrained(): Promise<void> {
    if (this.store.state.mode === "dream") return;
    await this.pause();
    this.store.patch({ mode: "dream", frame: null });
    this.#dream.draw();
  }

  async resumeRun(): Promise<void> {
    if (this.#run === null) return this.startTraining();
    this.store.patch({ mode: "train" });
    await this.#enqueue(() => this.#redraw());
  }

  get hasRun(): boolean {
    return this.#run !== null;
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
    if (this.#putBackTo !== null) this.live.curves.clear(this.#putBackTo + 1);
    this.#putBackTo = null;
    this.store.patch({ playing: true, failure: null, frame: null, announcement: msg("Training") });
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

  async step(): Promise<void> {
    await this.pause();
    this.store.patch({ frame: null });
    await this.#enqueue(async () => {
      if (this.#run === null || !this.canTrain) return;
      this.#record(await this.#run.train(1));
      this.store.patch({ nextHalf: (await this.#run.state()).nextHalf });
      await this.#redraw();
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
    this.store.patch({ settings });
    if (this.store.state.mode === "train") await this.reset();
  }

  /** Half a step: D learns, or G does, whose turn it is. */
  async advanceHalf(): Promise<void> {
    await this.pause();
    this.store.patch({ frame: null });
    await this.#enqueue(async () => {
      const run = this.#run;
      if (run === null || !this.canTrain) return;
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
      await this.#redraw();
    });
  }

  /** Goes on from where the run is with what may change in its midst. */
  async changeCourse(settings: Settings, changes: Adjustment): Promise<void> {
    this.store.patch({ settings });
    await this.#enqueue(async () => {
      await this.#run?.adjust(changes);
      this.#made = settings;
    });
  }

  /** Most steps a second from now on; null: no limit. */
  async setSpeed(speed: number | null): Promise<void> {
    this.store.patch({ speed });
    if (this.store.state.playing) await this.#run?.pace(speed);
  }

  async setGrid(grid: number | null): Promise<void> {
    this.store.patch({ grid, frame: null });
    await this.#changeSamples();
  }

  async newNoise(): Promise<void> {
    const noise = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    this.store.patch({ noise, frame: null });
    if (this.store.state.mode === "dream") this.#dream.draw();
    else await this.#changeSamples();
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

  /** Points of a distribution that the core knows; null without the core. */
  async drawPoints(name: string, count: number): Promise<Float32Array<ArrayBuffer> | null> {
    return this.#client?.drawPoints(name, { count, seed: 1 }) ?? null;
  }

  /** The whole config that settings stand for. */
  async configOf(settings: Settings): Promise<Config | null> {
    return this.#client === null ? null : this.#configOf(settings);
  }

  /** The player keeps to the samples that it was started with. */
  async #changeSamples(): Promise<void> {
    this.live.film.clear();
    const { playing } = this.store.state;
    if (playing) await this.pause();
    await this.#enqueue(() => this.#redraw());
    if (playing) this.play();
  }

  async #openEngine(): Promise<boolean> {
    this.#client?.terminate();
    this.#forgetWorker();
    this.store.patch({ engine: STARTING, digits: IDLE, failure: null });
    try {
      this.#client = await connectGanvas({
        ...this.#engine,
        onProgress: ({ loaded, total }) =>
          this.store.patch({ engine: { status: "loading", done: loaded, all: total } }),
        onLost: (error) => {
          this.#forgetWorker();
          this.store.patch({ engine: { status: "failed", error }, digits: IDLE, playing: false });
        },
      });
      this.store.patch({ engine: { status: "ready", value: this.#client.info } });
      return true;
    } catch (thrown) {
      const lost = asGanvasError(thrown).code === "worker_lost";
      // A worker that ends before it said anything never had its script.
      const line = "The worker’s script could not be loaded.";
      const error = lost ? new GanvasError("fetch_failed", line) : asGanvasError(thrown);
      this.store.patch({ engine: { status: "failed", error } });
      return false;
    }
  }

  #forgetWorker(): void {
    this.#client = null;
    this.#run = null;
    this.#dream.forget();
    this.#digits.forget();
  }

  async #makeRun(): Promise<void> {
    if (this.#client === null) return;
    const before = this.#run;
    this.#run = null;
    await before?.dispose();
    this.#keepForComparison();
    const { settings } = this.store.state;
    this.#run = await this.#client.createSession(await sessionConfig(settings));
    this.#made = settings;
    this.live.curves.clear();
    this.live.film.clear();
    this.live.realPoints = null;
    this.#putBackTo = null;
    this.live.numbers = null;
    this.live.stepsPerSecond = 0;
    this.store.patch({ frame: null, nextHalf: (await this.#run.state()).nextHalf });
    await this.#redraw();
  }

  #keepForComparison(): void {
    const { curves, earlier } = this.live;
    if (this.#made === null || curves.length < 2) return;
    const run = { settings: this.#made, table: curves.table() };
    this.live.earlier = [run, ...earlier].slice(0, EARLIER_RUNS);
  }

  async #configOf(settings: Settings): Promise<Config> {
    if (this.#client === null) throw new GanvasError("worker_lost", "The core is not loaded.");
    const session = await this.#client.createSession(await sessionConfig(settings));
    const config = await session.config();
    await session.dispose();
    return config;
  }

  /** Gives the run its digits, downloading them unless enough are in the worker already. */
  async #provideDigits(): Promise<boolean> {
    const { settings } = this.store.state;
    const { examples } = settings;
    const [client, run] = [this.#client, this.#run];
    if (client === null || run === null) return false;
    try {
      if (isOfPoints(settings.preset)) {
        const { realPoints } = await import("./points/point_data");
        const points = await realPoints(client, settings);
        await run.setPoints(points);
        if (run !== this.#run) return false;
        this.live.realPoints = points;
        this.live.changed();
        this.store.patch({ digits: { status: "ready", value: examples } });
        return true;
      }
      const digits = await this.#digits.provide(client, examples);
      await run.useDataSet(digits, examples);
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

  #sampleOptions(): SampleOptions {
    const { grid, noise, settings } = this.store.state;
    return { count: gridSide(grid, settings.preset) ** 2, seed: noise };
  }

  /** Draws the grid anew from the generator in training. */
  async #redraw(): Promise<void> {
    if (this.#run === null || this.store.state.mode !== "train") return;
    this.#showSamples(await this.#run.sample(this.#sampleOptions()));
    this.live.changed();
  }

  #showSamples(values: Float32Array<ArrayBuffer>): void {
    const { preset } = this.store.state.settings;
    const [size, reach] = isOfPoints(preset) ? [2, REACH] : [784, 1];
    this.live.samples = { values, side: Math.sqrt(values.length / size) };
    this.live.film.offer(this.live.numbers?.step ?? 0, values, reach);
  }

  #progress(run: ClientSession, { metrics, samples, stepsPerSecond }: PlayProgress): void {
    if (run !== this.#run) return;
    this.live.stepsPerSecond = stepsPerSecond;
    this.#record(metrics);
    if (samples !== null && this.store.state.mode === "train") this.#showSamples(samples);
  }

  #record({ history, ...numbers }: Metrics): void {
    this.live.curves.add(history);
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
    if (error.code === "non_finite") void this.#enqueue(() => this.#showPutBack(run));
  }

  async #showPutBack(run: ClientSession): Promise<void> {
    const { step, epoch, imagesSeen } = await run.state();
    if (run !== this.#run) return;
    this.#putBackTo = step;
    if (this.live.numbers !== null) {
      this.live.numbers = { ...this.live.numbers, step, epoch, imagesSeen };
    }
    await this.#redraw();
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

/** What the core is told of a run. Settings of the networks are rare, and loaded when there are any. */
async function sessionConfig(settings: Settings): Promise<SessionConfig> {
  const { preset, seed, examples, changes } = settings;
  const identity: SessionConfig & { preset: Preset } = { preset, seed, examples };
  if (Object.keys(changes).length === 0) return identity;
  const { withChanges } = await import("./hyper_parameters");
  return withChanges(identity, changes);
}
