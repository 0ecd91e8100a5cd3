// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The user's runs in this browser's IndexedDB, which is there in every engine, in frames and for pages
// opened as a file; WebKitGTK has no other storage. A save is one transaction: what is cut off in its
// middle leaves the save before.

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Settings } from "../../../config/settings";
import type { Snapshot } from "../film";

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
  /** How long it has been trained. */
  readonly trainedMs: number;
  /** Times in ms since 1970. */
  readonly created: number;
  readonly saved: number;
  readonly bytes: number;
  /** Grey levels of some samples, (count, 784), or points, (count, 2); see Snapshot. */
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
  /** (steps, 4) each. */
  readonly history: readonly Float32Array<ArrayBuffer>[];
  readonly film: readonly Snapshot[];
}

/** A save: the history's parts before `firstChangedPart` are as in the save before. */
export interface RunSave extends RunContents {
  readonly run: SavedRun;
  readonly firstChangedPart: number;
}

interface Schema extends DBSchema {
  runs: { key: string; value: SavedRun };
  checkpoints: { key: string; value: Uint8Array<ArrayBuffer> };
  /** By run and index of the part. */
  history: { key: [string, number]; value: Float32Array<ArrayBuffer> };
  /** By run and step. */
  film: { key: [string, number]; value: Uint8Array };
}

const STORES = ["runs", "checkpoints", "history", "film"] as const;

export class RunStorage {
  readonly #db: IDBPDatabase<Schema>;

  private constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
  }

  /** Rejects with a DOMException where the browser keeps nothing, as in some private windows. */
  static async open(): Promise<RunStorage> {
    const db = await openDB<Schema>("ganvas", 1, {
      upgrade: (created) => {
        for (const name of STORES) {
          if (name === "runs") created.createObjectStore(name, { keyPath: "id" });
          else created.createObjectStore(name);
        }
      },
      // A page with a newer layout must not wait for this one.
      blocking: (_before, _wanted, event) => (event.target as IDBDatabase).close(),
    });
    return new RunStorage(db);
  }

  /** The latest save first. */
  async list(): Promise<SavedRun[]> {
    const runs = await this.#db.getAll("runs");
    return runs.sort((a, b) => b.saved - a.saved);
  }

  /**
   * Saves all of a run or nothing.
   * @returns false, with nothing changed, if another page has become its writer
   */
  async save({ run, checkpoint, history, film, firstChangedPart }: RunSave): Promise<boolean> {
    const all = this.#db.transaction(STORES, "readwrite");
    const before = await all.objectStore("runs").get(run.id);
    if (before !== undefined && before.writer !== run.writer) {
      await all.done;
      return false;
    }
    // Deleted meanwhile from the list of another page: nothing of it is there.
    const from = before === undefined ? 0 : firstChangedPart;
    const kept = new Set(await all.objectStore("film").getAllKeys(within(run.id)).then(steps));
    // Renamed meanwhile from the list of another page.
    const name = before === undefined ? run.name : before.name;
    const writes: Promise<unknown>[] = [
      all.objectStore("runs").put({ ...run, name }),
      all.objectStore("checkpoints").put(checkpoint, run.id),
      all.objectStore("history").delete(within(run.id, history.length)),
      ...history
        .slice(from)
        // A copy, since a view would take its whole buffer along.
        .map((part, index) => all.objectStore("history").put(part.slice(), [run.id, from + index])),
      ...film
        .filter(({ step }) => !kept.delete(step))
        .map(({ step, levels }) => all.objectStore("film").put(levels, [run.id, step])),
    ];
    for (const step of kept) writes.push(all.objectStore("film").delete([run.id, step]));
    await Promise.all([...writes, all.done]);
    return true;
  }

  /** Null if it is gone. */
  async contents(id: string): Promise<RunContents | null> {
    const all = this.#db.transaction(STORES);
    const [checkpoint, history, steps_, levels] = await Promise.all([
      all.objectStore("checkpoints").get(id),
      all.objectStore("history").getAll(within(id)),
      all.objectStore("film").getAllKeys(within(id)).then(steps),
      all.objectStore("film").getAll(within(id)),
    ]);
    if (checkpoint === undefined) return null;
    const film = steps_.flatMap((step, index) => {
      const found = levels[index];
      return found === undefined ? [] : [{ step, levels: found }];
    });
    return { checkpoint, history, film };
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

  async delete(id: string): Promise<void> {
    const all = this.#db.transaction(STORES, "readwrite");
    await Promise.all([
      all.objectStore("runs").delete(id),
      all.objectStore("checkpoints").delete(id),
      all.objectStore("history").delete(within(id)),
      all.objectStore("film").delete(within(id)),
      all.done,
    ]);
  }

  close(): void {
    this.#db.close();
  }
}

/** The keys of a run's parts, from an index or step on. */
function within(id: string, from = 0): IDBKeyRange {
  return IDBKeyRange.bound([id, from], [id, Number.POSITIVE_INFINITY]);
}

function steps(keys: readonly [string, number][]): number[] {
  return keys.map(([, step]) => step);
}
