// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What no page survives, as its process running out of memory: the run goes on from its last save, which is
// whole. saved_runs.spec.ts kills the whole browser, and compares bits.

import type { Page } from "@playwright/test";
import { AppPage, expect, test } from "./app_page";

/** More for figures: GANVAS_KILLS=10 npx playwright test killed_page.spec.ts */
const KILLS = Number(process.env["GANVAS_KILLS"] ?? 2);

/** What lies in the browser: the run's step, the steps of its history, and when it was saved. */
async function stored(page: Page) {
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await answer(indexedDB.open("ganvas"));
    const all = db.transaction(["runs", "history"]);
    const [runs, parts] = await Promise.all([
      answer(all.objectStore("runs").getAll()),
      answer<Float32Array[]>(all.objectStore("history").getAll()),
    ]);
    db.close();
    const { step, saved } = runs[0] as { readonly step: number; readonly saved: number };
    return { step, saved, rows: parts.reduce((sum, { length }) => sum + length / 4, 0) };
  });
}

/** The step up to which the page says that its run is saved; 0 before it does. */
async function toldStep(page: Page): Promise<number> {
  const title = await page.locator("#runs").getAttribute("title");
  return Number(/up to step ([\d,]+)/.exec(title ?? "")?.[1]?.replaceAll(",", "") ?? 0);
}

test("a page whose process is killed loses no more than it trained since its last save", async ({
  context,
}) => {
  test.setTimeout(60_000 + KILLS * 60_000);
  let before = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const app = new AppPage(await context.newPage());
    const { page } = app;
    await app.open(kill === 1 ? "?view=train&examples=1000" : "");
    await (kill === 1 ? app.play : page.locator("#go-on")).click();
    await expect.poll(() => toldStep(page), { timeout: 40_000 }).toBeGreaterThan(before);
    await page.waitForTimeout(Math.random() * 1500);
    const [told, trained] = [await toldStep(page), await app.step()];
    const killed = Date.now();
    const crash = page.waitForEvent("crash");
    const session = await context.newCDPSession(page);
    session.send("Page.crash").catch(() => {});
    await crash;
    await page.close();

    const next = await context.newPage();
    await next.goto("./manifest.webmanifest");
    const { step, saved, rows } = await stored(next);
    await next.close();
    expect(step).toBeGreaterThanOrEqual(told);
    expect(rows).toBe(step);
    const lost = `${trained - step} steps, ${((killed - saved) / 1000).toFixed(1)} s`;
    console.log(`kill ${kill}, at step ${trained}: lost ${lost}`);
    before = step;
  }
  const app = new AppPage(await context.newPage());
  await app.open();
  await app.page.locator("#go-on").click();
  await app.waitForStep(before + 1);
});
