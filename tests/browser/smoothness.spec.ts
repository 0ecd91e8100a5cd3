// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Measures and prints the page's frame rate while training runs at full speed. Figures depend on
// the machine, so the test fails only if the page almost stops.

import { expect, test } from "./app_page";

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
