// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// WebKit starts no worker of a page while the site's service worker is being installed by an earlier page.

const LONGEST_MS = 10_000;

/** Waits until a service worker that does not control this page yet is installed. Resolves with false if there is none. */
export async function awaitInstalled(): Promise<boolean> {
  const workers = globalThis.navigator?.serviceWorker;
  if (workers === undefined || workers.controller !== null) return false;
  const registration = await workers.getRegistration().catch(() => undefined);
  if (registration === undefined) return false;
  await Promise.race([workers.ready, new Promise((resolve) => setTimeout(resolve, LONGEST_MS))]);
  return true;
}
