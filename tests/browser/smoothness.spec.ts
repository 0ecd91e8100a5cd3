// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page while it trains at full speed. Its frame rate is measured and printed; figures depend on the
// machine, so that test fails only if the page almost stops.

import { expect, isSaved, test } from "./app_page";

const SECONDS = 6;

test("keeps drawing during training", async ({ app }) => {
  await app.open();
  await app.train();
  await app.waitForStep(20);
  const before = await app.step();
  const figures = await app.page.evaluate(async (seconds) => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    });
    observer.observe({ type: "longtask" });
    const gaps: number[] = [];
    const started = performance.now();
    let last = started;
    while (last - started < seconds * 1000) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      gaps.push(now - last);
      last = now;
    }
    observer.disconnect();
    gaps.sort((a, b) => a - b);
    return {
      framesPerSecond: gaps.length / ((last - started) / 1000),
      slowGap: gaps[Math.floor(gaps.length * 0.99)] ?? 0,
      longTasks: tasks.length,
      longest: Math.max(0, ...tasks),
    };
  }, SECONDS);
  const steps = (await app.step()) - before;
  console.log(
    `    ${figures.framesPerSecond.toFixed(1)} frames/s, 99 % of gaps under ` +
      `${figures.slowGap.toFixed(1)} ms, ${figures.longTasks} long tasks ` +
      `(longest ${figures.longest.toFixed(0)} ms), ${(steps / SECONDS).toFixed(0)} steps/s`,
  );
  expect(figures.framesPerSecond).toBeGreaterThan(10);
  expect(steps).toBeGreaterThan(0);
});

test("a save writes a few snapshots of the film at a time", async ({ app }) => {
  const { page } = app;
  await page.addInitScript(() => {
    const puts: Record<number, number> = {};
    let task = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      task += 1;
      port2.postMessage(null);
    };
    port2.postMessage(null);
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...values) {
      puts[task] = (puts[task] ?? 0) + 1;
      const ends = performance.now() + 10;
      for (let now = 0; now < ends; ) now = performance.now();
      return put.apply(this, values);
    };
    Object.assign(window, { puts });
  });
  await app.open("?view=train&examples=1000&speed=max");
  await app.play.click();
  await isSaved(page);
  const puts = await page.evaluate(() =>
    Object.values((window as unknown as { puts: Record<number, number> }).puts),
  );
  expect(puts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10);
  expect(Math.max(...puts)).toBeLessThan(5);
});
