// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// English and Chinese, by browser preference, by address, and by hand.

import { expect, test } from "./app_page";

const CHINESE = /[\u4e00-\u9fff]/;

test("follows the address, and switches both ways during training", async ({ app }) => {
  await app.open("?lang=zh");
  await expect(app.page.getByRole("button", { name: "从零训练一个" })).toBeVisible();
  expect(await app.page.evaluate(() => document.documentElement.lang)).toBe("zh-Hans");
  await expect(app.page).toHaveTitle(CHINESE);
  await app.train();
  await app.waitForStep(5);
  await expect(app.play).toHaveText("暂停");
  await app.page.getByRole("button", { name: "English" }).click();
  await expect(app.play).toHaveText("Pause");
  expect(await app.page.evaluate(() => document.documentElement.lang)).toBe("en");
  const step = await app.step();
  await app.waitForStep(step + 1);
  await app.page.getByRole("button", { name: "中文" }).click();
  await expect(app.play).toHaveText("暂停");
});

test("remembers the chosen language", async ({ app }) => {
  await app.open();
  await app.page.getByRole("button", { name: "中文" }).click();
  await expect(app.page.locator("#train")).toHaveText(CHINESE);
  await app.page.reload();
  await expect(app.page.locator("#train")).toHaveText(CHINESE);
});

test("leaves no English in the Chinese page", async ({ app }) => {
  await app.open("?lang=zh");
  await app.train();
  await app.waitForStep(1);
  const words = await app.page.locator("ganvas-app").evaluate((element) => {
    const found: string[] = [];
    const visit = (node: Node): void => {
      if (node instanceof Text) found.push(node.data);
      if (node instanceof Element) {
        for (const name of ["aria-label", "title"]) found.push(node.getAttribute(name) ?? "");
        node.shadowRoot?.childNodes.forEach(visit);
        if (node.localName === "style") return;
      }
      node.childNodes.forEach(visit);
    };
    visit(element);
    return found.join(" ");
  });
  const names =
    /Ganvas|GAN|quick|seed|mlp|dcgan|cgan|acgan|English|WebAssembly|Shift|CSV|GIF|Escape|digit-FID|SIMD|ln|D\(x\)|D\(G\(z\)\)|MB|kB|\bD\b|\bG\b|\b[SRNxz]\b/g;
  expect(words.match(/[\u4e00-\u9fff]/g)?.length).toBeGreaterThan(200);
  expect(words.replace(names, "").match(/[A-Za-z]{2,}/g) ?? []).toEqual([]);
});

test.describe("in a Chinese browser", () => {
  test.use({ locale: "zh-CN" });

  test("opens in Chinese", async ({ app }) => {
    await app.open();
    await expect(app.page.locator("#train")).toHaveText(CHINESE);
  });
});

test.describe("in a browser of another language", () => {
  test.use({ locale: "de-DE" });

  test("opens in English", async ({ app }) => {
    await app.open();
    await expect(app.page.locator("#train")).toHaveText("Train one from scratch");
  });
});
