// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Learn: all stations, what can be changed at each, the experiments, and that the user's run is
// unchanged afterwards.

import { type AppPage, contrast, expect, pixelsOf, test, violations } from "./app_page";

const STATIONS = 8;

/** Opens a station by link and waits for its GAN's step. */
async function openStation(app: AppPage, station: number, more = ""): Promise<void> {
  await app.open(`?view=learn&station=${station}${more}`);
  await expect(app.page.locator("gv-learn #trained")).toContainText(/\d/);
}

async function slide(app: AppPage, slider: string, value: number): Promise<void> {
  await app.page.locator(`gv-learn ${slider}`).fill(String(value));
}

function textOf(app: AppPage, selector: string): () => Promise<string> {
  return async () => (await app.page.locator(`gv-learn ${selector}`).textContent()) ?? "";
}

test("visits all stations by keyboard, highlights their code, and is accessible", async ({
  app,
}) => {
  await openStation(app, 1);
  const { page } = app;
  for (let station = 1; station <= STATIONS; station += 1) {
    await expect(page).toHaveURL(station === 1 ? /station=1/ : new RegExp(`station=${station}$`));
    await expect(page.locator("gv-learn .steps a[aria-current=step] b")).toHaveText(
      String(station),
    );
    await expect(page.locator("gv-learn pre .lit").first()).toBeVisible();
    await expect(page.locator("gv-learn .stage svg, gv-learn .stage canvas").first()).toBeVisible();
    if (station === 5 || station === 8) expect(await violations(page)).toEqual([]);
    await page.keyboard.press("ArrowRight");
  }
  await expect(page).toHaveURL(/experiment=collapse/);
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(/station=8/);
  await page.goBack();
  await expect(page).toHaveURL(/experiment=collapse/);
});

test("shows a pixel's conversion from its byte to the network's input", async ({ app }) => {
  await openStation(app, 1);
  const byte = Number(await textOf(app, "#byte")());
  expect(Number(await textOf(app, "#unit")())).toBeCloseTo(byte / 255, 3);
  expect(Number(await textOf(app, "#input")())).toBeCloseTo((byte / 255 - 0.5) / 0.5, 2);
  const picture = app.page.locator("gv-learn #picture");
  await picture.click({ position: { x: 6, y: 6 } });
  await expect(app.page.locator("gv-learn #byte")).toHaveText("0");
  await expect(app.page.locator("gv-learn #input")).toHaveText("-1.000");
  await picture.press("ArrowDown");
  await expect(picture).toHaveAccessibleName(/row 2, column 1/);
  await expect(app.page).toHaveURL(/station=1/);
});

test("every station's control has its effect", async ({ app }) => {
  await openStation(app, 2);
  const { page } = app;
  const first = await textOf(app, "#first")();
  await page.locator("gv-learn #new-noise").click();
  await expect.poll(textOf(app, "#first")).not.toBe(first);

  await page.keyboard.press("ArrowRight");
  const made = page.locator("gv-learn #made canvas");
  await expect.poll(async () => contrast(await pixelsOf(made, 28))).toBeGreaterThan(5);
  const picture = await pixelsOf(made, 28);
  await slide(app, "#between", 40);
  await expect.poll(() => pixelsOf(made, 28)).not.toEqual(picture);

  await page.locator("gv-learn #next").click();
  const trusted = Number(await textOf(app, "#mean")());
  await slide(app, "#strength", 1.5);
  await expect.poll(async () => Number(await textOf(app, "#mean")())).not.toBe(trusted);

  await page.locator("gv-learn #next").click();
  await slide(app, "#supposed", 0.5);
  await page.locator("gv-learn #detach").uncheck();
  // lossD's gradient is p / 2, lossG's is 1 - p: half is cancelled at p = 0.5.
  await expect(page.locator("gv-learn #cancelled")).toContainText("50 %");
  await slide(app, "#supposed", 0.9);
  await expect(page.locator("gv-learn #cancelled")).toContainText("is reversed");

  await page.locator("gv-learn #next").click();
  await slide(app, "#chosen", 0.9);
  await expect(page.locator("gv-learn #if-real")).toHaveText("0.105");
  await expect(page.locator("gv-learn #if-fake")).toHaveText("2.303");

  await page.locator("gv-learn #next").click();
  const lossD = page.locator("gv-learn #loss-d .after");
  const slow = Number(await lossD.textContent());
  await page.locator("gv-learn #rates input[value='10']").check();
  await expect.poll(async () => Number(await lossD.textContent())).toBeLessThan(slow);

  await page.locator("gv-learn #next").click();
  const lossG = page.locator("gv-learn #loss-g .after");
  const before = await lossG.textContent();
  await page.locator("gv-learn #rates input[value='0.1']").check();
  await expect(lossG).not.toHaveText(before ?? "");

  await page.locator("gv-learn [data-more='500']").click();
  await expect(page.locator("gv-learn #trained")).toContainText("1,501");
  await page.locator("gv-learn #untrained").click();
  await expect(page.locator("gv-learn #trained")).toContainText("step 1 ");
});

test("leaves the user's run unchanged", async ({ app }) => {
  await app.open("?examples=1000");
  await app.trainAtLeast(20);
  const [step, numbers] = [await app.step(), await app.numbers()];
  const { page } = app;
  await page.locator("#view-learn").click();
  await expect(page.locator("gv-learn #trained")).toContainText(/\d/);
  await page.locator("#view-train").click();
  await expect.poll(() => app.step()).toBe(step);
  expect(await app.numbers()).toEqual(numbers);
  await expect(page).not.toHaveURL(/station/);
  await page.locator("#step").click();
  await expect.poll(() => app.step()).toBe(step + 1);
});

for (const [name, figure] of [
  ["collapse", "modes"],
  ["detach", "cosine"],
  ["strong", "readable"],
  ["saturating", "readable"],
] as const) {
  test(`runs the experiment “${name}” side by side and explains the result`, async ({ app }) => {
    await app.open(`?view=learn&experiment=${name}`);
    const { page } = app;
    await page.locator("gv-experiment [data-guess='2']").click();
    const measured = page.locator(`gv-experiment [data-side=broken] [data-figure=${figure}]`);
    await expect(measured).toHaveText(/\d/);
    if (name === "collapse") expect(await violations(page)).toEqual([]);
    await page.locator("gv-experiment #stop").click();
    await expect(page.locator("gv-experiment #verdict")).toContainText("What happened");
    await page.locator("gv-experiment #again").click();
    await expect(page.locator("gv-experiment #verdict")).toHaveCount(0);
    await expect(measured).toHaveText(/\d/);
  });
}

test("switches to Chinese immediately", async ({ app }) => {
  await openStation(app, 8);
  const number = await textOf(app, "#loss-g .after")();
  await app.page.locator("#language").click();
  await expect(app.page.locator("gv-learn h1")).toHaveText("生成器学习");
  await expect(app.page.locator("gv-learn #loss-g")).toContainText("越小越好");
  expect(await textOf(app, "#loss-g .after")()).toBe(number);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("fits its width and is accessible", async ({ app }) => {
    await openStation(app, 5);
    expect(await violations(app.page)).toEqual([]);
    for (const name of ["next", "previous"]) {
      const box = await app.page.locator(`gv-learn #${name}`).boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
    }
    // A phone zooms out of a page that is too wide, which makes its window wider.
    expect(await app.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
