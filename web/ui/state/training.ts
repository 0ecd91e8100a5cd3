// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The user's run: makes it, gives it its data, and does what the user asks of it, one thing after the other.
// Loaded when training first starts.

import { msg } from "@lit/localize";
import type { ClientSession, GanvasClient } from "../../client/training_client";
import { defaultSpeed } from "../../config/presets";
import type { Settings } from "../../config/settings";
import { asGanvasError } from "../../engine/errors";
import { sizeOf } from "../../engine/sample_shape";
import type { Adjustment, Config } from "../../engine/types";
import type { PageHooks } from "../platform/page_hooks";
import { writeSettings } from "./address";
import type { Curves } from "./curves";
import type { EarlierRuns } from "./earlier_runs";
import type { Film } from "./film";
import { provideData } from "./run_data";
import { RunRecord } from "./run_record";
import { createRun } from "./run_settings";
import { RunKeeper } from "./saved_runs/run_keeper";
import type { KeptRun } from "./saved_runs/run_storage";
import type { Live, Store } from "./store";
import type { TrainingDigits } from "./training_digits";
import { TrainingRun } from "./training_run";

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
  readonly record: RunRecord;
  readonly keeper: RunKeeper;
  readonly #digits: TrainingDigits;
  readonly #page: PageHooks;
  readonly #client: () => GanvasClient | null;
  #run: TrainingRun | null = null;
  /**
   * The run that is being made or waits for its data, and whether it plays then; null if there is
   * none. Keys can be faster than a reset, and must not be lost.
   */
  #preparation: { plays: boolean } | null = null;
  /** Changes whenever the run is asked to play or to pause, as it is before another takes its place. */
  #wish = 0;
  /** Ends with the latest preparation. */
  #prepared: Promise<void> = Promise.resolve();
  /** Step of the save from which the run of a lost worker was to go on last. */
  #revivedAt = 0;
  /** Whether the next run that `begin` makes, or one that tries again to get its data, then plays. */
  #playsNext: boolean;
  /** Tail of the queue that runs steps, resets and new noise in order. */
  #queue: Promise<void> = Promise.resolve();

  /** @param playsFirst whether the first run starts playing immediately */
  constructor({ store, live, digits, page, client, ended }: TrainingParts, playsFirst: boolean) {
    this.store = store;
    this.live = live;
    this.record = new RunRecord(live);
    this.#digits = digits;
    this.#page = page;
    this.#client = client;
    this.#playsNext = playsFirst;
    this.keeper = new RunKeeper(this, page.keeps, ended);
  }

  /**
   * Creates a run: shows samples, loads the data, then plays.
   * @param kept a run to go on with; by default the one of a worker that was lost, if any
   */
  begin(plays = this.#playsNext, kept = this.#lost): Promise<void> {
    this.#playsNext = true;
    return this.#prepare(plays, async () => {
      await this.#run?.pause();
      if (kept !== this.keeper.latest) await this.keeper.release(this.store.state.settings);
      await this.#enqueue(() => this.#makeRun(kept));
    });
  }

  /**
   * Goes on from the last save after the worker was lost, unless it was lost again since then.
   * @param restart opens a new worker; resolves with false if there is none
   */
  async revive(plays: boolean, restart: () => Promise<boolean>): Promise<void> {
    const kept = this.keeper.latest;
    if (kept === null || kept.run.step === this.#revivedAt) return;
    // Before the restart, whose worker can be lost too.
    this.#revivedAt = kept.run.step;
    if (!(await restart())) return;
    if (this.store.state.mode !== "train") return;
    // Without changes of the course since the save.
    this.#showChanged(kept.run.settings);
    await this.begin(plays);
    if (this.#run !== null) this.store.patch({ revived: kept.run.step });
  }

  /** Gives the run its data, after a download that failed or stalled. */
  retryDigits(): Promise<void> {
    this.#digits.giveUp();
    return this.#prepare(this.#playsNext, async () => {});
  }

  /** Call when the worker that held the run is gone; the next `begin` plays if the run did. */
  forget(): void {
    if (this.#preparation !== null) this.#playsNext = this.#preparation.plays;
    else if (this.#run !== null) this.#playsNext = this.store.state.playing;
    this.#run?.end();
    this.#run = null;
  }

  /** The session in training; null without one. */
  get run(): ClientSession | null {
    return this.#run?.session ?? null;
  }

  /** What the current run had when it was made; null without one. */
  get config(): Config | null {
    return this.#run?.config ?? null;
  }

  /** Values of one sample of the current run. */
  get sampleSize(): number {
    return this.record.sampleSize;
  }

  get curves(): Curves {
    return this.record.curves;
  }

  get film(): Film {
    return this.record.film;
  }

  get earlier(): EarlierRuns {
    return this.record.earlier;
  }

  get runSettings(): Settings | null {
    return this.record.settings;
  }

  /** The run's last save if its worker is gone. */
  get #lost(): KeptRun | null {
    return this.#run === null ? this.keeper.latest : null;
  }

  /** The run's checkpoint, which `KeptRun` holds; null without a run, or in the middle of a step. */
  checkpoint(): Promise<Uint8Array<ArrayBuffer> | null> {
    const taken = this.#queue.then(async () => {
      const run = this.#run;
      return run === null ? null : run.session.checkpoint();
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
    this.#wish += 1;
    if (this.#preparation !== null) this.#preparation.plays = true;
    else if (this.canTrain && !this.store.state.playing) this.#run?.play();
  }

  async pause(): Promise<void> {
    this.#wish += 1;
    if (this.#preparation !== null) this.#preparation.plays = false;
    await this.#run?.pause();
  }

  step(): Promise<void> {
    return this.#advance((run) => run.step());
  }

  /** Half a step: updates D or G, whichever is next. */
  advanceHalf(): Promise<void> {
    return this.#advance((run) => run.advanceHalf());
  }

  /** Starts a new run from step 0 with the current settings. */
  reset(): Promise<void> {
    return this.#prepare(false, async () => {
      await this.pause();
      await this.keeper.release(this.store.state.settings);
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
      await this.keeper.release(settings);
    }
    this.store.patch({ settings, speed: chosen ? speed : defaultSpeed(settings.preset) });
    if (mode === "train") await this.reset();
  }

  /** Applies settings that can change during a run. */
  async changeCourse(settings: Settings, changes: Adjustment): Promise<void> {
    await this.#enqueue(async () => {
      await this.#run?.session.adjust(changes);
      this.#showChanged(settings);
    });
  }

  /** Sets the maximum steps per second; null: no limit. */
  async setSpeed(speed: number | null): Promise<void> {
    this.store.patch({ speed });
    if (this.store.state.playing) await this.#run?.session.pace(speed);
  }

  async setGrid(grid: number | null): Promise<void> {
    this.store.patch({ grid, frame: null });
    await this.changeSamples();
  }

  /** Draws the grid again from the generator in training. */
  redraw(): Promise<void> {
    return this.#enqueue(async () => this.#run?.redraw());
  }

  /** Draws the grid with the store's current noise and size. */
  async changeSamples(): Promise<void> {
    this.film.clear();
    const { playing, pausing } = this.store.state;
    const goesOn = playing && !pausing;
    // The player keeps the sample options that it was started with.
    const paused = goesOn ? this.pause() : null;
    const wish = this.#wish;
    await paused;
    await this.redraw();
    if (goesOn && wish === this.#wish) this.play();
  }

  /** Makes a run, shows its first samples and gives it its data, unless a later preparation takes over. */
  #prepare(plays: boolean, make: () => Promise<void>): Promise<void> {
    const preparation = { plays };
    const work = async (): Promise<void> => {
      await make();
      const drawn = this.redraw();
      const ready = await this.#provideData(preparation);
      await drawn;
      if (this.#preparation !== preparation) return;
      this.#preparation = null;
      if (!ready) this.#playsNext = preparation.plays;
      else if (preparation.plays) this.play();
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
    before?.end();
    this.#run = null;
    await before?.session.dispose();
    this.record.clear(kept !== null && kept === this.keeper.latest);
    const { settings } = this.store.state;
    const { refusal, made } = await createRun(client, settings, kept);
    this.store.patch({ refusal, wentBack: null, revived: null });
    if (made === null) return;
    const { run: session, config, state } = made;
    this.record.sampleSize = sizeOf(config.sample_shape);
    if (kept !== null) {
      this.record.restore(kept, state);
      await this.keeper.adopt(kept);
    }
    this.record.settings = settings;
    const { store, live, record } = this;
    const run = new TrainingRun(session, config, {
      store,
      live,
      record,
      client,
      showChanged: (changed) => this.#showChanged(changed),
      enqueue: (action) => this.#enqueue(action),
    });
    this.#run = run;
    this.store.patch({ frame: null, nextHalf: state.nextHalf });
  }

  /** Gives the run its data; false if that failed or a later preparation has taken over. */
  async #provideData(preparation: object): Promise<boolean> {
    const { settings } = this.store.state;
    const [client, run] = [this.#client(), this.#run];
    if (client === null || run === null) return false;
    const report = (done: number): void =>
      this.store.patch({ digits: { status: "loading", done, all: settings.examples } });
    try {
      const sources = { store: this.store, page: this.#page, client, digits: this.#digits, report };
      const real = await provideData(run, settings, sources);
      if (run !== this.#run) return false;
      Object.assign(this.live, real);
      this.live.changed();
      this.store.patch({ digits: { status: "ready", value: settings.examples } });
      return true;
    } catch (thrown) {
      const error = asGanvasError(thrown);
      // A lost worker is reported with the engine's state.
      if (run !== this.#run || error.code === "worker_lost") return false;
      // Another view has given up the download.
      if (error.code === "aborted") {
        return this.#preparation === preparation && this.#provideData(preparation);
      }
      this.store.patch({ digits: { status: "failed", error } });
      return false;
    }
  }

  /** Takes a single step or half-step, once the run is ready and plays no more. */
  async #advance(take: (run: TrainingRun) => Promise<void>): Promise<void> {
    await this.pause();
    await this.#prepared;
    await this.#enqueue(async () => {
      if (this.#run !== null && this.canTrain) await take(this.#run);
    });
  }

  #showChanged(settings: Settings): void {
    this.record.settings = settings;
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
