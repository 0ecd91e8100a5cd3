// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A run on the user's own pictures, which this device keeps: it trains, outlasts a reload, opens from its
// link, resets, and goes back to the digits; its pictures are deleted with it.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { AppPage, expect, isSaved, test } from "./app_page";
import { ganvas } from "./command";

const ID = "00000000feedf00d";
const COUNT = 60;
const SIDE = 32;
const RUN = `?view=train&preset=quick&seed=7&examples=50&batch_size=16&pictures=${ID}`;

/** 60 pictures in colour, (60, 3, 32, 32). */
const PIXELS = Array.from(
  { length: COUNT * 3 * SIDE ** 2 },
  (_, at) => (at * 7 + Math.floor(at / 97) * 31) % 256,
);

/** Puts the pictures, of two classes or of none, where the page keeps them. */
async function keepPictures(page: Page, wanted = ID, classNames = ["cats", "dogs"]): Promise<void> {
  await page.evaluate(
    async ({ id, classes, levels, count, side }) => {
      const pixels = Uint8Array.from(levels);
      const labels = Uint8Array.from({ length: classes.length && count }, (_, at) => at % 2);
      const shape = { id, channels: 3, side, classes: classes.length, classNames: classes };
      const kept = { facts: { ...shape, name: "pets", count }, set: { ...shape, pixels, labels } };
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open("ganvas", 2);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const write = db.transaction("pictures", "readwrite");
      write.objectStore("pictures").put(kept, id);
      await new Promise((resolve) => {
        write.oncomplete = resolve;
      });
      db.close();
    },
    { id: wanted, classes: classNames, levels: PIXELS, count: COUNT, side: SIDE },
  );
}

/** The ids of the sets that this device keeps. */
function keptIds(page: Page): Promise<IDBValidKey[]> {
  return page.evaluate(
    () =>
      new Promise<IDBValidKey[]>((resolve, reject) => {
        const opening = indexedDB.open("ganvas", 2);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const keys = opening.result.transaction("pictures").objectStore("pictures").getAllKeys();
          keys.onsuccess = () => {
            opening.result.close();
            resolve(keys.result);
          };
        };
      }),
  );
}

test.describe("a run on own pictures", () => {
  test.beforeEach(async ({ app, page }) => {
    await app.open(RUN);
    await expect(page.locator("#elsewhere")).toContainText("not on this device");
    await keepPictures(page);
    await app.open(RUN);
    await expect(page.locator("#real")).toContainText("50 pictures");
  });

  test("goes on after a reload with the losses of an unbroken run", async ({ app, page }) => {
    const unbroken = await app.stepByStep(4);
    await page.locator("#reset").click();
    await expect(page.locator("#steps")).toHaveText("0");
    expect(await app.stepByStep(2)).toEqual(unbroken.slice(0, 2));
    await isSaved(page, 2);
    await app.open(RUN);
    await page.locator("#all-runs").click();
    const row = page.locator("gv-runs-dialog li");
    await expect(row).toContainText("pets");
    await row.getByRole("button", { name: "Go on" }).click();
    await expect(page.locator("#steps")).toHaveText("2");
    await expect(page.locator("#real")).toContainText("50 pictures");
    for (const step of [3, 4]) {
      await page.locator("#step").click();
      await expect(page.locator("#steps")).toHaveText(String(step));
      expect(await app.numbers()).toEqual(unbroken[step - 1]);
    }
  });

  test("has settings for its own pictures, and its classes in columns", async ({ page }) => {
    await expect(page.locator("#grid")).toHaveValue("10");
    await page.locator("#settings").click();
    await expect(page.locator("#examples")).toHaveValue("50");
    await expect(page.locator("gv-settings-dialog")).toContainText(
      "How many of the 60 pictures, from the first on.",
    );
    await page.locator("#examples").fill("61");
    await page.locator("#apply").click();
    await expect(page.getByText("A whole number from 1 to 60.")).toBeVisible();
    await page.locator("#preset").selectOption("dcgan");
    await expect(page.locator("#preset-help")).toContainText("Deep convolutional");
    await page.locator("#examples").fill("40");
    await page.locator("#apply").click();
    await expect(page.locator("#real")).toContainText("40 pictures");
    await expect(page.locator("#refusal")).toHaveCount(0);
    await expect(page).toHaveURL(new RegExp(`preset=dcgan.*pictures=${ID}`));
    await page.locator("#step").click();
    await expect(page.locator("#steps")).toHaveText("1");
  });

  test("gives way to the digits, and its pictures are deleted with it", async ({ app, page }) => {
    await app.stepByStep(1);
    await isSaved(page, 1);
    await page.locator("#runs").click();
    const row = page.locator("gv-runs-dialog li");
    await row.getByRole("button", { name: "Rename" }).click();
    await row.locator("input").fill("mine");
    await page.keyboard.press("Enter");
    await expect(row).toContainText("pets");
    // 60 x (3 x 32 x 32 levels and a label).
    await expect(page.locator("gv-runs-dialog .below")).toContainText("their pictures, 184 kB");
    await page.keyboard.press("Escape");
    await page.locator("#real #back").click();
    await expect(page.locator("#real")).toContainText("10,000 digits");
    await expect(page).not.toHaveURL(/pictures=/);
    await app.stepByStep(1);
    expect(await keptIds(page)).toEqual([ID]);
    await page.locator("#runs").click();
    const mine = page.locator("gv-runs-dialog li").filter({ hasText: "mine" });
    await mine.getByRole("button", { name: "Delete" }).click();
    await mine.getByRole("button", { name: "Delete" }).click();
    await expect(mine).toHaveCount(0);
    expect(await keptIds(page)).toEqual([]);
  });

  test("is dropped with its pictures when it was short, but not by a reset", async ({
    app,
    page,
  }) => {
    await app.stepByStep(1);
    await isSaved(page, 1);
    await page.locator("#reset").click();
    await expect(page.locator("#steps")).toHaveText("0");
    await expect(page.locator("#real")).toContainText("50 pictures");
    expect(await keptIds(page)).toEqual([ID]);
    await app.stepByStep(1);
    await isSaved(page, 1);
    await page.locator("#real #back").click();
    await expect(page.locator("#real")).toContainText("10,000 digits");
    expect(await keptIds(page)).toEqual([]);
  });

  for (const locks of ["with locks", "over plain http, which has none"]) {
    test(`leaves the pictures to another tab that has not saved its run on them yet, ${locks}`, async ({
      app,
      page,
      context,
    }) => {
      if (locks !== "with locks") {
        await context.addInitScript("delete Navigator.prototype.locks");
        await app.open(RUN);
        expect(await page.evaluate("navigator.locks")).toBeUndefined();
        await expect(page.locator("#real")).toContainText("50 pictures");
      }
      const other = new AppPage(await context.newPage());
      await other.open(RUN);
      await expect(other.page.locator("#real")).toContainText("50 pictures");
      // Browsers draw nothing in a tab behind another.
      await page.bringToFront();
      await page.locator("#real #back").click();
      await expect(page.locator("#real")).toContainText("10,000 digits");
      expect(await keptIds(page)).toEqual([ID]);
      await other.page.bringToFront();
      await other.page.locator("#real #back").click();
      await expect(other.page.locator("#real")).toContainText("10,000 digits");
      expect(await keptIds(page)).toEqual([]);
    });
  }

  test("is dropped with its pictures also if it was never saved", async ({ page }) => {
    await page.locator("#real #back").click();
    await expect(page.locator("#real")).toContainText("10,000 digits");
    expect(await keptIds(page)).toEqual([]);
  });
});

test("the page's run on own pictures is the command's, bit by bit", async ({ app, page }) => {
  const folder = await mkdtemp(join(tmpdir(), "ganvas-own-"));
  const [set, model, next] = [join(folder, "set.npy"), join(folder, "model"), join(folder, "next")];
  try {
    const shape = `(${COUNT}, 3, ${SIDE}, ${SIDE})`;
    const facts = `{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117);
    const start = [0x93, ...Buffer.from("NUMPY"), 1, 0, 118, 0];
    await writeFile(set, Uint8Array.from([...start, ...Buffer.from(`${facts}\n`), ...PIXELS]));
    const options = ["--data", set, "--preset", "quick", "--seed", "7", "--steps", "3"];
    await ganvas("train", ...options, "--out", model);
    const told = JSON.parse(await ganvas("info", "--json", "--model", model)) as {
      readonly pictures: string;
    };
    const run = `?view=train&preset=quick&seed=7&pictures=${told.pictures}`;
    await app.open(run);
    await expect(page.locator("#elsewhere")).toBeVisible();
    await keepPictures(page, told.pictures, []);
    await app.open(run);
    await app.stepByStep(3);
    await isSaved(page, 3);
    await page.locator("#runs").click();
    await page.locator("gv-runs-dialog").getByRole("button", { name: "Download" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("gv-runs-dialog .checkpoint").click(),
    ]);
    await download.saveAs(next);
    expect((await readFile(next)).equals(await readFile(model))).toBe(true);
    await ganvas("train", "--resume", next, "--data", set, "--steps", "1");
    const other = ganvas("train", "--resume", next, "--data", "assets/mnist", "--steps", "1");
    await expect(other).rejects.toThrow("does not hold the pictures");
  } finally {
    await rm(folder, { recursive: true });
  }
});
