// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Opens every view and dialog in one page, in several orders, and checks that the page's keys do
// nothing behind a dialog.

import type { Locator } from "@playwright/test";
import { type AppPage, expect, test } from "./app_page";

/** Everything that can be opened from a run on points, with the element that shows it is open. */
const PLACES: Readonly<Record<string, (app: AppPage) => Promise<void>>> = {
  explore: (app) => turnTo(app, "explore", "gv-draw-tool gv-drawing-pad"),
  learn: (app) => turnTo(app, "learn", "gv-learn .station"),
  settings: (app) => openDialog(app, "#settings", "gv-settings-dialog"),
  code: (app) => openDialog(app, "#code", "gv-code-dialog"),
  keys: (app) => openDialog(app, "#keys", "gv-keys-dialog"),
  points: (app) => openDialog(app, "#draw", "gv-point-pad"),
  block: (app) => openDialog(app, "[data-node=discriminator]", "gv-block-dialog"),
  benchmark: (app) => openDialog(app, "#engine", "gv-benchmark-dialog"),
};

async function turnTo(app: AppPage, view: string, shown: string): Promise<void> {
  await app.page.locator(`#view-${view}`).click();
  if (view === "explore") await app.page.locator("#tab-draw").click();
  await expect(app.page.locator(shown)).toBeVisible();
  await app.page.locator("#view-train").click();
  await expect(app.page.locator("gv-points-stage")).toBeVisible();
}

async function openDialog(app: AppPage, button: string, element: string): Promise<void> {
  const dialog = await opened(app, button, element);
  await app.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
}

async function opened(app: AppPage, button: string, element: string): Promise<Locator> {
  await app.page.locator(button).first().click();
  const dialog = app.page.locator(element).getByRole("dialog");
  await expect(dialog).toBeVisible();
  return dialog;
}

const NAMES = Object.keys(PLACES);
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  "the points first": ["points", ...NAMES.filter((name) => name !== "points")],
  "Explore first": NAMES,
  backwards: NAMES.toReversed(),
};

for (const [order, names] of Object.entries(ORDERS)) {
  test(`every view and dialog opens, ${order}`, async ({ app }) => {
    test.slow();
    await app.open("?preset=toy2d&view=train");
    await expect(app.play).toBeEnabled();
    await app.page.locator("#step").click();
    await expect.poll(() => app.step()).toBe(1);
    for (const name of names) await test.step(name, async () => PLACES[name]?.(app));
    await expect(app.page.locator(".later")).toHaveCount(0);
  });
}

const DIALOGS = [
  ["#settings", "gv-settings-dialog"],
  ["#code", "gv-code-dialog"],
  ["#keys", "gv-keys-dialog"],
  ["#draw", "gv-point-pad"],
  ["[data-node=discriminator]", "gv-block-dialog"],
  ["#engine", "gv-benchmark-dialog"],
] as const;

for (const [button, element] of DIALOGS) {
  test(`the page's keys do nothing behind ${element}`, async ({ app }) => {
    await app.open("?preset=toy2d&view=train");
    await expect(app.play).toBeEnabled();
    await app.page.locator("#step").click();
    await expect.poll(() => app.step()).toBe(1);
    const before = app.page.url();
    const dialog = await opened(app, button, element);
    const url = app.page.url();
    // With the focus on the title's text, on nothing, and on each button of an inner part.
    await dialog.locator("#title").click();
    await pressAll(app);
    await app.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await pressAll(app);
    if (element === "gv-block-dialog") {
      await dialog.locator("#gradient").click();
      await pressAll(app);
    }
    await expect(app.page.getByRole("dialog")).toHaveCount(1);
    expect(app.page.url()).toBe(url);
    await app.page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    // A dialog tells that it is closed a moment after it is hidden.
    await expect.poll(() => app.page.url()).toBe(before);
    expect(await app.step()).toBe(1);
    await expect(app.play).toHaveText("Play");
    // And they work again once it is closed.
    await app.page.keyboard.press("s");
    await expect.poll(() => app.step()).toBe(2);
  });
}

test("a dialog that opens before the one before has told that it is closed stays", async ({
  app,
}) => {
  await app.open("?preset=toy2d&view=train");
  await expect(app.play).toBeEnabled();
  await openDialog(app, "#code", "gv-code-dialog");
  const keys = await opened(app, "#keys", "gv-keys-dialog");
  // In one task; browsers dispatch "close" in another.
  await keys.evaluate((dialog) => {
    (dialog as HTMLDialogElement).close();
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "c" }));
  });
  const code = app.page.locator("gv-code-dialog").getByRole("dialog");
  await expect(code).toBeVisible();
  await app.page.waitForTimeout(300);
  await expect(code).toBeVisible();
});

/** Keys that change something immediately; Space is left out since it presses a focused button. */
async function pressAll(app: AppPage): Promise<void> {
  for (const key of ["s", "h", "r", "Shift+R", "n", "c", "ArrowLeft", "?"]) {
    await app.page.keyboard.press(key);
  }
  await app.page.waitForTimeout(100);
}
