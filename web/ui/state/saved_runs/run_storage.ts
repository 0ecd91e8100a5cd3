// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The user's runs in this browser's IndexedDB, which is there in every engine, in frames and for pages
// opened as a file; WebKitGTK has no other storage. A save is one transaction: what is cut off in its
// middle leaves the save before.

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { PictureFacts, Settings } from "../../../config/settings";
import type { PictureSet } from "../../../engine/pictures";
import { StorageError, type StorageFailure } from "../../platform/storage_error";
import type { Snapshot } from "../film";

/** Samples in a thumbnail. */
export const THUMBNAIL_SAMPLES = 16;

/** What the list of runs shows, and what is needed to open one. */
export interface SavedRun {
  readonly id: string;
  /** The user's; null: called by its preset and seed. */
  readonly name: string | null;
  readonly settings: Settings;
  readonly speed: number | null;
  readonly grid: number | null;
  /** Seed of the noise for the sample grid, and thus the film. */
  readonly noise: number;
  readonly step: number;
  /** Number of the first step in the history. */
  readonly firstStep: number;
  /** Steps from a row of the history to the next; 1 for runs that were saved before there were others. */
  readonly stride?: number;
  /** How long it has been trained. */
  readonly trainedMs: number;
  /** Times in ms since 1970. */
  readonly created: number;
  readonly saved: number;
  readonly bytes: number;
  /** Levels of THUMBNAIL_SAMPLES samples, or of points, (count, 2); see Snapshot. */
  readonly thumbnail: Uint8Array<ArrayBuffer>;
  /** The page that saves it. Another page that opens the run becomes its writer. */
  readonly writer: string;
  /** Whether the user was asked to go on and did not want to. */
  readonly declined: boolean;
}

/** The rest of a run. */
export interface RunContents {
  /** Not a Blob, which WebKit's private windows cannot store. */
  readonly checkpoint: Uint8Array<ArrayBuffer>;
  /** (rows, 4) each. */
  readonly history: readonly Float32Array<ArrayBuffer>[];
  readonly film: readonly Snapshot[];
}

/** A run to go on with. */
export interface KeptRun extends RunContents {
  readonly run: SavedRun;
}

/**
 * A save: the history's parts before `firstChangedPart`, and the film before `firstChangedStep`, are as in the save
 * before.
 */
export interface RunSave extends KeptRun {
  readonly firstChangedPart: number;
  readonly firstChangedStep: number;
}

/** A set of pictures that runs learn from. */
export interface KeptPictures {
  readonly facts: PictureFacts;
  readonly set: PictureSet;
}

/** A set that no run is saved on yet may be that of another page, whose run has just begun. */
const MAY_BEGIN_MS = 3_600_000;

interface Schema extends DBSchema {
  runs: { key: string; value: SavedRun };
  checkpoints: { key: string; value: Uint8Array<ArrayBuffer> };
  /** By run and index of the part. */
  history: { key: [string, number]; value: Float32Array<ArrayBuffer> };
  /** By run and step. */
  film: { key: [string, number]; value: Uint8Array };
  /** `kept` is a time in ms since 1970. */
  pictures: { key: string; value: KeptPictures & { readonly kept: number } };
}

const VERSION = 2;
/** For which a page of an earlier version may keep the runs open. */
const LONGEST_BLOCKED_MS = 2000;
const LONGEST_OPENING_MS = 10_000;
const LONGEST_TURN_MS = 8;
const OF_RUNS = ["runs", "checkpoints", "history", "film"] as const;
const STORES = [...OF_RUNS, "pictures"] as const;
type Upgrade = IDBPTransaction<Schema, (typeof STORES)[number][], "versionchange">;

/**
 * Does something with the saved runs, over a connection of its own: browsers end those of pages in the
 * background and of pages whose data they delete.
 * @throws StorageError
 */
export async function withRuns<T>(action: (storage: RunStorage) => Promise<T>): Promise<T> {
  let db: IDBPDatabase<Schema> | null = null;
  try {
    db = await connect();
    return await action(new RunStorage(db));
  } catch (thrown) {
    throw thrown instanceof StorageError
      ? thrown
      : new StorageError(reasonOf(thrown), { cause: thrown });
  } finally {
    db?.close();
  }
}

/** Openings that were given up and still wait. */
let stuck = 0;

/** @throws StorageError blocked; and what IndexedDB rejects with */
function connect(): Promise<IDBPDatabase<Schema>> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timers: number[] = [];
    const giveUpAfter = (ms: number): void => {
      const giveUp = (): void => {
        if (!isLate) stuck += 1;
        isLate = true;
        reject(new StorageError("blocked"));
      };
      timers.push(window.setTimeout(giveUp, ms));
    };
    giveUpAfter(stuck > 0 ? LONGEST_BLOCKED_MS : LONGEST_OPENING_MS);
    openDB<Schema>("ganvas", VERSION, {
      upgrade: async (opened, version, _, upgrade) => {
        if (version === 0) createStores(opened);
        opened.createObjectStore("pictures");
        if (version === 1) await addPicturesTo(upgrade);
      },
      // A page that only saves is done sooner.
      blocked: () => giveUpAfter(LONGEST_BLOCKED_MS),
    })
      .then((db) => (isLate ? db.close() : resolve(db)), reject)
      .finally(() => {
        if (isLate) stuck -= 1;
        for (const timer of timers) clearTimeout(timer);
      });
  });
}

function reasonOf(thrown: unknown): StorageFailure {
  switch (thrown instanceof DOMException ? thrown.name : "") {
    case "QuotaExceededError":
      return "full";
    case "VersionError":
      return "outdated";
    default:
      return "refused";
  }
}

function createStores(db: IDBPDatabase<Schema>): void {
  for (const name of OF_RUNS) {
    if (name === "runs") db.createObjectStore(name, { keyPath: "id" });
    else db.createObjectStore(name);
  }
}

/** Runs that were saved before there were own pictures do not mention them. */
async function addPicturesTo(upgrade: Upgrade): Promise<void> {
  const runs = upgrade.objectStore("runs");
  for (const run of await runs.getAll()) {
    await runs.put({ ...run, settings: { ...run.settings, pictures: null } });
  }
}

export class RunStorage {
  readonly #db: IDBPDatabase<Schema>;

  /** Made by `withRuns`. */
  constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
  }

  /** The latest save first. */
  async list(): Promise<SavedRun[]> {
    const runs = await this.#db.getAll("runs");
    return runs.sort((a, b) => b.saved - a.saved);
  }

  /**
   * Saves all of a run or nothing.
   * @returns null; or, with nothing changed, the run of another page that has become its writer
   */
  async save({
    run,
    checkpoint,
    history,
    film,
    firstChangedPart,
    firstChangedStep,
  }: RunSave): Promise<SavedRun | null> {
    const all = this.#db.transaction(OF_RUNS, "readwrite");
    const before = await all.objectStore("runs").get(run.id);
    if (before !== undefined && before.writer !== run.writer) {
      await all.done;
      return before;
    }
    // Deleted meanwhile from the list of another page: nothing of it is there.
    const from = before === undefined ? 0 : firstChangedPart;
    const kept = new Set(await all.objectStore("film").getAllKeys(within(run.id)).then(steps));
    // Another grid or other noise begins another film.
    const isSameFilm = before?.grid === run.grid && before.noise === run.noise;
    // Renamed meanwhile from a list.
    const name = before === undefined ? run.name : before.name;
    const writes: (() => Promise<unknown>)[] = [
      () => all.objectStore("runs").put({ ...run, name }),
      () => all.objectStore("checkpoints").put(checkpoint, run.id),
      () => all.objectStore("history").delete(within(run.id, history.length)),
      ...history.slice(from).map((part, index) => () => {
        // A copy, since a view would take its whole buffer along.
        return all.objectStore("history").put(part.slice(), [run.id, from + index]);
      }),
      ...film
        .filter(({ step }) => !kept.delete(step) || !isSameFilm || step >= firstChangedStep)
        .map(
          ({ step, levels }) =>
            () =>
              all.objectStore("film").put(levels, [run.id, step]),
        ),
      ...[...kept].map((step) => () => all.objectStore("film").delete([run.id, step])),
    ];
    await Promise.all([inTurns(writes), all.done]);
    return null;
  }

  /** Null if it is gone. */
  async read(id: string): Promise<KeptRun | null> {
    const all = this.#db.transaction(OF_RUNS);
    const [run, checkpoint, history, filmed, levels] = await Promise.all([
      all.objectStore("runs").get(id),
      all.objectStore("checkpoints").get(id),
      all.objectStore("history").getAll(within(id)),
      all.objectStore("film").getAllKeys(within(id)).then(steps),
      all.objectStore("film").getAll(within(id)),
    ]);
    if (run === undefined || checkpoint === undefined) return null;
    const film = filmed.flatMap((step, index) => {
      const found = levels[index];
      return found === undefined ? [] : [{ step, levels: found }];
    });
    return { run, checkpoint, history, film };
  }

  /** Changes what is said of a run. Resolves with false if it is gone. */
  async change(
    id: string,
    change: Partial<Pick<SavedRun, "name" | "writer" | "declined">>,
  ): Promise<boolean> {
    const runs = this.#db.transaction("runs", "readwrite");
    const before = await runs.store.get(id);
    if (before !== undefined) await runs.store.put({ ...before, ...change });
    await runs.done;
    return before !== undefined;
  }

  /** Keeps a set, and drops those that no run has come to learn from. */
  async keepPictures(kept: KeptPictures): Promise<void> {
    const all = this.#db.transaction(["runs", "pictures"], "readwrite");
    const runs = await all.objectStore("runs").getAll();
    const used = new Set(runs.map(({ settings }) => settings.pictures?.id));
    const now = Date.now();
    for (const id of await all.objectStore("pictures").getAllKeys()) {
      if (used.has(id)) continue;
      const other = await all.objectStore("pictures").get(id);
      if (other === undefined || now - other.kept < MAY_BEGIN_MS) continue;
      await all.objectStore("pictures").delete(id);
    }
    await all.objectStore("pictures").put({ ...kept, kept: now }, kept.facts.id);
    await all.done;
  }

  /** Null if they are not on this device. */
  async pictures(id: string): Promise<KeptPictures | null> {
    return (await this.#db.get("pictures", id)) ?? null;
  }

  /** Bytes of the sets that runs are saved on. */
  async sizeOfPictures(): Promise<number> {
    const kept = new Set(await this.#db.getAllKeys("pictures"));
    const runs = await this.#db.getAll("runs");
    const sizes = runs.flatMap(({ settings: { pictures } }) =>
      pictures !== null && kept.delete(pictures.id) ? [sizeOfSet(pictures)] : [],
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Deletes a set, unless a run is saved on it. */
  async dropPictures(id: string): Promise<void> {
    const all = this.#db.transaction(["runs", "pictures"], "readwrite");
    const runs = await all.objectStore("runs").getAll();
    if (!runs.some(learnsFrom(id))) await all.objectStore("pictures").delete(id);
    await all.done;
  }

  /**
   * Deletes a run, and with the last run on a set of pictures that set.
   * @param unlessNamed whether a run that the user has named stays
   * @param shown the ids of the pictures that pages show; they stay
   */
  async delete(
    id: string,
    shown: ReadonlySet<string>,
    { unlessNamed = false } = {},
  ): Promise<void> {
    const all = this.#db.transaction(STORES, "readwrite");
    const runs = await all.objectStore("runs").getAll();
    const run = runs.find((each) => each.id === id);
    if (unlessNamed && typeof run?.name === "string") return all.done;
    const pictures = run?.settings.pictures?.id;
    const isLast = !runs.filter((each) => each.id !== id).some(learnsFrom(pictures));
    await Promise.all([
      ...(pictures !== undefined && !shown.has(pictures) && isLast
        ? [all.objectStore("pictures").delete(pictures)]
        : []),
      all.objectStore("runs").delete(id),
      all.objectStore("checkpoints").delete(id),
      all.objectStore("history").delete(within(id)),
      all.objectStore("film").delete(within(id)),
      all.done,
    ]);
  }
}

/** Makes requests of one transaction in short tasks: each copies what it writes, and meanwhile no frame is drawn. */
async function inTurns(requests: readonly (() => Promise<unknown>)[]): Promise<void> {
  let pending: Promise<unknown>[] = [];
  let began = performance.now();
  for (const request of requests) {
    // Rejects where a request throws, as after the transaction has failed.
    pending.push(new Promise((resolve) => resolve(request())));
    if (performance.now() - began < LONGEST_TURN_MS) continue;
    await Promise.all(pending);
    pending = [];
    began = performance.now();
  }
  await Promise.all(pending);
}

function learnsFrom(pictures: string | undefined): (run: SavedRun) => boolean {
  return ({ settings }) => settings.pictures?.id === pictures;
}

/** Bytes of its pixels and labels. */
function sizeOfSet({ count, channels, side, classes }: PictureFacts): number {
  return count * (channels * side ** 2 + (classes > 0 ? 1 : 0));
}

/** The keys of a run's parts, from an index or step on. */
function within(id: string, from = 0): IDBKeyRange {
  return IDBKeyRange.bound([id, from], [id, Number.POSITIVE_INFINITY]);
}

function steps(keys: readonly [string, number][]): number[] {
  return keys.map(([, step]) => step);
}
