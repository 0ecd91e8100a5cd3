// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The benchmark opens by link and from the footer, measures, stops, and leaves the page's run
// unchanged. Its figures are only compared with each other.

import type { Locator } from "@playwright/test";
import { type AppPage, expect, test } from "./app_page";

const dialogOf = (app: AppPage): Locator => app.page.getByRole("dialog");
const rowOf = (app: AppPage, preset: string): Locator =>
  app.page.locator(`#presets [data-row=${preset}]`);

/** id of the focused element, through all shadow trees. */
function focusedId(app: AppPage): Promise<string | undefined> {
  return app.page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused?.id;
  });
}

test("opens by link, measures, stops, and leaves the page able to train", async ({
  app,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await app.open("?view=benchmark&examples=1000");
  await expect(dialogOf(app)).toBeVisible();
  expect(await focusedId(app)).toBe("start");
  await expect(app.page.locator("#copy")).toBeDisabled();

  await app.page.keyboard.press("Enter");
  await expect(dialogOf(app).getByRole("progressbar")).toBeVisible();
  for (const preset of ["quick", "seed"]) {
    const row = rowOf(app, preset);
    await expect(row).toHaveAttribute("data-flops", /^\d+$/);
    const flops = Number(await row.getAttribute("data-flops"));
    const shown = await row.locator("td").allTextContents();
    const [steps = Number.NaN, gigaflops = Number.NaN] = shown.map((text) =>
      Number.parseFloat(text.replaceAll(",", "")),
    );
    expect(steps).toBeGreaterThan(0);
    // Both values are rounded to three digits.
    expect((gigaflops * 1e9) / (steps * flops)).toBeGreaterThan(0.989);
    expect((gigaflops * 1e9) / (steps * flops)).toBeLessThan(1.011);
  }

  await app.page.locator("#start").click();
  await expect(dialogOf(app).getByRole("status")).toHaveText("The benchmark was stopped.");
  await expect.poll(() => app.trainingWorkers.length).toBe(1);
  await app.page.locator("#copy").click();
  await expect(dialogOf(app).getByRole("status")).toHaveText("Copied as a Markdown table.");
  const copied = await app.page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^Ganvas · .*Chrome [\d.]+ · \d+ cores\n\n\| Engine \| GAN \|/);
  expect(copied).toMatch(/\| quick \| [\d.,]+ \| [\d.,]+ \|\n/);

  await app.page.keyboard.press("Escape");
  await expect(dialogOf(app)).toBeHidden();
  // A dialog tells that it is closed a moment after it is hidden.
  await expect.poll(() => new URL(app.page.url()).search).toBe("?examples=1000");
  await app.trainAtLeast(5);
});

test("pauses a playing run, blocks its keys, and resumes it when closed", async ({ app }) => {
  await app.open("?examples=1000");
  await app.train();
  await app.waitForStep(5);
  await app.page.locator("#engine").click();
  await expect(dialogOf(app)).toBeVisible();
  await expect(app.play).toHaveText("Play");
  const step = await app.step();
  await app.page.locator("#start").click();
  // With nothing focused, keys go to the page.
  await app.page.locator("#start").blur();
  for (const key of ["r", "s", "n", " "]) await app.page.keyboard.press(key);
  await expect(rowOf(app, "quick")).toHaveAttribute("data-flops", /^\d+$/);
  expect(await app.step()).toBe(step);
  // Closing stops the measurement.
  await app.page.keyboard.press("Escape");
  await expect(dialogOf(app)).toBeHidden();
  await expect.poll(() => app.trainingWorkers.length).toBe(1);
  expect(await focusedId(app)).toBe("engine");
  await app.waitForStep(step + 5);
});

test("does not start a paused run", async ({ app }) => {
  await app.open("?examples=1000");
  await app.trainAtLeast(5);
  const step = await app.step();
  await app.page.locator("#engine").click();
  await dialogOf(app).getByRole("button", { name: "Close" }).click();
  await expect(dialogOf(app)).toBeHidden();
  await app.page.waitForTimeout(300);
  expect(await app.step()).toBe(step);
  await expect(app.play).toHaveText("Play");
});

test.describe("when the core cannot be loaded again", () => {
  test.use({ expectedTroubles: /Failed to load resource|ERR_FAILED|net::/ });

  test("shows the failure in each cell and continues", async ({ app }) => {
    await app.open("?view=benchmark");
    await expect(dialogOf(app)).toBeVisible();
    await app.page.route("**/assets/*.wasm-*.gz", (route) => route.abort());
    await app.page.locator("#start").click();
    await expect(dialogOf(app).getByRole("status")).toHaveText("The benchmark is finished.");
    const cells = await app.page.locator("#engines tbody td").allInnerTexts();
    expect(new Set(cells)).toEqual(new Set(["not loaded"]));
  });
});
