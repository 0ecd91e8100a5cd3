// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Digit-FID over the seconds since Train was pressed in the built page, in headless Chromium. A seed gives the same bits in the
// page as natively (with fused multiply-add), so the page says how many steps it had made by then, and the command trains as
// many, measures 10,000 samples and writes a grid of 100:
//
//   toolchain/run cmake --build --preset release --target ganvas && ./build-wasm.sh
//   node tests/bench/page_quality.mjs [--presets quick,fine] [--seconds 1,10,60,180] [--threads auto] [--seed 1] [--grids FOLDER]

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { preview } from "vite";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BATCH = 16; // of both presets

const { values: options } = parseArgs({
  options: {
    presets: { type: "string", default: "quick,fine" },
    seconds: { type: "string", default: "1,10,60,180" },
    threads: { type: "string", default: "auto" },
    seed: { type: "string", default: "1" },
    grids: { type: "string" },
  },
});
const moments = options.seconds.split(",").map(Number);

/** @param {string[]} args */
function ganvas(...args) {
  const command = ["toolchain/run", "build/release/bin/ganvas", ...args];
  return execFileSync("bash", command, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/**
 * The steps that the page has made so many seconds after Train was pressed.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 */
async function stepsInPage(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  await page.locator("#play:enabled").click();
  const start = performance.now();
  const steps = [];
  for (const moment of moments) {
    await page.waitForTimeout(Math.max(0, 1000 * moment - (performance.now() - start)));
    steps.push(Number((await page.locator("#images").textContent())?.replaceAll(",", "")) / BATCH);
  }
  await page.close();
  return steps;
}

/**
 * @param {string} preset
 * @param {number[]} steps
 * @param {string} folder
 */
function measure(preset, steps, folder) {
  const run = join(folder, `${preset}.safetensors`);
  let done = 0;
  for (const [index, count] of steps.entries()) {
    const start = done === 0 ? ["--preset", preset, "--seed", options.seed] : ["--resume", run];
    if (count > done) ganvas("train", ...start, "--steps", String(count - done), "--out", run);
    done = count;
    const { digitFid, classAccuracy } = JSON.parse(ganvas("eval", "--model", run, "--json"));
    const accuracy = `${(100 * classAccuracy).toFixed(1)} %`;
    console.log(`| ${preset} | ${moments[index]} | ${count} | ${digitFid.toFixed(1)} | ${accuracy} |`);
    if (options.grids === undefined) continue;
    const grid = join(options.grids, `${preset}-${moments[index]}s.png`);
    ganvas("sample", "--model", run, "--count", "100", "--out", grid);
  }
}

const server = await preview({ root: `${ROOT}web`, logLevel: "error", preview: { port: 0 } });
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const folder = mkdtempSync(join(tmpdir(), "page-quality-"));
try {
  console.log("| preset | seconds | steps | digit-FID | classified as requested |\n|---|--:|--:|--:|--:|");
  for (const preset of options.presets.split(",")) {
    const settings = `view=train&preset=${preset}&seed=${options.seed}&threads=${options.threads}`;
    const steps = await stepsInPage(browser, `${server.resolvedUrls?.local[0] ?? ""}?${settings}`);
    measure(preset, steps, folder);
  }
} finally {
  rmSync(folder, { recursive: true });
  await browser.close();
  await server.close();
}
