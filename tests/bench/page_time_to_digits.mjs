// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The time from pressing Train on the built page until the first step is done, and 50, 80 and 90 % of the samples are readable,
// in headless Chromium with a cold load for each start. `--look 3` looks at the opening for so many seconds before. A seed gives
// the same bits in the page as natively (with fused multiply-add), so the native program determines after how many images a run
// reaches a goal, and this script waits until the page has trained on them:
//
//   toolchain/run cmake --build --preset release --target ganvas_time_to_digits && ./build-wasm.sh
//   node tests/bench/page_time_to_digits.mjs [--presets quick,seed] [--starts 10] [--max-images 40000] [--look 0] [--threads auto]

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { preview } from "vite";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = "build/release/bin/ganvas_time_to_digits";
const GOALS = ["the first step", "50 %", "80 %", "90 %"];
const GIVE_UP_MS = 120_000;

const { values: options } = parseArgs({
  options: {
    presets: { type: "string", default: "quick" },
    starts: { type: "string", default: "10" },
    "max-images": { type: "string", default: "40000" },
    look: { type: "string", default: "0" },
    threads: { type: "string", default: "auto" },
  },
});

/**
 * The number of images at which each start reached each goal; row i is seed i + 1. Goals not reached are missing.
 * @param {string} preset
 * @returns {number[][]}
 */
function imagesToGoals(preset) {
  const command = ["toolchain/run", PROGRAM, options.starts, options["max-images"], preset];
  const output = execFileSync("bash", command, { cwd: ROOT, encoding: "utf8" });
  return [...output.matchAll(/^ {2}seed \d+:(.*)$/gm)].map((match) =>
    (match[1] ?? "").trim().split(" ").filter(Boolean).map(Number),
  );
}

/**
 * Runs in the page: presses Train and returns after how many milliseconds it had trained on each number of images.
 * @param {{ goals: number[], giveUpMs: number }} settings
 * @returns {Promise<number[]>}
 */
async function watchInPage({ goals, giveUpMs }) {
  /** @param {ParentNode} root @param {string} selector @returns {Element | null} */
  const find = (root, selector) => {
    const found = root.querySelector(selector);
    if (found) return found;
    for (const element of root.querySelectorAll("*")) {
      const inside = element.shadowRoot && find(element.shadowRoot, selector);
      if (inside) return inside;
    }
    return null;
  };
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const train = find(document, "#train");
  if (!(train instanceof HTMLElement)) throw new Error("the page has no Train button");
  const start = performance.now();
  train.click();
  /** @type {number[]} */
  const reached = [];
  let label = null;
  while (reached.length < goals.length && performance.now() - start < giveUpMs) {
    await frame();
    label ??= find(document, "#images");
    const seen = Number((label?.textContent ?? "").replaceAll(",", ""));
    while (reached.length < goals.length && seen >= (goals[reached.length] ?? 0)) {
      reached.push(performance.now() - start);
    }
  }
  return reached;
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}

const server = await preview({ root: `${ROOT}web`, logLevel: "error", preview: { port: 0 } });
const url = server.resolvedUrls?.local[0] ?? "";
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  for (const preset of options.presets.split(",")) {
    const images = imagesToGoals(preset);
    /** @type {number[][]} */
    const seconds = GOALS.map(() => []);
    for (const [start, goals] of images.entries()) {
      if (goals.length === 0) continue;
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      // A new window of Chromium loads its own pages for a while.
      await page.waitForTimeout(2000);
      await page.goto(`${url}?preset=${preset}&seed=${start + 1}&threads=${options.threads}`);
      await page.locator("#train:enabled").waitFor();
      await page.waitForTimeout(1000 * Number(options.look));
      const reached = await page.evaluate(watchInPage, { goals: [1, ...goals], giveUpMs: GIVE_UP_MS });
      for (const [goal, ms] of reached.entries()) seconds[goal]?.push(ms / 1000);
      await context.close();
    }
    for (const [goal, name] of GOALS.entries()) {
      const all = seconds[goal] ?? [];
      const figures = all.length
        ? `, median ${median(all).toFixed(2)} s, slowest ${Math.max(...all).toFixed(2)} s`
        : ` within ${options["max-images"]} images`;
      console.log(`${preset}, ${name}: ${all.length} of ${images.length} starts${figures}`);
    }
  }
} finally {
  await browser.close();
  await server.close();
}
