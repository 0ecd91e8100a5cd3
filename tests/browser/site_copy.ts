// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What tests of the service worker see and do.

import type { Locator, Page } from "@playwright/test";
import { type AppPage, expect } from "./app_page";

export function notice(page: Page): Locator {
  return page.locator("gv-notices #notice");
}

/** Opens the page and waits until a copy of the site is kept. */
export async function visit(app: AppPage, url: string): Promise<void> {
  await app.open("", url);
  // The copy has 5 MB, and a digest of each file.
  await expect(notice(app.page)).toContainText("works without a network", { timeout: 40_000 });
}

/** The build that runs in a page, by the name of its first script. */
export function buildOf(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.querySelector("script[type=module]")?.getAttribute("src"));
}

/** What a page gets from the worker or, without one, from the server. */
export function sizeOf(page: Page, url: string, cache: RequestCache = "default"): Promise<number> {
  return page.evaluate(
    async ([address, mode]) => {
      const response = await fetch(address, { cache: mode });
      return (await response.arrayBuffer()).byteLength;
    },
    [url, cache] as const,
  );
}

export function isControlled(page: Page): Promise<boolean> {
  return page.evaluate(() => navigator.serviceWorker.controller !== null);
}

export function cacheNames(page: Page): Promise<string[]> {
  return page.evaluate(() => caches.keys());
}
