// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How the samples of a run on own pictures are judged: the figures beside those of the pictures, the
// nearest of them in the loupe, and what is said while the judge is not there yet.

import type { Page } from "@playwright/test";
import { type AppPage, expect, test, violations } from "./app_page";
import { type Color, png } from "./picture_files";

const SIDE = 32;
const COUNT = 40;

/** A disc on white; each picture has a colour, a place and a size of its own. */
function colorAt(index: number, x: number, y: number): Color {
  const [dx, dy] = [x - 10 - ((index * 7) % 13), y - 10 - ((index * 5) % 13)];
  const radius = 5 + (index % 5);
  return dx * dx + dy * dy > radius * radius
    ? [255, 255, 255, 255]
    : [(index * 53) % 200, (index * 31) % 200, (index * 97) % 200, 255];
}

/** The set as a run has it: (3, SIDE, SIDE) bytes of each picture. */
const SET = Array.from({ length: COUNT }, (_, index) =>
  [0, 1, 2].flatMap((channel) =>
    Array.from(
      { length: SIDE * SIDE },
      (_, at) => colorAt(index, at % SIDE, Math.floor(at / SIDE))[channel],
    ),
  ),
);

/** Begins a run on the pictures, as a user does. */
async function trainOnDiscs(app: AppPage): Promise<void> {
  await app.open();
  await app.page.locator("gv-welcome-panel #pictures").click();
  await app.page.locator("gv-pictures-dialog #files").setInputFiles(
    SET.map((_, index) => ({
      name: `${index}.png`,
      mimeType: "image/png",
      buffer: png(SIDE, SIDE, (x, y) => colorAt(index, x, y)),
    })),
  );
  await app.page.locator("gv-pictures-dialog #train-on").click();
  await app.waitForStep(20);
}

function judge(page: Page): Promise<void> {
  return page.locator("gv-curves-view").getByRole("button", { name: "Quality" }).click();
}

/** The numbers in the cells of a row: "12.3 %" and "0.52 ± 0.01". */
async function figures(page: Page, name: string): Promise<number[][]> {
  const cells = page.locator("gv-picture-quality tr").filter({ hasText: name }).locator("td");
  const texts = await cells.allTextContents();
  return texts.map((text) => (text.match(/[\d.]+/g) ?? []).map(Number));
}

test("samples of own pictures have figures within their ranges, beside those of the pictures", async ({
  app,
}) => {
  await trainOnDiscs(app);
  const { page } = app;
  await judge(page);
  const quality = page.locator("gv-picture-quality");
  await expect(quality).toContainText(`500 samples beside ${COUNT} pictures`);
  await expect(quality.locator("[data-verdict]")).toHaveAttribute(
    "data-verdict",
    /^(unlike|collapsed|memorised|narrowing|healthy)$/,
  );
  for (const [name, most, hasSpread] of [
    ["Distance to the nearest picture", 100, false],
    ["Near-copies", 100, false],
    ["Density", 20, true],
    ["Coverage", 100, true],
    ["Diversity", 20, true],
  ] as const) {
    const [samples = [], pictures = []] = await figures(page, name);
    expect([samples.length, pictures.length], name).toEqual([1, hasSpread ? 2 : 1]);
    for (const value of [...samples, ...pictures]) {
      expect(value, name).toBeGreaterThanOrEqual(0);
      expect(value, name).toBeLessThanOrEqual(most);
    }
  }
  // Discs of the same set: one half is as diverse as the other, and covers most of it.
  const [, [diversity = 0] = []] = await figures(page, "Diversity");
  expect(Math.abs(diversity - 1)).toBeLessThan(0.1);
  const [, [coverage = 0] = []] = await figures(page, "Coverage");
  expect(coverage).toBeGreaterThan(70);
  expect(await violations(page)).toEqual([]);
});

test("the loupe shows one of the pictures as the nearest, as it is in the set", async ({ app }) => {
  await trainOnDiscs(app);
  await app.pause();
  const { page } = app;
  await page.locator("#samples").hover({ position: { x: 30, y: 30 } });
  const nearest = page.locator("gv-loupe figure").filter({ hasText: "Nearest of your pictures" });
  await expect(nearest).toBeVisible();
  const values = await nearest
    .locator("gv-image-grid")
    .evaluate((grid) =>
      Array.from((grid as unknown as { pictures: { values: Uint8Array } }).pictures.values),
    );
  expect(SET.map((picture) => picture.join()).indexOf(values.join())).toBeGreaterThanOrEqual(0);
  const [distance = -1] = ((await nearest.textContent())?.match(/[\d.]+(?=\s%)/) ?? []).map(Number);
  expect(distance).toBeGreaterThan(0);
  expect(distance).toBeLessThan(100);
  // On a phone three pictures are wider than the room beside any sample.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.mouse.move(1, 1);
  await page.locator("#samples").hover();
  await expect(nearest).toBeInViewport({ ratio: 1 });
});

test("the judge says what it does, and one that stalls is loaded anew", async ({ app }) => {
  const { page } = app;
  // What the judge computes would be over before anybody reads it.
  await page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    Object.assign(window, { release });
    Worker.prototype.postMessage = function (message: { method?: string }, ...rest: unknown[]) {
      const post = (): void => Reflect.apply(postMessage, this, [message, ...rest]);
      if (message.method === "judge") void released.then(post);
      else post();
    };
  });
  let requests = 0;
  await page.route(/ganvas-judge-\w+\.wasm/, async (route) => {
    requests += 1;
    // The first is never answered.
    if (requests > 1) await route.continue();
  });
  await trainOnDiscs(app);
  await judge(page);
  const quality = page.locator("gv-picture-quality");
  await expect(quality).toContainText("Loading the judge");
  await expect(quality).toContainText("No data has arrived for ten seconds.");
  await quality.getByRole("button", { name: "Try again" }).click();
  await expect(quality.getByRole("status")).toHaveText(`Comparing with ${COUNT} pictures …`);
  await page.evaluate("release()");
  await expect(quality).toContainText(`500 samples beside ${COUNT} pictures`);
  expect(requests).toBe(2);
});
