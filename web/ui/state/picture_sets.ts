// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Where the user's own pictures are: on this device, in this page, or in the worker.

import type { DataSet, GanvasClient } from "../../client/training_client";
import type { PictureFacts, Settings } from "../../config/settings";
import { countOf } from "../../engine/picture_count";
import type { PictureSet } from "../../engine/pictures";
import type { PageHooks } from "../platform/page_hooks";
import { storageFailure } from "../platform/storage_error";
import { type KeptPictures, withRuns } from "./saved_runs/run_storage";
import { inUse, TabLock } from "./saved_runs/tab_lock";
import type { Store, UnkeptPictures } from "./store";

interface App {
  readonly store: Store;
  readonly page: PageHooks;
}

/** A set in this page, until the worker has it; or for longer, if this device does not keep it. */
interface SetAtHand {
  readonly set: PictureSet;
  readonly isKept: boolean;
}

const atHand = new WeakMap<Store, SetAtHand>();
/** The locks that tell other tabs which sets this page's runs learn from. */
const holds = new WeakMap<Store, Map<string, Promise<TabLock | null>>>();
const inWorker = new WeakMap<GanvasClient, { readonly id: string; readonly dataSet: DataSet }>();

export function factsOf(set: PictureSet, name: string): PictureFacts {
  const { id, channels, side, classes, classNames } = set;
  return { id, name, count: countOf(set), channels, side, classes, classNames };
}

/**
 * Keeps a set on this device and gives it to the app's next run on it. Where the device refuses, the store
 * says so.
 */
export async function keepSet({ store, page }: App, kept: KeptPictures): Promise<void> {
  const { id } = kept.facts;
  let isKept = page.keeps;
  if (isKept) await hold(store, id);
  let unkept: UnkeptPictures | null = null;
  if (isKept) {
    try {
      await withRuns((storage) => storage.keepPictures(kept));
    } catch (thrown) {
      isKept = false;
      unkept = { id, reason: storageFailure(thrown) };
    }
  }
  atHand.set(store, { set: kept.set, isKept });
  store.patch({ unkept });
}

/** What is known of a set that is on this device; null if it is not. */
export async function findFacts({ store, page }: App, id: string): Promise<PictureFacts | null> {
  if (!page.keeps) return null;
  await hold(store, id);
  const kept = await readSet(id);
  // The run that will ask for it next.
  if (kept !== null) atHand.set(store, { set: kept.set, isKept: true });
  return kept?.facts ?? null;
}

/** The set with this id; null if it is not here. */
export async function findSet({ store, page }: App, id: string): Promise<PictureSet | null> {
  const hand = atHand.get(store);
  if (hand?.set.id === id) return hand.set;
  return page.keeps ? ((await readSet(id))?.set ?? null) : null;
}

/** The set with this id in the worker; null if it is not there. */
export function setInWorker(client: GanvasClient, id: string): DataSet | null {
  const set = inWorker.get(client);
  return set?.id === id ? set.dataSet : null;
}

/** Gives the worker a set, in the place of the one before; null if it is not here. */
export async function provideSet(
  app: App,
  client: GanvasClient,
  id: string,
): Promise<DataSet | null> {
  if (app.page.keeps) await hold(app.store, id);
  const held = atHand.get(app.store);
  const given = setInWorker(client, id);
  if (given !== null) {
    if (held?.set.id === id && held.isKept) atHand.delete(app.store);
    return given;
  }
  const before = inWorker.get(client);
  const set = await findSet(app, id);
  if (set === null) return null;
  const hand = atHand.get(app.store);
  const isOnly = hand?.set === set && !hand.isKept;
  // What is sent is no longer here.
  if (!isOnly) atHand.delete(app.store);
  const sent = isOnly ? { ...set, pixels: set.pixels.slice(), labels: set.labels.slice() } : set;
  const dataSet = await client.addPictures(sent);
  inWorker.set(client, { id, dataSet });
  await before?.dataSet.dispose();
  return dataSet;
}

/** Until then no other tab deletes the set. */
async function hold(store: Store, id: string): Promise<void> {
  const held = holds.get(store) ?? new Map<string, Promise<TabLock | null>>();
  holds.set(store, held);
  const lock = held.get(id) ?? TabLock.take("pictures", id);
  held.set(id, lock);
  await lock;
}

/** Tells other tabs that this page's run no longer learns from its pictures. */
export async function letGo(store: Store, { pictures }: Settings): Promise<void> {
  if (pictures === null) return;
  const held = holds.get(store);
  const lock = held?.get(pictures.id);
  held?.delete(pictures.id);
  await (await lock)?.release();
}

/** The ids of the sets that tabs show, this one with these settings among them. */
export async function shownPictures({ pictures }: Settings): Promise<ReadonlySet<string>> {
  const shown = new Set(await inUse("pictures"));
  return pictures === null ? shown : shown.add(pictures.id);
}

/** Frees the worker's set, for a run on other data. */
export async function dropSet(client: GanvasClient): Promise<void> {
  const before = inWorker.get(client);
  inWorker.delete(client);
  await before?.dataSet.dispose();
}

async function readSet(id: string): Promise<KeptPictures | null> {
  return withRuns((storage) => storage.pictures(id)).catch(() => null);
}
