// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Live training: changes the samples; can be paused, stepped and reset; and the same seed gives the
// same numbers.

import { expect, pixelsOf, test } from "./app_page";

test("changes the samples, and its losses are finite", async ({ app }) => {
  await app.open();
  await app.train();
  await app.waitForStep(1);
  await app.pause();
  const early = await app.pixels();
  await app.play.click();
  await app.waitForStep(300);
  await app.pause();
  const late = await app.pixels();
  const change = late.reduce((sum, value, i) => sum + Math.abs(value - (early[i] ?? 0)), 0);
  expect(change / late.length).toBeGreaterThan(5);
  const [lossD = Number.NaN, lossG = Number.NaN, dReal = 2, dFake = 2] = await app.numbers();
  for (const loss of [lossD, lossG]) {
    expect(Number.isFinite(loss)).toBe(true);
    expect(loss).toBeGreaterThan(0);
  }
  for (const probability of [dReal, dFake]) {
    expect(probability).toBeGreaterThanOrEqual(0);
    expect(probability).toBeLessThanOrEqual(1);
  }
  await expect(app.page.locator("#rate")).toHaveText("–");
  expect(await app.images()).toBeGreaterThan(299 * 16);
});

test("draws its curves", async ({ app }) => {
  await app.open();
  await app.trainAtLeast(50);
  for (const section of ["#losses", "#probabilities"]) {
    // They are drawn later than the numbers.
    await expect(async () => {
      const pixels = await pixelsOf(app.page.locator(`${section} canvas`), 200);
      const colors = { blue: 0, orange: 0 };
      for (let at = 0; at < pixels.length; at += 4) {
        const [r = 0, g = 0, b = 0, a = 0] = pixels.slice(at, at + 4);
        if (a > 200 && b > 150 && b - r > 80) colors.blue += 1;
        if (a > 200 && r > 150 && r - b > 100 && g < 160) colors.orange += 1;
      }
      expect(colors.blue, section).toBeGreaterThan(40);
      expect(colors.orange, section).toBeGreaterThan(40);
    }).toPass({ timeout: 20_000 });
  }
});

test("pauses", async ({ app }) => {
  await app.open();
  await app.trainAtLeast(20);
  const step = await app.step();
  const pixels = await app.settledPixels();
  await app.page.waitForTimeout(500);
  expect(await app.step()).toBe(step);
  expect(await app.pixels()).toEqual(pixels);
});

test("takes one step at a time", async ({ app }) => {
  await app.open();
  await app.trainAtLeast(1);
  const step = await app.step();
  const pixels = await app.pixels();
  await app.page.locator("#step").click();
  await expect.poll(() => app.step()).toBe(step + 1);
  await expect.poll(() => app.pixels()).not.toEqual(pixels);
  await app.page.locator("#step").click();
  await expect.poll(() => app.step()).toBe(step + 2);
});

test("resets to step 0 with the initial noise", async ({ app }) => {
  await app.open();
  await app.trainAtLeast(20);
  const trained = await app.settledPixels();
  await app.page.locator("#reset").click();
  await expect.poll(() => app.step()).toBe(0);
  // The new run's samples come after its number of steps.
  await expect.poll(() => app.pixels()).not.toEqual(trained);
  const untrained = await app.settledPixels();
  await app.play.click();
  await app.waitForStep(50);
  await app.page.locator("#reset").click();
  await expect.poll(() => app.step()).toBe(0);
  await expect.poll(() => app.pixels()).toEqual(untrained);
  await expect(app.play).toHaveText("Play");
});

test("disables no button while it resets, so that no click is lost", async ({ app, page }) => {
  await app.open();
  await app.trainAtLeast(1);
  const step = page.locator("#step");
  await step.evaluate((button) => {
    const observer = new MutationObserver(() => button.setAttribute("data-was-disabled", ""));
    observer.observe(button, { attributeFilter: ["disabled"] });
  });
  await page.locator("#reset").click();
  await step.click();
  await expect(page.locator("#steps")).toHaveText("1");
  await expect(step).not.toHaveAttribute("data-was-disabled");
});

test("gives the same losses from the same seed, and others from another", async ({ app }) => {
  const run = async (search: string): Promise<number[][]> => {
    await app.open(search);
    await app.trainAtLeast(1);
    await app.page.locator("#reset").click();
    await expect(app.page.locator("#steps")).toHaveText("0");
    return app.stepByStep(8);
  };
  const first = await run("?seed=5&examples=1000");
  expect(new Set(first.map(String)).size).toBeGreaterThan(4);
  expect(await run("?seed=5&examples=1000")).toEqual(first);
  expect(await run("?seed=6&examples=1000")).not.toEqual(first);
});

test("applies seed and number of digits from the settings, and writes them to the address", async ({
  app,
}) => {
  await app.open();
  await app.trainAtLeast(1);
  await app.page.locator("#settings").click();
  const dialog = app.page.getByRole("dialog");
  await dialog.getByLabel("Seed").fill("not a number");
  await dialog.getByRole("button", { name: "Apply and restart" }).click();
  await expect(dialog.getByRole("alert").filter({ hasText: "whole number" })).toBeVisible();
  await dialog.getByLabel("Seed").fill("5");
  await dialog.getByText("1,000").first().click();
  await dialog.getByRole("button", { name: "Apply and restart" }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => app.step()).toBe(0);
  await expect(app.page.locator("#real")).toContainText("1,000");
  expect(new URL(app.page.url()).searchParams.get("seed")).toBe("5");
  expect(new URL(app.page.url()).searchParams.get("examples")).toBe("1000");
  const chosen = await app.stepByStep(3);
  await app.open("?seed=5&examples=1000");
  await app.trainAtLeast(1);
  await app.page.locator("#reset").click();
  await expect(app.page.locator("#steps")).toHaveText("0");
  expect(await app.stepByStep(3)).toEqual(chosen);
});

test("can be controlled by keys alone", async ({ app }) => {
  await app.open();
  // Before anything is shown, keys do nothing.
  await expect(app.page.locator("#train")).toBeVisible();
  await app.page.keyboard.press(" ");
  await app.waitForStep(10);
  await app.page.keyboard.press(" ");
  await expect(app.play).toHaveText("Play");
  const step = await app.step();
  await app.page.keyboard.press("s");
  await expect.poll(() => app.step()).toBe(step + 1);
  await app.page.keyboard.press("r");
  await expect.poll(() => app.step()).toBe(0);
  await app.page.keyboard.press("n");
  await app.page.keyboard.press(" ");
  await app.waitForStep(5);
  await expect(app.page.getByRole("status")).toHaveText("Training");
});

test("arrow keys move a slider that has the focus, and else through the film", async ({ app }) => {
  const { page } = app;
  await app.open("?speed=100");
  await app.trainAtLeast(5);
  const speed = page.locator("#speed");
  const chosen = Number(await speed.inputValue());
  await speed.press("ArrowRight");
  await expect(speed).toHaveValue(String(chosen + 1));
  await speed.press("ArrowLeft");
  await expect(speed).toHaveValue(String(chosen));
  const caption = page.locator("figcaption");
  const now = `at step ${await app.step()}`;
  await expect(caption).toContainText(now);
  await page.locator("#step").press("ArrowLeft");
  await expect(caption).not.toContainText(now);
});

test("keys that follow a reset at once are not lost", async ({ app }) => {
  await app.open();
  await app.trainAtLeast(10);
  const press = (keys: string) =>
    app.page.evaluate((all) => {
      for (const key of all)
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }, keys);
  await press("rss");
  await expect.poll(() => app.step()).toBe(2);
  await press("r ");
  await app.waitForStep(5);
  await expect(app.play).toHaveText("Pause");
  await press("r");
  await expect.poll(() => app.step()).toBe(0);
  await expect(app.play).toHaveText("Play");
});

test("shows the pretrained digits and returns to the run", async ({ app }) => {
  await app.open();
  await app.trainAtLeast(30);
  const step = await app.step();
  const mine = await app.settledPixels();
  await app.page.locator("#home").click();
  await expect(app.page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect.poll(() => app.pixels()).not.toEqual(mine);
  await app.page.getByRole("button", { name: "Back to your run" }).click();
  await expect.poll(() => app.pixels()).toEqual(mine);
  expect(await app.step()).toBe(step);
});

test("a run of quick that has settled offers a finer one, also by keys", async ({ app }) => {
  // Thousands of steps in seconds.
  const networks =
    "g.layers=class_concat,linear:784,reshape:1:28:28,tanh&d.layers=flatten,class_projection,sigmoid";
  // At first slowly enough to be looked at.
  await app.open(`?seed=3&examples=1000&speed=200&${networks}`);
  const finer = app.page.getByRole("button", { name: "Train a finer one" });
  await app.train();
  await app.waitForStep(100);
  await expect(finer).toHaveCount(0);
  await app.page.locator("#speed").press("End");
  await app.waitForStep(6000);
  await finer.focus();
  await app.page.keyboard.press("Enter");
  await expect(app.page.locator("#settings")).toContainText("fine, seed 3");
  await expect(finer).toHaveCount(0);
  await expect(app.page.locator("gv-health-view p")).toBeFocused();
  await app.waitForStep(2);
  await expect(app.play).toHaveText("Pause");
  expect(new URL(app.page.url()).search).toBe("?seed=3&examples=1000&preset=fine");
});
