// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page as one file, opened from the disk by Chromium, Firefox and WebKit: it trains, explores, teaches and speaks
// Chinese, asks for nothing but itself, and computes what the served page does.

import { copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { contrast, isSaved, expect as once, pixelsOf, test } from "./app_page";
import { type EnginePage, FIND } from "./engine_page";
import { Firefox } from "./firefox_driver";
import { WebKit } from "./webkit_driver";

const BUILT = fileURLToPath(new URL("../../web/dist/ganvas.html", import.meta.url));

test.describe.configure({ timeout: 120_000 });

/** A browser that has just been started is slow, and the file has to be unpacked. */
const expect = once.configure({ timeout: 40_000 });

let folder: string;
/** Its address, in a folder whose name has a blank and a letter that is not ASCII's. */
let file: string;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ganvas é "));
  file = pathToFileURL(join(folder, "ganvas.html")).href;
  copyFileSync(BUILT, join(folder, "ganvas.html"));
});

test.afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("trains and explores from a file in Chromium", async ({ app }) => {
  const { page } = app;
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${file}?lang=en`);
  await expect(page.locator("figcaption")).toContainText("by the pretrained network");
  await expect.poll(async () => contrast(await app.pixels())).toBeGreaterThan(20);
  await app.trainAtLeast(60);
  await page.locator("#samples").focus();
  await page.keyboard.press("ArrowRight");
  // The judge finds it.
  await expect(page.locator("gv-loupe")).toContainText(/Nearest real digit\s+Distance: \d+\.\d/);
  await page.keyboard.press("Escape");

  await page.locator("#view-explore").click();
  await expect
    .poll(async () => contrast(await pixelsOf(page.locator("gv-plane-tool canvas").first(), 96)))
    .toBeGreaterThan(20);
  // The discriminator and the unseen digits are there, too.
  await page.getByRole("tab", { name: "Draw" }).click();
  await expect(page.locator("gv-draw-tool")).toContainText(/0\.\d\d/);
  expect(asked.filter((url) => !/^(blob|data):/.test(url))).toEqual([`${file}?lang=en`]);
});

test("teaches and speaks Chinese from a file in Chromium", async ({ app }) => {
  const { page } = app;
  await page.goto(`${file}?view=learn&lang=en`);
  await expect(page.locator("gv-learn #trained")).toContainText(/\d/);
  await page.locator("#language").click();
  await expect(page.locator("#view-learn")).toHaveText("学习");
  await expect(page.locator("gv-learn")).toContainText("像素");
});

test("computes the same losses from a file as when it is served", async ({ app }) => {
  await app.open("?view=train&seed=7&tier=simd&threads=1&examples=2000");
  const served = await app.stepByStep(5);
  // The browser asks unless the run is saved by now.
  app.page.on("dialog", (dialog) => void dialog.accept());
  await app.page.goto(`${file}?view=train&seed=7`);
  expect(await app.stepByStep(5)).toEqual(served);
});

test("goes on with its run after a reload in Chromium", async ({ app }) => {
  const { page } = app;
  await page.goto(`${file}?view=train&seed=7`);
  await app.play.click();
  await app.waitForStep(20);
  await app.pause();
  await isSaved(page);
  const step = await app.step();
  await page.goto(file);
  await page.locator("#go-on").click();
  await app.waitForStep(step + 1);
  expect(new URL(page.url()).searchParams.get("seed")).toBe("7");
});

/** The run that has been paused. */
async function keepsItsRun(browser: EnginePage): Promise<void> {
  const title = (): Promise<string> =>
    browser.run(`${FIND}; return find(document, "#runs")?.title ?? ""`);
  await expect.poll(title).toContain("This one is saved up to step");
}

test("says what the file does not hold instead of failing", async ({ app }) => {
  const { page } = app;
  await page.goto(`${file}?view=train&examples=10000`);
  await expect(page.locator("#problems")).toContainText("examples=10000");
  await page.locator("#judge").click();
  await expect(page.locator("gv-quality-view")).toContainText("This file does not hold them");
  await page.locator("#pictures").click();
  await expect(page.locator("gv-pictures-dialog")).toContainText("no room for what reads pictures");
  await page.keyboard.press("Escape");
  await page.locator("#settings").click();
  await expect(page.locator("gv-settings-dialog")).toContainText("This file holds 2,000 digits");
  await expect(page.locator("input[name=examples]")).toHaveCount(2);
  await page.goto(`${file}?view=explore&model=dcgan`);
  await expect(page.locator("#problems")).toContainText("model=dcgan");
  await expect(page.locator("#model option:disabled")).toContainText("DCGAN");
  await expect(page.locator("#download option:disabled")).toHaveText("ONNX: on the web page");
  await expect(page.locator("#share")).toHaveCount(0);
});

test("the site offers the file", async ({ app }) => {
  await app.open();
  await app.page.locator("#share").click();
  const download = app.page.waitForEvent("download");
  await app.page.locator("gv-share-dialog #file").click();
  const path = await (await download).path();
  expect(statSync(path).size).toBe(statSync(BUILT).size);
  expect(statSync(path).size).toBeLessThanOrEqual(1_500_000);
});

test("trains, explores, teaches and speaks Chinese from a file in Firefox", async () => {
  const firefox = await Firefox.start();
  try {
    await firefox.page.goto(`${file}?lang=en`);
    await expect.poll(() => firefox.text("figcaption")).toContain("by the pretrained network");
    await firefox.press("#train");
    await expect.poll(() => firefox.step()).toBeGreaterThan(20);
    await firefox.press("#play");
    await expect.poll(() => firefox.text("#play")).toBe("Play");
    await keepsItsRun(firefox);
    await firefox.press("#view-explore");
    await firefox.press("#tab-draw");
    await expect.poll(() => firefox.text("[data-score]")).toMatch(/0\.\d\d/);
    await firefox.press("#view-learn");
    await expect.poll(() => firefox.text("#trained")).toMatch(/\d/);
    await firefox.press("#language");
    await expect.poll(() => firefox.text("#view-learn")).toBe("学习");
    expect(firefox.troubles).toEqual([]);
  } finally {
    await firefox.stop();
  }
});

test("trains, explores and speaks Chinese from a file in WebKit", async () => {
  const webkit = await WebKit.start();
  try {
    await webkit.open(`${file}?lang=en`);
    await expect.poll(() => webkit.text("figcaption")).toContain("by the pretrained network");
    await webkit.press("#train");
    await expect.poll(() => webkit.step()).toBeGreaterThan(20);
    await webkit.press("#play");
    await expect.poll(() => webkit.text("#play")).toBe("Play");
    await keepsItsRun(webkit);
    await webkit.press("#view-explore");
    await webkit.press("#tab-digit");
    const shown = (): Promise<number> =>
      webkit.run(`${FIND}; return find(document, "#sample")?.image?.length ?? 0`);
    await expect.poll(shown).toBe(784);
    await webkit.press("#language");
    await expect.poll(() => webkit.text("#view-learn")).toBe("学习");
  } finally {
    await webkit.stop();
  }
});
