// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Where the user's own pictures are: on this device, in this page, or in the worker.

import type { DataSet, GanvasClient } from "../../client/training_client";
import type { PictureFacts } from "../../config/settings";
import type { PictureSet } from "../../engine/pictures";
import type { PageHooks } from "../platform/page_hooks";
import { type KeptPictures, withRuns } from "./saved_runs/run_storage";
import type { Store } from "./store";

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
const inWorker = new WeakMap<GanvasClient, { readonly id: string; readonly dataSet: DataSet }>();

export function factsOf(set: PictureSet, name: string): PictureFacts {
  const { id, channels, side, pixels, classes, classNames } = set;
  const count = pixels.length / (channels * side ** 2);
  return { id, name, count, channels, side, classes, classNames };
}

/** Keeps a set on this device, if it can, and gives it to the app's next run on it. */
export async function keepSet({ store, page }: App, kept: KeptPictures): Promise<void> {
  let isKept = false;
  // An app in another page keeps nothing there.
  if (page.link !== null) {
    isKept = await withRuns((storage) => storage.keepPictures(kept)).then(
      () => true,
      () => false,
    );
  }
  atHand.set(store, { set: kept.set, isKept });
}

/** What is known of a set that is on this device; null if it is not. */
export async function findFacts({ store, page }: App, id: string): Promise<PictureFacts | null> {
  const kept = page.link === null ? null : await readSet(id);
  // The run that will ask for it next.
  if (kept !== null) atHand.set(store, { set: kept.set, isKept: true });
  return kept?.facts ?? null;
}

/** The set with this id; null if it is not here. */
export async function findSet({ store, page }: App, id: string): Promise<PictureSet | null> {
  const hand = atHand.get(store);
  if (hand?.set.id === id) return hand.set;
  return page.link === null ? null : ((await readSet(id))?.set ?? null);
}

/** Gives the worker a set, in the place of the one before; null if it is not here. */
export async function provideSet(
  app: App,
  client: GanvasClient,
  id: string,
): Promise<DataSet | null> {
  const before = inWorker.get(client);
  const held = atHand.get(app.store);
  if (before?.id === id) {
    if (held?.set.id === id && held.isKept) atHand.delete(app.store);
    return before.dataSet;
  }
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

/** Frees the worker's set, for a run on other data. */
export async function dropSet(client: GanvasClient): Promise<void> {
  const before = inWorker.get(client);
  inWorker.delete(client);
  await before?.dataSet.dispose();
}

async function readSet(id: string): Promise<KeptPictures | null> {
  return withRuns((storage) => storage.pictures(id)).catch(() => null);
}
