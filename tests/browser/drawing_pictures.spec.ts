// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pictures that are drawn by hand: they outlast the dialog, also deleted ones, and become a set.

import { type AppPage, expect, test, violations } from "./app_page";
import { openDialog, picture, summaryOf } from "./pictures_dialog";

/** Draws one stroke on the pad, a little lower each time. */
async function stroke(app: AppPage, index: number): Promise<void> {
  const pad = app.page.locator("gv-pictures-dialog gv-drawing-pad");
  await pad.scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0 } = (await pad.boundingBox()) ?? {};
  await app.page.mouse.move(x + 0.2 * width, y + 0.3 * width);
  await app.page.mouse.down();
  await app.page.mouse.move(x + 0.8 * width, y + (0.4 + index / 50) * width, { steps: 4 });
  await app.page.mouse.up();
}

test("drawings are kept while the dialog is closed, and become a set with classes", async ({
  app,
}) => {
  test.slow();
  const dialog = await openDialog(app);
  await dialog.getByRole("button", { name: "Draw them by hand" }).click();
  const next = dialog.getByRole("button", { name: "Next" });
  await expect(next).toBeDisabled();
  await stroke(app, 0);
  await dialog.getByRole("button", { name: "Undo" }).click();
  await expect(next).toBeDisabled();
  for (let index = 0; index < 3; index += 1) {
    await stroke(app, index);
    await next.click();
  }
  await expect(dialog.getByRole("status")).toContainText("3 drawings.");
  expect(await violations(app.page)).toEqual([]);
  // What is on the pad, and not yet a drawing of the set, is kept as well.
  await stroke(app, 5);
  await app.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await app.page.locator("gv-welcome-panel #pictures").click();
  await expect(dialog.getByRole("status")).toContainText("3 drawings.");
  await expect(next).toBeEnabled();
  await dialog.getByRole("button", { name: "Delete drawing 1" }).click();
  await expect(dialog.getByRole("status")).toContainText("2 drawings.");
  await dialog.getByRole("button", { name: "Draw two kinds of things" }).click();
  await dialog.getByRole("textbox", { name: "Name of kind 1" }).fill("slopes");
  await dialog.getByRole("radio", { name: "B" }).check();
  expect(await violations(app.page)).toEqual([]);
  // It belongs to the set.
  await dialog.getByRole("button", { name: "Use these drawings" }).click();
  await expect(summaryOf(app)).toHaveText(
    "3 pictures of 28 × 28 pixels in grey, 2 classes: B, slopes",
  );
  // Ink on white paper.
  const levels = await picture(app.page, 0);
  expect([levels[0], Math.min(...levels)]).toEqual([255, 0]);
  await dialog.getByRole("button", { name: "Go on drawing" }).click();
  await expect(dialog.getByRole("status")).toContainText("3 drawings.");
});

test("drawings that were deleted together come back, also after the dialog was closed", async ({
  app,
}) => {
  const dialog = await openDialog(app);
  await dialog.getByRole("button", { name: "Draw them by hand" }).click();
  for (let index = 0; index < 2; index += 1) {
    await stroke(app, index);
    await dialog.getByRole("button", { name: "Next" }).click();
  }
  await dialog.getByRole("button", { name: "Delete all" }).click();
  const restore = dialog.getByRole("button", { name: "Bring the deleted drawings back" });
  await expect(restore).toBeFocused();
  const reopen = async (): Promise<void> => {
    await app.page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await app.page.locator("gv-welcome-panel #pictures").click();
  };
  await reopen();
  await restore.click();
  await expect(dialog.getByRole("status")).toContainText("2 drawings.");
  await expect(restore).toHaveCount(0);
  await reopen();
  await expect(dialog.getByRole("status")).toContainText("2 drawings.");
});

test("kinds of one name are said to become one class, until one is renamed", async ({ app }) => {
  const dialog = await openDialog(app);
  await dialog.getByRole("button", { name: "Draw them by hand" }).click();
  await dialog.getByRole("button", { name: "Draw two kinds of things" }).click();
  const [first, second] = [1, 2].map((kind) =>
    dialog.getByRole("textbox", { name: `Name of kind ${kind}` }),
  );
  const caution = dialog.getByText("Two kinds are called “trees”");
  await second?.fill("trees ");
  await first?.fill("trees");
  await first?.press("Tab");
  await expect(caution).toBeVisible();
  expect(await violations(app.page)).toEqual([]);
  await second?.fill("houses");
  await second?.press("Tab");
  await expect(caution).toHaveCount(0);
});
