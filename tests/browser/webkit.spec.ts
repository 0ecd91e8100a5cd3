// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page in WebKitGTK, which stands in for Safari: opens, trains, pauses, switches to Chinese, and
// explores.

import { expect, test } from "@playwright/test";
import { StaticServer } from "./static_server";
import { FIND, WebKit } from "./webkit_driver";

let webkit: WebKit;

// A browser for each test: a page with a run asks before it is left.
test.beforeEach(async () => {
  webkit = await WebKit.start();
});

test.afterEach(async () => {
  await webkit.stop();
});

async function press(selector: string): Promise<void> {
  await expect.poll(() => webkit.text(`${selector}:enabled`)).not.toBeNull();
  await webkit.click(selector);
}

async function step(): Promise<number> {
  return Number.parseInt(((await webkit.text("#steps")) ?? "").replaceAll(",", ""), 10);
}

/** Pixels of the sample that Explore shows. */
function sample(): Promise<number[]> {
  return webkit.run(`${FIND}; return [...find(document, "#sample").image]`);
}

test("WebKit opens the page, trains, pauses, switches the language, and goes on after a reload", async ({
  baseURL,
}) => {
  await webkit.open(`${baseURL}?examples=1000&lang=en`);
  await expect.poll(() => webkit.text("figcaption")).toContain("by the pretrained network");
  // Its isolated pages have no shared memory, and it has no relaxed SIMD.
  expect(await webkit.run("return crossOriginIsolated")).toBe(true);
  expect(await webkit.run("return typeof SharedArrayBuffer")).toBe("undefined");
  await expect.poll(() => webkit.text("#engine")).toContain("WebAssembly with SIMD · 1 thread");

  await press("#train");
  await expect.poll(step, { timeout: 40_000 }).toBeGreaterThan(20);
  await press("#play");
  await expect.poll(() => webkit.text("#play")).toBe("Play");
  const rested = await step();
  await press("#language");
  await expect.poll(() => webkit.text("#play")).toBe("播放");
  expect(await webkit.run("return document.documentElement.lang")).toBe("zh-Hans");
  expect(await step()).toBe(rested);

  const saved = `${FIND}; return find(document, "#runs").title`;
  await expect.poll(() => webkit.run(saved)).toContain(rested.toLocaleString("en"));
  await webkit.open(`${baseURL}?lang=en`);
  await press("#go-on");
  await expect.poll(step).toBeGreaterThanOrEqual(rested);
});

test("WebKit explores a pretrained network", async ({ baseURL }) => {
  await webkit.open(`${baseURL}?view=explore&tool=digit&lang=en&z=9&digit=3`);
  const pictured = (selector: string): Promise<number> =>
    webkit.run(`${FIND}; return find(document, arguments[0])?.image?.length ?? 0`, selector);
  await expect.poll(() => pictured("#digit >>> [data-digit='7'] gv-picture")).toBe(784);
  await expect.poll(() => pictured("#sample")).toBe(784);
  const three = await sample();
  await webkit.click("#digit >>> [data-digit='7']");
  await expect.poll(sample).not.toEqual(three);
  const shown = (): Promise<string> =>
    webkit.run("return new URLSearchParams(location.search).get('digit')");
  await expect.poll(shown).toBe("7");
});

test("WebKit trains on both visits to a plain host, the second time from its own copy", async () => {
  const server = await StaticServer.start("/some/where/");
  const trainOnce = async (): Promise<void> => {
    await webkit.open(`${server.url}?examples=1000&lang=en`);
    await press("#train");
    await expect.poll(step, { timeout: 40_000 }).toBeGreaterThan(5);
    // A page without steps is left without a question.
    await press("#play");
    await press("#reset");
    await expect.poll(step).toBe(0);
  };
  await trainOnce();
  expect(await webkit.run("return crossOriginIsolated")).toBe(false);
  await expect.poll(() => webkit.text("#notice")).toContain("works without a network");
  await server.stop();
  await trainOnce();
  expect(await webkit.run("return crossOriginIsolated")).toBe(true);
});
