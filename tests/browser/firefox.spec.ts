// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page in the host's Firefox through WebDriver BiDi: opens, trains, pauses, and switches to
// Chinese. Puppeteer drives it, since Playwright supports only its own Firefox build.

import { expect, test } from "@playwright/test";
import { type Browser, launch, type Page } from "puppeteer-core";

let browser: Browser;
let page: Page;
const troubles: string[] = [];

test.beforeAll(async () => {
  browser = await launch({
    browser: "firefox",
    executablePath: process.env["FIREFOX"] ?? "/usr/bin/firefox-esr",
    headless: true,
    defaultViewport: { width: 1280, height: 800 },
    extraPrefsFirefox: { "intl.accept_languages": "en-US" },
  });
  page = await browser.newPage();
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
});

test.afterAll(async () => {
  await browser.close();
});

/** Text of the first match in any shadow tree; null if there is none. */
async function text(selector: string): Promise<string | null> {
  const element = await page.$(`>>> ${selector}`);
  return element?.evaluate((found) => found.textContent?.trim() ?? "") ?? null;
}

async function press(selector: string): Promise<void> {
  const element = await page.waitForSelector(`>>> ${selector}:enabled`, { timeout: 20_000 });
  await element?.click();
}

async function step(): Promise<number> {
  return Number.parseInt(((await text("#steps")) ?? "").replaceAll(",", ""), 10);
}

test("Firefox opens the page, trains, pauses, and switches the language", async ({ baseURL }) => {
  await page.goto(`${baseURL}?examples=1000`);
  await expect.poll(() => text("figcaption")).toContain("by the pretrained network");
  expect(await text("#engine")).toContain("WebAssembly with relaxed SIMD");

  await press("#train");
  await expect.poll(step, { timeout: 40_000 }).toBeGreaterThan(20);
  await press("#play");
  await expect.poll(() => text("#play")).toBe("Play");
  const rested = await step();
  await press("#language");
  await expect.poll(() => text("#play")).toBe("播放");
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh-Hans");
  expect(await step()).toBe(rested);
  expect(troubles).toEqual([]);
});
