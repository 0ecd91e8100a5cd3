// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page in the host's Firefox without a network. engines.spec.ts has what all engines do.

import { test } from "@playwright/test";
import { Firefox } from "./firefox_driver";
import { expect as once } from "./prompt_expect";
import { StaticServer } from "./static_server";

/** A browser that has just been started is slow. */
const expect = once.configure({ timeout: 60_000 });

let firefox: Firefox;

// A page with a run would ask before it is left.
test.beforeEach(async () => {
  firefox = await Firefox.start();
});

test.afterEach(async () => {
  await firefox.stop();
});

test("Firefox trains on two threads and explores without a network after one visit to a plain host", async () => {
  test.setTimeout(180_000);
  const server = await StaticServer.start("/some/where/");
  const { page } = firefox;
  await page.goto(server.url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect.poll(() => firefox.text("#notice")).toContain("works without a network");
  await server.stop();

  await page.goto(`${server.url}?tier=simd&threads=2`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect.poll(() => firefox.text("#engine")).toContain("2 threads");
  await firefox.press("#train");
  await expect.poll(() => firefox.step()).toBeGreaterThan(5);
  await firefox.press("#play");
  await expect.poll(() => firefox.text("#play")).toBe("Play");
  await firefox.press("#reset");
  await expect.poll(() => firefox.step()).toBe(0);

  await page.goto(`${server.url}?view=explore&tool=draw&lang=zh`);
  await expect.poll(() => firefox.text("[data-score]")).not.toBeNull();
  await page.goto(`${server.url}?view=learn&station=2`);
  await expect.poll(() => firefox.text("#trained")).toMatch(/\d/);
});
