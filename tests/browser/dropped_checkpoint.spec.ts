// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A checkpoint that is dropped on Train: the run goes on from it, and the file is opened once.

import type { Page } from "@playwright/test";
import { type AppPage, expect, test } from "./app_page";
import { trainedCheckpoint } from "./command";
import { openWith } from "./course_page";

const RUN = ["--preset", "quick", "--seed", "7", "--examples", "1000", "--steps", "100"];

async function dropOnTrain({ page }: AppPage, name: string, bytes: Uint8Array): Promise<void> {
  const dropped = await page.evaluateHandle(
    ([title, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], title));
      return data;
    },
    [name, Buffer.from(bytes).toString("base64")] as const,
  );
  await page.locator("#samples").dispatchEvent("drop", { dataTransfer: dropped });
}

/** Opens another view, and comes back when the offer of saved runs has had time to act. */
async function lookAt(page: Page, view: "explore" | "learn"): Promise<void> {
  await page.locator(`#view-${view}`).click();
  await expect(page.locator(`gv-${view}`)).toBeVisible();
  await page.locator("#view-train").click();
  await expect(page.locator("gv-saved-run[looked]")).toHaveCount(1);
  await page.waitForTimeout(1000);
}

test("a checkpoint dropped on Train goes on from its step, and is not opened again after another view", async ({
  app,
}) => {
  const { page } = app;
  const checkpoint = await trainedCheckpoint(...RUN);

  await app.open("?view=train&examples=1000");
  await expect(app.play).toBeEnabled();
  await dropOnTrain(app, "mine.safetensors", checkpoint);
  await expect.poll(() => app.step()).toBe(100);
  expect(new URL(page.url()).searchParams.get("seed")).toBe("7");
  await page.locator("#step").click();
  await expect.poll(() => app.step()).toBe(101);
  for (const view of ["explore", "learn"] as const) {
    await lookAt(page, view);
    expect(await app.step()).toBe(101);
  }
  await page.locator("#runs").click();
  await expect(page.locator("gv-runs-dialog li")).toHaveCount(1);
});

test("a checkpoint dropped on an element in somebody's page goes on there, before the core is loaded as well", async ({
  app,
}) => {
  const { page } = app;
  const checkpoint = await trainedCheckpoint(...RUN);
  let load = (): void => {};
  const dropped = new Promise<void>((resolve) => {
    load = resolve;
  });
  await page.route(/\.wasm/, async (route) => {
    await dropped;
    await route.continue();
  });

  await openWith(page, `<ganvas-app view="train" examples="1000" assets="/assets/"></ganvas-app>`);
  await expect(page.locator("#samples")).toBeVisible();
  await dropOnTrain(app, "mine.safetensors", checkpoint);
  load();
  await expect.poll(() => app.step()).toBe(100);
  await page.locator("#step").click();
  await expect.poll(() => app.step()).toBe(101);
  await dropOnTrain(app, "holiday.safetensors", new Uint8Array(64));
  await expect(page.getByRole("alert")).toContainText("“holiday.safetensors” could not be opened.");
  expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);
});

test("a dropped file that is no checkpoint is refused once", async ({ app }) => {
  const { page } = app;
  await app.open("?view=train&examples=1000");
  await expect(app.play).toBeEnabled();
  await dropOnTrain(app, "holiday.safetensors", new Uint8Array(64));
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("“holiday.safetensors” could not be opened.");
  await lookAt(page, "explore");
  await expect(alert).toHaveCount(0);
});

test("the axes of a run that begins late begin there", async ({ app }) => {
  const { page } = app;
  await page.addInitScript(() => {
    const { fillText } = CanvasRenderingContext2D.prototype;
    const labels: string[] = [];
    Object.assign(window, { labels });
    CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
      labels.push(text);
      fillText.call(this, text, ...where);
    };
  });
  const checkpoint = await trainedCheckpoint("--preset", "toy2d", "--steps", "600");

  await app.open("?view=train&examples=1000");
  await expect(app.play).toBeEnabled();
  await dropOnTrain(app, "late.safetensors", checkpoint);
  await expect.poll(() => app.step()).toBe(600);
  const labels = () => page.evaluate(() => (window as unknown as { labels: string[] }).labels);
  await page.evaluate(() => (window as unknown as { labels: string[] }).labels.splice(0));
  await page.locator("#step").click();
  await expect.poll(() => app.step()).toBe(601);
  // There is one step, around which an axis would end at 1,202.
  await expect.poll(labels).toContain("605");
  expect(await labels()).not.toContain("1,000");
});
