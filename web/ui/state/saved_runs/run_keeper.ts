// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Saves the run of this page while it trains, when it pauses and when the tab is hidden, so that a
// reload, a crash or a lost worker costs seconds of training at most.

import { isOfPoints } from "../../../config/presets";
import type { Settings } from "../../../config/settings";
import { readPreference, writePreference } from "../../platform/preferences";
import { storageFailure } from "../../platform/storage_error";
import type { Curves } from "../curves";
import type { Film } from "../film";
import { letGo, shownPictures } from "../picture_sets";
import type { Keeping, Live, Store } from "../store";
import { readHeader } from "./checkpoint_header";
import {
  type KeptRun,
  type RunContents,
  type RunSave,
  type RunStorage,
  type SavedRun,
  THUMBNAIL_SAMPLES,
  withRuns,
} from "./run_storage";
import { ownId, TabLock } from "./tab_lock";

/** How often the keeper looks whether a save is due. */
const LOOK_MS = 1000;
const FIRST_SAVE_MS = 5000;
const BETWEEN_SAVES_MS = 15_000;
/** Saving takes at most a hundredth of the time. */
const LEAST_PAUSE = 100;
/** A run that was trained for less is dropped when another takes its place. */
const WORTH_KEEPING_MS = 30_000;
/** The browser is asked to keep the runs for good once there is one of this length. */
const WORTH_ASKING_MS = 300_000;
const WAIT_FOR_STEPS_MS = 20;
const LONGEST_WAIT_MS = 10_000;

/** What the keeper reads of the current run. */
export interface KeptSource {
  readonly store: Store;
  readonly live: Live;
  readonly curves: Curves;
  readonly film: Film;
  /** Tells the current run from others; null without one. */
  readonly run: object | null;
  /** Values of one sample of the current run. */
  readonly sampleSize: number;
  /** Settings of the current run; null without one. */
  readonly runSettings: Settings | null;
  /** The run's checkpoint; null without a run, or in the middle of a step. */
  checkpoint(): Promise<Uint8Array<ArrayBuffer> | null>;
}

export class RunKeeper {
  readonly #source: KeptSource;
  /** Whether runs outlast the page; if not, they are kept in memory, against a lost worker. */
  readonly #stores: boolean;
  readonly #writer = ownId();
  #lock: TabLock | null = null;
  #latest: KeptRun | null = null;
  /** Ends with the latest save. */
  #saving: Promise<void> = Promise.resolve();
  /** The run that another is about to replace; it is not saved again. */
  #released: object | null = null;
  /** Time of training of the current run up to `#playsSince`. */
  #trainedMs = 0;
  #playsSince: number | null = null;
  #due = 0;
  #timer = 0;

  /**
   * @param stores whether runs outlast the page
   * @param ended aborted when the app is gone
   */
  constructor(source: KeptSource, stores: boolean, ended: AbortSignal) {
    this.#source = source;
    this.#stores = stores;
    const end = source.store.subscribe(() => this.#follow());
    const hidden = (): void => {
      if (document.visibilityState === "hidden") void this.save();
    };
    document.addEventListener("visibilitychange", hidden);
    ended.addEventListener("abort", () => {
      end();
      clearTimeout(this.#timer);
      document.removeEventListener("visibilitychange", hidden);
      void this.#lock?.release();
    });
  }

  /** The last save of the current run; null before the first. */
  get latest(): KeptRun | null {
    return this.#latest;
  }

  /** Saves what has changed. Never rejects: the store says what became of it. */
  save(): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      const save = await this.#capture();
      if (save !== null) await this.#write(save);
    });
    return this.#saving;
  }

  /**
   * Call before another run takes the place of this one, whose last state is kept if it is worth it.
   * @param next of the run that does; a reset goes on with the same pictures
   */
  async release(next: Settings): Promise<void> {
    await (this.#trained() >= WORTH_KEEPING_MS ? this.save() : this.#saving);
    this.#released = this.#source.run;
    const { store, runSettings } = this.#source;
    if (runSettings !== null && runSettings.pictures?.id !== next.pictures?.id) {
      await letGo(store, runSettings);
    }
    if (this.#trained() < WORTH_KEEPING_MS) await this.#drop(next);
    void this.#lock?.release();
    this.#lock = null;
    this.#latest = null;
    this.#trainedMs = 0;
    this.#say({ status: "none" });
  }

  /** Goes on saving a run that was opened, from here or from a file. */
  async adopt(kept: KeptRun): Promise<void> {
    const run = { ...kept.run, writer: this.#writer, declined: false };
    this.#latest = { ...kept, run };
    this.#trainedMs = run.trainedMs;
    this.#lock ??= await TabLock.take("run", run.id);
    const stored = await this.#stored(async (storage) => {
      const isThere = await storage.change(run.id, { writer: run.writer, declined: false });
      if (!isThere) await storage.save({ ...kept, run, firstChangedPart: 0, firstChangedStep: 0 });
    });
    if (stored) this.#say({ status: "saved", step: run.step });
  }

  /** Deletes the run, unless it has a name, and its pictures, unless a page shows them or another run has them. */
  async #drop(next: Settings): Promise<void> {
    const { run } = this.#latest ?? {};
    const pictures = (run?.settings ?? this.#source.runSettings)?.pictures?.id;
    const shown = pictures === undefined ? new Set<string>() : await shownPictures(next);
    if (run !== undefined) {
      await this.#stored((storage) => storage.delete(run.id, shown, { unlessNamed: true }));
    } else if (pictures !== undefined && !shown.has(pictures)) {
      await this.#stored((storage) => storage.dropPictures(pictures));
    }
  }

  #follow(): void {
    const { playing } = this.#source.store.state;
    const played = this.#playsSince !== null;
    if (playing && played) return;
    clearTimeout(this.#timer);
    if (playing) {
      this.#playsSince = performance.now();
      this.#due = Math.max(this.#due, performance.now() + FIRST_SAVE_MS);
      this.#look();
    } else if (played) {
      this.#trainedMs = this.#trained();
      this.#playsSince = null;
      void this.save();
    } else if (this.#isNew()) {
      // After single steps, or another grid.
      this.#timer = window.setTimeout(() => void this.save(), LOOK_MS);
    }
  }

  /** Whether the run is not as in its last save. */
  #isNew(): boolean {
    const { store, live, runSettings } = this.#source;
    const { grid, noise, speed } = store.state;
    const { step } = live.numbers ?? {};
    if (step === undefined) return false;
    const saved = this.#latest?.run;
    const isAsSaved =
      step === saved?.step &&
      grid === saved.grid &&
      noise === saved.noise &&
      speed === saved.speed &&
      runSettings === saved.settings;
    return !isAsSaved;
  }

  #look(): void {
    this.#timer = window.setTimeout(() => {
      if (performance.now() >= this.#due) void this.save();
      this.#look();
    }, LOOK_MS);
  }

  #trained(): number {
    const since = this.#playsSince;
    return this.#trainedMs + (since === null ? 0 : performance.now() - since);
  }

  /** Collects a save; null if there is nothing new, or nothing that can be saved. */
  async #capture(): Promise<RunSave | null> {
    const { film, curves, run, runSettings } = this.#source;
    if (run === null || run === this.#released || runSettings === null) return null;
    if (!this.#isNew() && this.#source.store.state.keeping.status !== "failed") return null;
    // No other save meanwhile; how long this one takes decides when the next is due.
    const started = performance.now();
    this.#due = Number.POSITIVE_INFINITY;
    const bytes = await this.#source.checkpoint().catch(() => null);
    const took = performance.now() - started;
    this.#due = performance.now() + Math.max(BETWEEN_SAVES_MS, LEAST_PAUSE * took);
    if (bytes === null) return null;
    const { step } = readHeader(bytes);
    if (!(await this.#arrived(step, run))) return null;
    const parts = curves.history.parts(step);
    const snapshots = film.until(step);
    const contents = { checkpoint: bytes, history: parts, film: snapshots };
    const save = { ...contents, run: this.#describe(step, runSettings, contents) };
    this.#latest = save;
    const { firstUnsavedPart: firstChangedPart } = curves.history;
    const { firstUnsavedStep: firstChangedStep } = film;
    curves.history.markSaved(step);
    film.markSaved(step);
    return { ...save, firstChangedPart, firstChangedStep };
  }

  #describe(step: number, settings: Settings, contents: RunContents): SavedRun {
    const { store, curves } = this.#source;
    const { speed, grid, noise } = store.state;
    const before = this.#latest?.run;
    return {
      id: before?.id ?? ownId(),
      name: before?.name ?? null,
      ...{ settings, speed, grid, noise, step },
      firstStep: curves.history.first,
      stride: curves.history.stride,
      trainedMs: this.#trained(),
      created: before?.created ?? Date.now(),
      saved: Date.now(),
      bytes: sizeOf(contents),
      thumbnail: thumbnailOf(contents.film, settings, this.#source.sampleSize),
      writer: this.#writer,
      declined: false,
    };
  }

  /** Waits for the metrics of all steps of a checkpoint. Resolves with false if they do not come. */
  async #arrived(step: number, run: object): Promise<boolean> {
    const started = performance.now();
    while (this.#source.curves.history.last < step) {
      const waits = performance.now() - started < LONGEST_WAIT_MS;
      if (this.#source.run !== run || !waits) return false;
      await new Promise((resolve) => setTimeout(resolve, WAIT_FOR_STEPS_MS));
    }
    return true;
  }

  async #write(save: RunSave): Promise<void> {
    // Unless another run has taken its place meanwhile.
    const isCurrent = (): boolean => this.#latest?.checkpoint === save.checkpoint;
    if (isCurrent()) this.#lock ??= await TabLock.take("run", save.run.id);
    const stored = await this.#stored(async (storage) => {
      const other = await storage.save(save);
      if (other === null) return;
      // Another page goes on with this run: from here on, they are two.
      const run = { ...save.run, id: ownId(), name: other.name };
      if (isCurrent()) {
        this.#latest = { ...save, run };
        void this.#lock?.release();
        this.#lock = await TabLock.take("run", run.id);
      }
      await storage.save({ ...save, run, firstChangedPart: 0, firstChangedStep: 0 });
    });
    if (stored) {
      askToPersist(save.run);
    } else {
      this.#source.curves.history.markSaved(0);
      this.#source.film.markSaved(0);
    }
    if (stored && isCurrent()) this.#say({ status: "saved", step: save.run.step });
  }

  /** Returns whether the storage did it; if not, the store says why. */
  async #stored(action: (storage: RunStorage) => Promise<void>): Promise<boolean> {
    if (!this.#stores) return false;
    try {
      await withRuns(action);
      return true;
    } catch (thrown) {
      this.#say({ status: "failed", reason: storageFailure(thrown) });
      return false;
    }
  }

  #say(keeping: Keeping): void {
    this.#source.store.patch({ keeping });
  }
}

function sizeOf({ checkpoint, history, film }: RunContents): number {
  const steps = history.reduce((sum, part) => sum + part.byteLength, 0);
  return checkpoint.length + film.reduce((sum, { levels }) => sum + levels.length, steps);
}

/** Some samples of the last snapshot; of points, all. */
function thumbnailOf(
  film: RunContents["film"],
  { preset }: Settings,
  sampleSize: number,
): Uint8Array<ArrayBuffer> {
  const levels = film.at(-1)?.levels ?? new Uint8Array(0);
  return levels.slice(0, isOfPoints(preset) ? levels.length : THUMBNAIL_SAMPLES * sampleSize);
}

/** Once, and without waiting: Firefox asks the user, who may never answer. */
function askToPersist({ trainedMs }: SavedRun): void {
  if (trainedMs < WORTH_ASKING_MS || readPreference("persistence") !== null) return;
  writePreference("persistence", "asked");
  void navigator.storage?.persist?.().catch(() => {});
}
