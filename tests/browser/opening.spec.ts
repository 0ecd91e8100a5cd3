// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The first minute: pretrained digits, new noise, and the button that starts training.

import { contrast, expect, test } from "./app_page";

test("opens on samples of the pretrained generator", async ({ app }) => {
  await app.open();
  await expect.poll(async () => contrast(await app.pixels())).toBeGreaterThan(30);
  // A trained generator draws ink on clean paper: most pixels are almost white.
  const pixels = await app.pixels();
  const paper = pixels.filter((value) => value > 220).length / pixels.length;
  expect(paper).toBeGreaterThan(0.5);
  await expect(app.page.getByRole("heading", { level: 1 })).toContainText("neural network");
  await expect(app.page.getByRole("button", { name: "Train one from scratch" })).toBeVisible();
  await expect(app.page.locator("#engine")).toContainText("WebAssembly");
});

test("draws from new noise on a click and on the key N", async ({ app }) => {
  await app.open();
  await expect.poll(async () => contrast(await app.pixels())).toBeGreaterThan(30);
  const first = await app.pixels();
  await app.page.getByRole("button", { name: "New noise" }).click();
  await expect.poll(() => app.pixels()).not.toEqual(first);
  const second = await app.pixels();
  await app.page.keyboard.press("n");
  await expect.poll(() => app.pixels()).not.toEqual(second);
  expect(contrast(await app.pixels())).toBeGreaterThan(30);
});

test("fits a laptop's window without scrolling, before and during training", async ({ app }) => {
  const overflow = () =>
    app.page.evaluate(() => {
      const { scrollHeight, scrollWidth, clientHeight, clientWidth } = document.documentElement;
      return [scrollHeight - clientHeight, scrollWidth - clientWidth];
    });
  await app.open();
  await expect(app.page.locator("#noise")).toBeEnabled();
  await expect.poll(overflow).toEqual([0, 0]);
  await app.trainAtLeast(1);
  await expect.poll(overflow).toEqual([0, 0]);
});

test("loads its engine and its network while the page's own code is still on its way", async ({
  app,
}) => {
  const { page } = app;
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/assets/shared-*.js", async (route) => {
    await held;
    await route.continue();
  });
  const opened = app.open();
  await expect
    .poll(() => asked.filter((url) => /ganvas-[\w-]+\.wasm|conditional/.test(url)).length)
    .toBe(2);
  release();
  await opened;
  await expect.poll(async () => contrast(await app.pixels())).toBeGreaterThan(30);
  expect(app.trainingWorkers).toHaveLength(1);
  expect(asked.filter((url) => url.endsWith("conditional.safetensors.gz"))).toHaveLength(1);
});

test("starts the engine that its link asks for, and no other", async ({ app }) => {
  await app.open("?tier=simd&threads=1");
  await expect.poll(async () => contrast(await app.pixels())).toBeGreaterThan(30);
  expect(app.trainingWorkers).toHaveLength(1);
  await expect(app.page.locator("#engine")).toContainText("1 thread");
});

test("draws every shape of its icons", async ({ app }) => {
  await app.open();
  // Beside each other: a shape inside another is not drawn.
  await expect(app.page.locator("#theme svg > circle + path")).toHaveCount(1);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("shows samples and controls first, and never scrolls sideways", async ({ app }) => {
    await app.open();
    await expect(app.samples).toBeInViewport({ ratio: 1 });
    await expect(app.page.locator("#train")).toBeInViewport({ ratio: 1 });
    await app.page.locator("#train").tap();
    await app.waitForStep(1);
    await expect(app.samples).toBeInViewport({ ratio: 1 });
    await expect(app.play).toBeInViewport({ ratio: 1 });
    expect(await app.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

test("switches between dark and light, and keeps the choice after a reload", async ({ app }) => {
  await app.page.emulateMedia({ colorScheme: "light" });
  await app.open();
  const paper = () => app.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await app.page.locator("#theme").click();
  const dark = await paper();
  expect(dark).not.toBe(light);
  await app.page.reload();
  expect(await paper()).toBe(dark);
  await app.page.locator("#theme").click();
  expect(await paper()).toBe(light);
});
