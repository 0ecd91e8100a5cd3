// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Slow devices: slices of training shrink until a pause is answered quickly again, and until it is, the page
// says that it pauses.

import { type AppPage, expect, test } from "./app_page";

/** What the code below keeps in the worker. */
interface Watched {
  /** How many times slower the core is. */
  slowness: number;
  /** Whether the next call of the core lasts until the test answers a request for HELD. */
  holds: boolean;
  /** Breaks between slices, in which messages are read. */
  breaks: number;
  /** For each report to the page: the steps that it tells of, and the breaks up to it. */
  readonly reports: { readonly steps: number; readonly breaks: number }[];
  /** Breaks when the worker was told to pause, and when it answered. */
  readonly pauses: number[];
}

const HELD = "/held";

/** Runs in the worker before its own code. Every call of the core is followed by a wait. */
const WATCH = `{
  const watched = { slowness: 1, holds: false, breaks: 0, reports: [], pauses: [] };
  self.watched = watched;
  const get = WebAssembly.Table.prototype.get;
  WebAssembly.Table.prototype.get = function (at) {
    const call = get.call(this, at);
    return call && ((...args) => {
      const started = performance.now();
      const result = call(...args);
      const took = performance.now() - started;
      while (performance.now() - started < watched.slowness * took);
      if (watched.holds) {
        watched.holds = false;
        const request = new XMLHttpRequest();
        request.open("GET", "${HELD}", false);
        request.send();
      }
      return result;
    });
  };
  const postBreak = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (...args) {
    watched.breaks += 1;
    postBreak.apply(this, args);
  };
  let pause = null;
  self.addEventListener("message", ({ data }) => {
    if (data.method !== "pause") return;
    pause = data.id;
    watched.pauses.push(watched.breaks);
  });
  const post = self.postMessage;
  self.postMessage = (message, ...rest) => {
    const steps = (message.value?.metrics?.history.length ?? 0) / 4;
    if (steps > 0) watched.reports.push({ steps, breaks: watched.breaks });
    if (message.type === "result" && message.id === pause) watched.pauses.push(watched.breaks);
    post.call(self, message, ...rest);
  };
}`;

/** Plays a run of many short steps. */
async function play(app: AppPage): Promise<void> {
  await app.page.route("**/assets/worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${WATCH}\n${await response.text()}` });
  });
  await app.open("?view=train&preset=toy2d&speed=max&lang=en");
  await app.play.click();
  await app.waitForStep(1000);
}

async function slow(app: AppPage, slowness: number): Promise<void> {
  await app.trainingWorkers.at(-1)?.evaluate((wanted) => {
    (self as unknown as { watched: Watched }).watched.slowness = wanted;
  }, slowness);
}

/** Makes a slice last. Returns a function that ends it. */
async function hold(app: AppPage): Promise<() => void> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked = app.page.waitForRequest(`**${HELD}`);
  await app.page.route(`**${HELD}`, async (route) => {
    await released;
    await route.fulfill({ body: "" });
  });
  await app.trainingWorkers.at(-1)?.evaluate(() => {
    (self as unknown as { watched: Watched }).watched.holds = true;
  });
  await asked;
  return release;
}

async function watched(app: AppPage): Promise<Watched> {
  const found = await app.trainingWorkers
    .at(-1)
    ?.evaluate(() => (self as unknown as { watched: Watched }).watched);
  if (found === undefined) throw new Error("There is no worker");
  return found;
}

/** Steps in a slice, on average over each report. */
function perSlice({ reports }: Watched): number[] {
  return reports.slice(1).map(({ steps, breaks }, before) => {
    return steps / (breaks - (reports[before]?.breaks ?? 0));
  });
}

test("slices fit a device that becomes twenty times slower", async ({ app }) => {
  await play(app);
  const fast = perSlice(await watched(app));
  await slow(app, 20);
  const before = (await watched(app)).reports.length;
  await expect.poll(async () => (await watched(app)).reports.length).toBeGreaterThan(before + 8);
  // One report may tell of both, and the first slice is as long as those before.
  const slowed = perSlice(await watched(app)).slice(before + 1);
  expect(Math.max(...fast)).toBeGreaterThan(5);
  expect(Math.max(...slowed)).toBeLessThanOrEqual(Math.max(...fast) / 5);
});

test("a pause that waits for a long slice is shown in both languages, and answered after it", async ({
  app,
}) => {
  await play(app);
  const release = await hold(app);
  await app.play.click();
  await expect(app.play).toHaveText("Pausing …");
  await app.page.locator("#language").click();
  await expect(app.play).toHaveText("正在暂停……");
  release();
  await expect(app.play).toHaveText("播放");
  const rested = await app.step();
  const [told = 0, answered = Number.NaN] = (await watched(app)).pauses;
  expect(answered - told).toBeLessThanOrEqual(1);
  await app.page.waitForTimeout(300);
  expect(await app.step()).toBe(rested);
});
