// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page can do: opens the core in its worker, draws from the pretrained generator, and runs
// one training session. Elements call it and render the store; nothing else talks to the worker.

import { msg, str } from "@lit/localize";
import { type ClientSession, connectGanvas, type DataSet, type GanvasClient } from "../api/client";
import { asGanvasError, GanvasError } from "../api/errors";
import { readResource } from "../api/resource";
import type { LoadOptions, Metrics } from "../api/types";
import type { PlayProgress } from "../shared/protocol";
import { formatCount } from "./format";
import { IDLE, Live, type Settings, STARTING, Store } from "./store";

export const GRID_SAMPLES = 64;
const SAMPLES_EVERY_MS = 80;

const FILES = {
  pretrained: "assets/models/seed.safetensors",
  images: "assets/mnist/train-images-idx3-ubyte.gz",
  labels: "assets/mnist/train-labels-idx1-ubyte.gz",
};

function fileUrl(path: string): string {
  return new URL(path, document.baseURI).href;
}

type EngineOptions = Pick<LoadOptions, "tier" | "threads">;

export class Lab {
  readonly store: Store;
  readonly live = new Live();
  readonly #engine: EngineOptions;
  #client: GanvasClient | null = null;
  #dream: ClientSession | null = null;
  #run: ClientSession | null = null;
  #digits: DataSet | null = null;
  /** Where a run that diverged was put back to; its curves go on from there once it plays again. */
  #putBackTo: number | null = null;
  #download: AbortController | null = null;
  #weights: Uint8Array<ArrayBuffer> | null = null;
  /** Tail of the queue that keeps steps, resets and new noise in the order they were asked for. */
  #queue: Promise<void> = Promise.resolve();

  constructor(settings: Settings, engine: EngineOptions) {
    this.store = new Store(settings);
    this.#engine = engine;
  }

  /**
   * Loads the core and, beside it, the pretrained generator. Each may fail and be tried again; what
   * was asked for meanwhile then goes on.
   */
  async open(): Promise<void> {
    const weights = this.#fetchPretrained();
    if (!(await this.#openEngine())) return;
    const started = this.store.state.mode === "train" ? this.startTraining() : null;
    await weights;
    await this.#wakeDream();
    await started;
  }

  async retryPretrained(): Promise<void> {
    await this.#fetchPretrained();
    await this.#wakeDream();
  }

  /** Begins a run of one's own: shows its noise, gets the digits, and plays. */
  async startTraining(): Promise<void> {
    this.store.patch({ mode: "train", failure: null });
    if (this.store.state.engine.status !== "ready") return;
    await this.#enqueue(() => this.#makeRun());
    if (await this.#provideDigits()) this.play();
  }

  async retryDigits(): Promise<void> {
    if (await this.#provideDigits()) this.play();
  }

  /** Back to the pretrained digits; the run rests and can be taken up again. */
  async showPretrained(): Promise<void> {
    await this.pause();
    this.store.patch({ mode: "dream" });
    await this.#enqueue(() => this.#redraw());
  }

  async resumeRun(): Promise<void> {
    if (this.#run === null) return this.startTraining();
    this.store.patch({ mode: "train" });
    await this.#enqueue(() => this.#redraw());
  }

  get hasRun(): boolean {
    return this.#run !== null;
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
    this.store.patch({ playing: true, failure: null, announcement: msg("Training") });
    const samples = {
      count: GRID_SAMPLES,
      seed: this.store.state.noise,
      everyMs: SAMPLES_EVERY_MS,
    };
    run
      .play({ samples, onProgress: (progress) => this.#progress(run, progress) })
      .catch((thrown: unknown) => this.#trainingFailed(run, thrown))
      .finally(() => {
        if (this.#run === run) this.store.patch({ playing: false });
      });
  }

  async pause(): Promise<void> {
    if (!this.store.state.playing || this.#run === null) return;
    const run = this.#run;
    try {
      const { step } = await run.pause();
      this.store.patch({
        playing: false,
        announcement: msg(str`Paused at step ${formatCount(step)}`),
      });
    } catch (thrown) {
      this.#trainingFailed(run, thrown);
    }
  }

  async step(): Promise<void> {
    await this.pause();
    await this.#enqueue(async () => {
      if (this.#run === null || !this.canTrain) return;
      this.#record(await this.#run.train(1));
      await this.#redraw();
    });
  }

  /** The half of a step that is next: the discriminator's or the generator's. */
  async advanceHalf(): Promise<void> {
    await this.pause();
    await this.#enqueue(async () => {
      if (this.#run === null || !this.canTrain) return;
      const { half, lossD, lossG, dReal, dFake, ...counts } = await this.#run.advanceHalf();
      if (lossD !== null && lossG !== null && dReal !== null && dFake !== null) {
        const history = Float32Array.of(lossD, lossG, dReal, dFake);
        this.#record({ ...counts, lossD, lossG, dReal, dFake, history });
      }
      if (half === "generator") await this.#redraw();
      this.live.changed();
    });
  }

  /** The run in training, to look into; null without one. */
  get run(): ClientSession | null {
    return this.#run;
  }

  /** A new run from step 0 with the settings as they are now. */
  async reset(): Promise<void> {
    await this.pause();
    await this.#enqueue(() => this.#makeRun());
    this.store.patch({ failure: null, announcement: msg("Back at step 0") });
    await this.#provideDigits();
  }

  async applySettings(settings: Settings): Promise<void> {
    this.store.patch({ settings });
    if (this.store.state.mode === "train") await this.reset();
  }

  async newNoise(): Promise<void> {
    const noise = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    this.store.patch({ noise });
    const { playing } = this.store.state;
    // The player draws from the noise that it was started with.
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
    this.#dream = null;
    this.#run = null;
    this.#digits = null;
  }

  async #fetchPretrained(): Promise<void> {
    if (this.#weights !== null) return;
    this.store.patch({ pretrained: STARTING });
    try {
      this.#weights = await readResource(fileUrl(FILES.pretrained), {
        onProgress: ({ loaded, total }) =>
          this.store.patch({ pretrained: { status: "loading", done: loaded, all: total } }),
      });
    } catch (thrown) {
      this.store.patch({ pretrained: { status: "failed", error: asGanvasError(thrown) } });
    }
  }

  async #wakeDream(): Promise<void> {
    if (this.#weights === null || this.#client === null) return;
    try {
      const dream = await this.#client.createSession({ preset: "seed" });
      await dream.load(this.#weights);
      this.#dream = dream;
      this.store.patch({ pretrained: { status: "ready", value: null } });
      await this.#enqueue(() => this.#redraw());
    } catch (thrown) {
      const error = asGanvasError(thrown);
      // Losing the worker is told where the engine is.
      if (error.code === "worker_lost") return;
      this.store.patch({ pretrained: { status: "failed", error } });
    }
  }

  async #makeRun(): Promise<void> {
    if (this.#client === null) return;
    const { preset, seed, examples } = this.store.state.settings;
    const before = this.#run;
    this.#run = null;
    await before?.dispose();
    this.#run = await this.#client.createSession({ preset, seed, examples });
    this.live.curves.clear();
    this.#putBackTo = null;
    this.live.numbers = null;
    this.live.stepsPerSecond = 0;
    await this.#redraw();
  }

  /** Gives the run its digits, downloading them unless enough are in the worker already. */
  async #provideDigits(): Promise<boolean> {
    const { examples } = this.store.state.settings;
    const [client, run] = [this.#client, this.#run];
    if (client === null || run === null) return false;
    try {
      const digits = await this.#digitsFor(client, examples);
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

  async #digitsFor(client: GanvasClient, examples: number): Promise<DataSet> {
    this.#download?.abort();
    if (this.#digits !== null && this.#digits.examples >= examples) return this.#digits;
    this.store.patch({ digits: { status: "loading", done: 0, all: examples } });
    const download = new AbortController();
    this.#download = download;
    const digits = await client.loadMnist({
      imagesUrl: fileUrl(FILES.images),
      labelsUrl: fileUrl(FILES.labels),
      examples,
      signal: download.signal,
      onProgress: ({ examples: done, total: all }) =>
        this.store.patch({ digits: { status: "loading", done, all } }),
    });
    const before = this.#digits;
    this.#digits = digits;
    this.live.realImages = digits.preview;
    this.live.changed();
    await before?.dispose();
    return digits;
  }

  /** Draws the grid anew from the generator that is on show. */
  async #redraw(): Promise<void> {
    const { mode, noise } = this.store.state;
    const session = mode === "dream" ? this.#dream : this.#run;
    if (session === null) return;
    this.live.samples = await session.sample({ count: GRID_SAMPLES, seed: noise });
    this.live.changed();
  }

  #progress(run: ClientSession, { metrics, samples, stepsPerSecond }: PlayProgress): void {
    if (run !== this.#run) return;
    this.live.stepsPerSecond = stepsPerSecond;
    if (samples !== null && this.store.state.mode === "train") this.live.samples = samples;
    this.#record(metrics);
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
