// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The caches. Each build's code has one of its own; data has one for all builds, so that a new build
// fetches only what has changed. Caches belong to an origin, which sites share: their names begin with
// this site's path, and no other is touched.

import { PrecacheController } from "workbox-precaching/PrecacheController.js";
import { cachePrefix } from "./cache_names";
import { isolated } from "./isolated";

declare const self: ServiceWorkerGlobalScope;

const NAME = cachePrefix(self.registration.scope);
const CODE_NAME = `${NAME}code `;
/** A list in place of a file: the builds that were active, newest first. */
const ORDER = `${self.registration.scope}builds`;
/** This build and those before it that open tabs may be of. */
const KEPT_BUILDS = 3;

/** Asks the host whether its copy is newer than the browser's, which may be of a failed upload. */
const revalidation = {
  requestWillFetch: async ({ request }: { request: Request }) =>
    new Request(request, { cache: "no-cache" }),
};

/** What is kept has the headers for threads, so that it is answered as it is. */
const isolation = {
  cacheWillUpdate: async ({ response }: { response: Response }) =>
    response.ok ? isolated(response) : null,
};

const code = makeCache(CODE_NAME + BUILD, CODE);
const data = makeCache(`${NAME}data`, DATA);
const large = makeCache(`${NAME}large`, LARGE);

function makeCache(cacheName: string, files: KeptFile[]): PrecacheController {
  const controller = new PrecacheController({ cacheName, plugins: [revalidation, isolation] });
  controller.addToCacheList(files);
  return controller;
}

/** Where a file of this build is kept, and what it has to be. */
export interface Place {
  readonly cacheName: string;
  readonly key: string;
  readonly integrity: string;
}

/** Fetches what is not there yet. Fails as a whole, and then its code takes no space. */
export async function keepBuild(event: ExtendableEvent): Promise<void> {
  const before = await caches.has(CODE_NAME + BUILD);
  try {
    await code.install(event);
    await data.install(event);
  } catch (thrown) {
    // A build that comes back may be in use.
    if (!before) await caches.delete(CODE_NAME + BUILD);
    throw thrown;
  }
}

/** Leaves this build and those before it. Installs that were broken off are of no build that was active. */
export async function deleteOldBuilds(event: ExtendableEvent): Promise<void> {
  const order = await caches.open(`${NAME}order`);
  const before = ((await (await order.match(ORDER))?.json()) ?? []) as string[];
  const kept = [BUILD, ...before.filter((build) => build !== BUILD)].slice(0, KEPT_BUILDS);
  await order.put(ORDER, Response.json(kept));
  const names = new Set(kept.map((build) => CODE_NAME + build));
  const others = (await codeCaches()).filter((name) => !names.has(name));
  await Promise.all([
    // Another build that is being kept right now is deleted by its own successor, if at all.
    ...(self.registration.installing ? [] : others.map((name) => caches.delete(name))),
    data.activate(event),
    large.activate(event),
  ]);
}

/** Null for a file of another build. */
export function placeOf(url: string): Place | null {
  for (const controller of [code, data, large]) {
    const key = controller.getCacheKeyForURL(url);
    if (key === undefined) continue;
    const integrity = controller.getIntegrityForCacheKey(key) ?? "";
    return { cacheName: controller.strategy.cacheName, key, integrity };
  }
  return null;
}

export async function findKept(url: string, place: Place | null): Promise<Response | undefined> {
  if (place !== null) return (await caches.open(place.cacheName)).match(place.key);
  for (const name of await codeCaches()) {
    const response = await (await caches.open(name)).match(url);
    if (response !== undefined) return response;
  }
  return undefined;
}

/** The caches of all builds. */
async function codeCaches(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(CODE_NAME));
}
