// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page in WebKitGTK, which stands in for Safari: what it lacks, and plain hosts. engines.spec.ts has what all
// engines do.

import { test } from "@playwright/test";
import { expect as once } from "./prompt_expect";
import { StaticServer } from "./static_server";
import { WebKit } from "./webkit_driver";

test.describe.configure({ timeout: 180_000 });

/** A browser that has just been started is slow. */
const expect = once.configure({ timeout: 60_000 });

let webkit: WebKit;

// A browser for each test: a page with a run asks before it is left.
test.beforeEach(async () => {
  webkit = await WebKit.start();
});

test.afterEach(async () => {
  await webkit.stop();
});

test("WebKit has no shared memory on an isolated page, and trains on one thread", async ({
  baseURL,
}) => {
  await webkit.open(`${baseURL}?lang=en`);
  expect(await webkit.run("return crossOriginIsolated")).toBe(true);
  expect(await webkit.run("return typeof SharedArrayBuffer")).toBe("undefined");
  await expect.poll(() => webkit.text("#engine")).toContain("1 thread");
});

test("WebKit trains on both visits to a plain host, the second time from its own copy", async () => {
  const server = await StaticServer.start("/some/where/");
  const trainOnce = async (): Promise<void> => {
    await webkit.open(`${server.url}?examples=1000&lang=en`);
    await webkit.press("#train");
    await expect.poll(() => webkit.step()).toBeGreaterThan(5);
    // A page without steps is left without a question.
    await webkit.press("#play");
    await webkit.press("#reset");
    await expect.poll(() => webkit.step()).toBe(0);
  };
  await trainOnce();
  expect(await webkit.run("return crossOriginIsolated")).toBe(false);
  await expect.poll(() => webkit.text("#notice")).toContain("works without a network");
  await server.stop();
  await trainOnce();
  expect(await webkit.run("return crossOriginIsolated")).toBe(true);
});
