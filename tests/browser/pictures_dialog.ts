// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The dialog of the user's own pictures, as tests use it.

import type { Locator, Page } from "@playwright/test";
import { type AppPage, expect } from "./app_page";

/** Opens the dialog from the opening. */
export async function openDialog(app: AppPage): Promise<Locator> {
  await app.open();
  await app.page.locator("gv-welcome-panel #pictures").click();
  const dialog = app.page.getByRole("dialog", { name: "Your own pictures" });
  await expect(dialog).toBeVisible();
  return dialog;
}

export function inputOf(app: AppPage, input: "files" | "folder"): Locator {
  return app.page.locator(`gv-pictures-dialog #${input}`);
}

export function summaryOf(app: AppPage): Locator {
  return app.page.locator("gv-set-sheet #summary");
}

/** The picture that stands at `index` on the sheet, RGBA. Reads a copy, because reading makes a canvas slow. */
export function picture(page: Page, index: number): Promise<number[]> {
  const canvas = page.locator("gv-picture-rows canvas").nth(index);
  return canvas.evaluate((element) => {
    const { width } = element as HTMLCanvasElement;
    const context = new OffscreenCanvas(width, width).getContext("2d", {
      willReadFrequently: true,
    });
    context?.drawImage(element as HTMLCanvasElement, 0, 0);
    return [...(context?.getImageData(0, 0, width, width).data ?? [])];
  });
}

/** RGB of a pixel of a picture. */
export async function pixelOf(
  page: Page,
  index: number,
  [x, y]: readonly [number, number],
): Promise<number[]> {
  const data = await picture(page, index);
  const at = 4 * (y * Math.sqrt(data.length / 4) + x);
  return data.slice(at, at + 3);
}
