// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// axe-core finds no violations, in either theme, on desktop or phone.

import { expect, test, violations } from "./app_page";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("opening, training and dialogs are accessible", async ({ app }) => {
      await app.open("?examples=1000");
      await expect(app.page.locator("#noise")).toBeEnabled();
      expect(await violations(app.page)).toEqual([]);
      await app.trainAtLeast(5);
      expect(await violations(app.page)).toEqual([]);
      await app.page.locator("#settings").click();
      const dialog = app.page.getByRole("dialog");
      await expect(dialog.locator("#preset")).toBeVisible();
      for (const summary of await dialog.locator("summary").all()) await summary.click();
      expect(await violations(app.page)).toEqual([]);
      await app.page.keyboard.press("Escape");
      await app.page.keyboard.press("?");
      await expect(dialog).toContainText("Play or pause");
      expect(await violations(app.page)).toEqual([]);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("training is accessible", async ({ app }) => {
    await app.open("?examples=1000");
    await app.trainAtLeast(5);
    expect(await violations(app.page)).toEqual([]);
  });
});
