// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The cost of measuring quality during training: steps per second in headless Chromium with and
// without watchQuality, alternating within one session. Run ./build-wasm.sh first.
//
//   node tests/bench/judge_cost.mjs [--preset quick] [--pairs 6] [--tier auto]

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { createServer } from "vite";

const { values: options } = parseArgs({
  options: {
    preset: { type: "string", default: "quick" },
    pairs: { type: "string", default: "6" },
    tier: { type: "string", default: "auto" },
  },
});

/**
 * Runs in the page.
 * @param {{ preset: string, pairs: string, tier: string }} settings
 */
async function measureInPage({ preset, pairs, tier }) {
  const api = await import(/* @vite-ignore */ `${location.origin}/index.ts`);
  /** @param {string} split @param {number} examples */
  const files = (split, examples) => ({
    imagesUrl: `${location.origin}/assets/mnist/${split}-images-idx3-ubyte.gz`,
    labelsUrl: `${location.origin}/assets/mnist/${split}-labels-idx1-ubyte.gz`,
    examples,
  });
  const client = await api.connectGanvas({ tier, threads: 1 });
  const judge = await api.connectJudge({ tier });
  await judge.loadReal(files("t10k", 1000));
  const session = await client.createSession({ preset, examples: 10000 });
  await session.useDataSet(await client.loadMnist(files("train", 10000)));
  const playing = session.play({ samples: { count: 64, seed: 1, everyMs: 200 } });

  const rateDuring = async (/** @type {() => Promise<unknown>} */ wait) => {
    const before = await session.state();
    const started = performance.now();
    await wait();
    const after = await session.state();
    const ms = performance.now() - started;
    return { ms, rate: ((after.step - before.step) * 1000) / ms };
  };

  /** From one report to the next, so that it includes the cost of one and the pause after it. */
  const watched = async () => {
    let reported = () => {};
    const nextReport = () => new Promise((resolve) => (reported = () => resolve(null)));
    const onQuality = () => reported();
    const watch = api.watchQuality(session, judge, { threads: 1, onQuality });
    await nextReport();
    const measured = await rateDuring(nextReport);
    watch.stop();
    await watch.ended;
    return measured;
  };
  const unwatched = (/** @type {number} */ ms) => rateDuring(() => new Promise((resolve) => setTimeout(resolve, ms)));

  let { ms } = await watched(); // also warms up
  const rates = [];
  for (let pair = 0; pair < Number(pairs); pair += 1) {
    // Alternates which one comes first.
    const before = pair % 2 === 1 ? await unwatched(ms) : null;
    const withWatch = await watched();
    ms = withWatch.ms;
    const { rate } = before ?? (await unwatched(ms));
    rates.push({ watched: withWatch.rate, unwatched: rate, seconds: ms / 1000 });
  }
  await session.pause();
  await playing;
  return { rates, build: client.info.build, processors: navigator.hardwareConcurrency };
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}

const server = await createServer({
  root: fileURLToPath(new URL("../../web/", import.meta.url)),
  logLevel: "error",
  server: { port: 0, hmr: false },
});
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const page = await browser.newPage();
  const blank = new URL("blank.html", server.resolvedUrls?.local[0]).href;
  const body = "<!doctype html><title>judge_cost</title>";
  await page.route(blank, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(blank);
  const result = await page.evaluate(measureInPage, options);
  console.log(`${options.preset}, ${result.build}, ${result.processors} processors`);
  for (const { watched, unwatched, seconds } of result.rates) {
    const rates = `${watched.toFixed(1)} steps/s with watchQuality, ${unwatched.toFixed(1)} without`;
    console.log(`${rates}: ${(watched / unwatched).toFixed(3)}, ${seconds.toFixed(0)} s each`);
  }
  const ratios = result.rates.map(({ watched, unwatched }) => watched / unwatched);
  console.log(`median ratio ${median(ratios).toFixed(3)}`);
} finally {
  await browser.close();
  await server.close();
}
