// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The PyTorch script of a run: shown with changed lines marked, copied, and downloaded.
// web/tests/pytorch_parity.test.ts checks what the scripts compute.

import { readFile } from "node:fs/promises";
import { expect, test, violations } from "./app_page";

test("shows the run as a script, marks changed lines, copies it and downloads it", async ({
  app,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page } = app;
  await app.open("?view=train&preset=wgan-gp&examples=1000&batch_size=32&gradient_penalty=2.5");
  await expect(app.play).toBeEnabled();
  await page.locator("#code").click();
  const dialog = page.getByRole("dialog", { name: "As code" });
  await expect(dialog.locator("code mark")).toHaveText(["batch_size = 32", "lambda_gp = 2.5"]);
  await expect(dialog).toContainText("preset wgan-gp, 2,043,537 parameters");
  await dialog.locator("#copy").click();
  await expect(dialog.getByRole("status")).toHaveText("Copied");
  const script = await page.evaluate(() => navigator.clipboard.readText());
  expect(script).toMatch(/^class Generator\(nn\.Module\):$/m);
  const shown = await dialog.locator("code > *").allTextContents();
  expect(`${shown.join("\n")}\n`).toBe(script);
  const downloading = page.waitForEvent("download");
  await dialog.locator("#download").click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("ganvas_wgan_gp.py");
  expect(await readFile(await download.path(), "utf8")).toBe(script);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("the key C opens it, accessible and scrollable by keyboard", async ({ app }) => {
      const { page } = app;
      await app.open("?view=train&preset=seed&examples=1000&batch_size=8");
      await expect(app.play).toBeEnabled();
      await page.keyboard.press("c");
      const script = page.getByRole("region", { name: "Python script" });
      await expect(script.locator("mark")).toHaveText(["batch_size = 8"]);
      expect(await violations(page)).toEqual([]);
      await script.focus();
      await page.keyboard.press("End");
      await expect.poll(() => script.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(1000);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    });
  });
}
