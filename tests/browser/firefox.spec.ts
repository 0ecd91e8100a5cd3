// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page in the host's Firefox: opens, trains, pauses, and switches to Chinese.

import { expect, test } from "@playwright/test";
import { Firefox } from "./firefox_driver";

let firefox: Firefox;

test.beforeAll(async () => {
  firefox = await Firefox.start();
});

test.afterAll(async () => {
  await firefox.stop();
});

test("Firefox opens the page, trains, pauses, and switches the language", async ({ baseURL }) => {
  await firefox.page.goto(`${baseURL}?examples=1000`);
  await expect.poll(() => firefox.text("figcaption")).toContain("by the pretrained network");
  expect(await firefox.text("#engine")).toContain("WebAssembly with relaxed SIMD");

  await firefox.press("#train");
  await expect.poll(() => firefox.step(), { timeout: 40_000 }).toBeGreaterThan(20);
  await firefox.press("#play");
  await expect.poll(() => firefox.text("#play")).toBe("Play");
  const rested = await firefox.step();
  await firefox.press("#language");
  await expect.poll(() => firefox.text("#play")).toBe("播放");
  expect(await firefox.page.evaluate(() => document.documentElement.lang)).toBe("zh-Hans");
  expect(await firefox.step()).toBe(rested);
  expect(firefox.troubles).toEqual([]);
});
