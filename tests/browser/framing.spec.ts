// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The site in a frame of somebody's page, and what Share gives for such a page.

import type { Page } from "@playwright/test";
import { AppPage, expect, test } from "./app_page";
import { openWith } from "./course_page";

test.describe("the site in a frame", () => {
  async function frame(page: Page, attributes: string) {
    await openWith(
      page,
      `<iframe width="1000" height="700" ${attributes} src="./?view=train&examples=500"></iframe>`,
    );
    return page.frameLocator("iframe");
  }

  test("trains as usual", async ({ app }) => {
    const inner = await frame(app.page, "");
    await expect(inner.locator("#play")).toBeEnabled();
    await inner.locator("#step").click();
    await expect(inner.locator("#steps")).toHaveText("1");
  });

  test.describe("with an origin", () => {
    // Chromium warns, since here the page around it has the same origin.
    test.use({ expectedTroubles: /can escape its sandboxing/ });

    test("trains in a sandbox", async ({ app }) => {
      const inner = await frame(app.page, `sandbox="allow-scripts allow-same-origin"`);
      await inner.locator("#step").click();
      await expect(inner.locator("#steps")).toHaveText("1");
    });
  });

  test.describe("without an origin", () => {
    test.use({ expectedTroubles: /CORS|ERR_FAILED/ });

    test("says what the sandbox lacks", async ({ app }) => {
      const inner = await frame(app.page, `sandbox="allow-scripts"`);
      await expect(inner.getByRole("alert")).toContainText("Add allow-same-origin");
      await expect(inner.locator("ganvas-app")).toHaveCount(0);
    });
  });
});

test("Share gives the code of a frame and of an element for what is on screen", async ({
  app,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await app.open("?view=train&seed=7&examples=500&hide=film&lang=zh");
  await expect(app.play).toBeEnabled();
  await app.page.locator("#share").click();
  const dialog = app.page.locator("gv-share-dialog");
  await dialog.getByRole("tab", { name: "嵌入" }).click();
  await dialog.locator("[data-copy=element]").click();
  const copied = () => app.page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain('import "ganvas/element"');
  const element = await copied();
  for (const part of ['seed="7"', 'examples="500"', 'hide="film"', 'lang="zh"', 'view="train"']) {
    expect(element).toContain(part);
  }
  await dialog.locator("[data-copy=frame]").click();
  await expect.poll(copied).toContain("<iframe");
  const other = new AppPage(await context.newPage());
  await openWith(other.page, await copied());
  await expect(other.page.frameLocator("iframe").locator("#settings")).toContainText("7");
  expect(other.troubles).toEqual([]);
});
