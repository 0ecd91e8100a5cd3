// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Looks for new builds of the site, and lets go of its worker where it would hide what is at this address now.

import { cachePrefix } from "../../service_worker/cache_names";
import { readPreference, writePreference } from "../platform/preferences";

/** A tab that comes to the front looks again only after this time. */
const LOOK_MS = 600_000;
/** A deployment may delete files before it uploads them. */
const GONE_MS = 10_000;
/** When this many new builds in a row could not be kept, the page comes from the host again. */
const MOST_FAILURES = 2;

/** @param script the address of the worker */
export async function followBuilds(
  registration: ServiceWorkerRegistration,
  script: string,
): Promise<void> {
  registration.addEventListener("updatefound", () => followInstall(registration));
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < LOOK_MS) return;
    looked = Date.now();
    void look(registration, script);
  });
  await look(registration, script);
}

/** If the site is gone, so is the worker: something else may be at this address by now. */
async function look(registration: ServiceWorkerRegistration, script: string): Promise<void> {
  if (await isGone(script)) {
    await new Promise((resolve) => setTimeout(resolve, GONE_MS));
    if (await isGone(script)) await leave(registration);
  } else {
    // Without a network the site stays as it is.
    await registration.update().catch(() => {});
  }
}

async function isGone(script: string): Promise<boolean> {
  const request = { method: "HEAD", cache: "no-store", redirect: "manual" } as const;
  const response = await fetch(script, request).catch(() => null);
  if (response === null) return false;
  const { type, status, headers } = response;
  // A moved site, none, or one that has a page for every address.
  const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
  return type === "opaqueredirect" || status === 404 || status === 410 || (response.ok && isPage);
}

/**
 * A build that cannot be kept, for example since the host changes its files on the way, would leave the
 * page on the build before for ever.
 */
function followInstall(registration: ServiceWorkerRegistration): void {
  const { installing } = registration;
  const follow = (): void => {
    if (installing?.state === "installing") return;
    installing?.removeEventListener("statechange", follow);
    const failed = installing?.state === "redundant";
    if (failed && !navigator.onLine) return;
    const failures = failed ? Number(readPreference("failedBuilds")) + 1 : 0;
    const isCounted = failures > 0 && failures < MOST_FAILURES;
    writePreference("failedBuilds", isCounted ? String(failures) : null);
    if (failures >= MOST_FAILURES) void leave(registration);
  };
  installing?.addEventListener("statechange", follow);
}

/** The next visit is answered by the host. */
async function leave(registration: ServiceWorkerRegistration): Promise<void> {
  await registration.unregister();
  const names = await caches.keys();
  const own = names.filter((name) => name.startsWith(cachePrefix(registration.scope)));
  await Promise.all(own.map((name) => caches.delete(name)));
}
