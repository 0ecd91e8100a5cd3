// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The caches. Each build's code has one of its own; data has one for all builds, so that a new build
// fetches only what has changed. Caches belong to an origin, which sites share: their names begin with
// this site's path, and no other is touched.

import { PrecacheController } from "workbox-precaching/PrecacheController.js";

declare const self: ServiceWorkerGlobalScope;

const NAME = `ganvas ${new URL(self.registration.scope).pathname} `;
const CODE_NAME = `${NAME}code `;

/** Asks the host whether its copy is newer than the browser's, where Workbox would fetch it anyhow. */
const revalidation = {
  requestWillFetch: async ({ request }: { request: Request }) =>
    request.cache === "reload" ? new Request(request, { cache: "no-cache" }) : request,
};

const code = makeCache(CODE_NAME + BUILD, CODE);
const data = makeCache(`${NAME}data`, DATA);
const large = makeCache(`${NAME}large`, LARGE);

function makeCache(cacheName: string, files: KeptFile[]): PrecacheController {
  const controller = new PrecacheController({ cacheName, plugins: [revalidation] });
  controller.addToCacheList(files);
  return controller;
}

/** Where a file of this build is kept, and what it has to be. */
export interface Place {
  readonly cacheName: string;
  readonly key: string;
  readonly integrity: string;
}

/** Fetches what is not there yet. Fails as a whole, and then takes no space. */
export async function keepBuild(event: ExtendableEvent): Promise<void> {
  try {
    await code.install(event);
    await data.install(event);
  } catch (thrown) {
    await caches.delete(CODE_NAME + BUILD);
    throw thrown;
  }
}

/** Leaves this build and the one before it, which open tabs may be of. */
export async function deleteOldBuilds(event: ExtendableEvent): Promise<void> {
  const others = (await codeCaches()).filter((name) => name !== CODE_NAME + BUILD);
  await Promise.all([
    ...others.slice(1).map((name) => caches.delete(name)),
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

export async function forget({ cacheName, key }: Place): Promise<void> {
  await (await caches.open(cacheName)).delete(key);
}

/** The caches of all builds, newest first. */
async function codeCaches(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(CODE_NAME)).reverse();
}
