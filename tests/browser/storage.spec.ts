// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Where the browser keeps nothing, or not everything: the run goes on, the page says why, and what is not
// kept can be downloaded.

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { asksBeforeLeaving, expect, isSaved, test } from "./app_page";
import { png } from "./picture_files";

const RUN = "?view=train&examples=1000&seed=7";

test("with a full storage the run goes on, says so, and can be downloaded", async ({ app }) => {
  const { page } = app;
  await app.open(RUN);
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 200_000 });
  await app.play.click();
  await app.waitForStep(20);
  await app.pause();
  const alert = page.locator("#unsaved");
  await expect(alert).toContainText("The browser’s storage is full.");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    alert.getByRole("button", { name: "Download the run" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`ganvas-quick-seed7-${await app.step()}.safetensors`);
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await page.locator("#step").click();
  await isSaved(page);
  await expect(alert).toHaveCount(0);
});

test("a run whose data the browser deletes is saved anew, whole", async ({ app }) => {
  const { page } = app;
  await app.open(RUN);
  await page.locator("#step").click();
  await isSaved(page);
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        Object.assign(indexedDB.deleteDatabase("ganvas"), { onsuccess: resolve, onerror: reject });
      }),
  );
  await page.locator("#step").click();
  await expect(page.locator("#runs")).toHaveAttribute("title", /step 2/);
  await page.goto("./");
  await page.locator("#go-on").click();
  await app.waitForStep(2);
  await app.pause();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#csv").click(),
  ]);
  const rows = (await readFile(await download.path(), "utf8")).split("\n");
  expect(rows.slice(1, 3).map((row) => row.split(",")[0])).toEqual(["1", "2"]);
});

test("where nothing can be kept, the run goes on and the browser asks before it is lost", async ({
  app,
}) => {
  const { page } = app;
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("A mutation operation was attempted.", "InvalidStateError");
    };
  });
  await app.open(RUN);
  await page.locator("#step").click();
  await expect(page.locator("#unsaved")).toContainText("This browser keeps nothing for this page");
  expect(await asksBeforeLeaving(page)).toBe(true);
  await page.locator("#step").click();
  await expect.poll(() => app.step()).toBe(2);
});

/** A page of this site, without the app, that opens the runs in a version and keeps them open. */
async function holdRuns(page: Page, version: number): Promise<void> {
  await page.route("**/hold", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>hold</title>" }),
  );
  await page.goto("./hold");
  await page.evaluate(
    (wanted) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("ganvas", wanted);
        opening.onupgradeneeded = () => {
          opening.result.createObjectStore("runs", { keyPath: "id" });
          for (const name of ["checkpoints", "history", "film"]) {
            opening.result.createObjectStore(name);
          }
        };
        opening.onsuccess = () => resolve();
        opening.onerror = () => reject(opening.error);
      }),
    version,
  );
}

test("a tab of an earlier version that has the runs open is named, until it is closed", async ({
  app,
  context,
}) => {
  const { page } = app;
  const earlier = await context.newPage();
  await holdRuns(earlier, 1);
  await app.open(RUN);
  await page.locator("#step").click();
  const notice = page.locator("#unsaved");
  await expect(notice).toContainText("Another tab has an earlier version of Ganvas open.");
  await page.locator("#runs").click();
  await expect(page.locator("gv-runs-dialog").getByRole("alert")).toContainText("earlier version");
  await page.keyboard.press("Escape");
  await earlier.close();
  await page.locator("#step").click();
  await isSaved(page);
  await expect(notice).toHaveCount(0);
});

test("a page whose runs a newer version has opened says that it has to be reloaded", async ({
  app,
  context,
}) => {
  const newer = await context.newPage();
  await holdRuns(newer, 99);
  await app.open(RUN);
  await app.page.locator("#step").click();
  await expect(app.page.locator("#unsaved")).toContainText("reload this page");
  await expect.poll(() => app.step()).toBe(1);
});

const SIDE = 32;
const COUNT = 20;

test("a set that cannot be kept is told, trains, and is saved as a file", async ({ app }) => {
  const { page } = app;
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
      if (this.name === "pictures") throw new DOMException("no room", "QuotaExceededError");
      return put.apply(this, args);
    };
  });
  await app.open();
  await page.locator("gv-welcome-panel #pictures").click();
  const files = Array.from({ length: COUNT }, (_, index) => ({
    name: `${index + 10}.png`,
    mimeType: "image/png",
    buffer: png(SIDE, SIDE, (x, y) => [index, x, y, 255]),
  }));
  await page.locator("gv-pictures-dialog #files").setInputFiles(files);
  await page.locator("#train-on").click();
  const notice = page.locator("#unsaved");
  await expect(notice).toContainText("The pictures of this run are not saved.");
  await expect(notice).toContainText("The browser’s storage is full.");
  // More than the one that is taken after the reset.
  await app.waitForStep(2);
  await app.pause();
  await isSaved(page, await app.step());
  expect(await asksBeforeLeaving(page)).toBe(true);
  await page.locator("#reset").click();
  // At once, while the run is given its pictures again.
  await page.locator("#step").click();
  await expect(page.locator("#steps")).toHaveText("1");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    notice.getByRole("button", { name: "Download the pictures" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.npz$/);
  const arrays = unzipSync(await readFile(await download.path()));
  const levels = arrays["images.npy"]?.subarray(-COUNT * 3 * SIDE ** 2) ?? [];
  const last = (COUNT - 1) * 3 * SIDE ** 2;
  // Red says which picture it is, green the column.
  expect([levels[last], levels[last + SIDE ** 2 + 5]]).toEqual([COUNT - 1, 5]);
  await expect(notice).toHaveCount(0);
  await isSaved(page, 1);
  expect(await asksBeforeLeaving(page)).toBe(false);
});
