// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page in the host's Firefox: opens, trains, pauses, switches to Chinese, and works without a network.

import { expect, test } from "@playwright/test";
import { Firefox } from "./firefox_driver";
import { StaticServer } from "./static_server";

let firefox: Firefox;

// A page with a run would ask before it is left.
test.beforeEach(async () => {
  firefox = await Firefox.start();
});

test.afterEach(async () => {
  await firefox.stop();
});

test("Firefox opens the page, trains, pauses, switches the language, and goes on after a reload", async ({
  baseURL,
}) => {
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

  const saved = await firefox.page.$(">>> #runs");
  const title = (): Promise<string | undefined> | undefined =>
    saved?.evaluate((button) => (button as HTMLElement).title);
  await expect.poll(title).toContain(rested.toLocaleString("en"));
  await firefox.page.goto(`${baseURL}?lang=en`);
  await firefox.press("#go-on");
  await expect.poll(() => firefox.step()).toBeGreaterThanOrEqual(rested);
  expect(firefox.troubles).toEqual([]);
});

test("Firefox trains on two threads and explores without a network after one visit to a plain host", async () => {
  test.setTimeout(120_000);
  const server = await StaticServer.start("/some/where/");
  const { page } = firefox;
  await page.goto(server.url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect.poll(() => firefox.text("#notice")).toContain("works without a network");
  await server.stop();

  await page.goto(`${server.url}?tier=simd&threads=2`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect.poll(() => firefox.text("#engine"), { timeout: 40_000 }).toContain("2 threads");
  await firefox.press("#train");
  await expect.poll(() => firefox.step(), { timeout: 40_000 }).toBeGreaterThan(5);
  await firefox.press("#play");
  await expect.poll(() => firefox.text("#play")).toBe("Play");
  await firefox.press("#reset");
  await expect.poll(() => firefox.step()).toBe(0);

  await page.goto(`${server.url}?view=explore&tool=draw&lang=zh`);
  await expect.poll(() => firefox.text("[data-score]")).not.toBeNull();
  await page.goto(`${server.url}?view=learn&station=2`);
  await expect.poll(() => firefox.text("#trained")).toMatch(/\d/);
});
