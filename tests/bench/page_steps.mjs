// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Training steps per second in the built page, in headless Chromium, by preset and number of threads, with everything that the
// page does beside: samples, curves, quality. Builds in other folders can be measured in turn:
//
//   ./build-wasm.sh && node tests/bench/page_steps.mjs [--presets quick,fine] [--threads 1,auto] [--seconds 20] [--rounds 3]
//     [--dist web/dist,../before/web/dist]

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { preview } from "vite";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const { values: options } = parseArgs({
  options: {
    presets: { type: "string", default: "quick,fine" },
    threads: { type: "string", default: "1,auto" },
    seconds: { type: "string", default: "20" },
    rounds: { type: "string", default: "3" },
    dist: { type: "string", default: "web/dist" },
  },
});
const [presets, threads, dists] = [options.presets, options.threads, options.dist].map((list) => list.split(","));
const seconds = Number(options.seconds);

/** @param {import("playwright-core").Page} page */
async function imagesSeen(page) {
  return Number((await page.locator("#images").textContent())?.replaceAll(",", ""));
}

/**
 * Images per second in the second half of the run, when code is warm.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 */
async function rate(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  await page.locator("#play:enabled").click();
  await page.waitForTimeout(500 * seconds);
  const [start, before] = [performance.now(), await imagesSeen(page)];
  await page.waitForTimeout(500 * seconds);
  const images = (await imagesSeen(page)) - before;
  const passed = (performance.now() - start) / 1000;
  await page.close();
  return images / passed;
}

const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const servers = await Promise.all(
  dists.map((outDir) =>
    preview({
      root: `${ROOT}web`,
      build: { outDir: fileURLToPath(new URL(outDir, `file://${ROOT}`)) },
      logLevel: "error",
      preview: { port: 0 },
    }),
  ),
);
try {
  for (let round = 0; round < Number(options.rounds); ++round) {
    for (const preset of presets) {
      for (const count of threads) {
        const rates = [];
        for (const server of servers) {
          const url = server.resolvedUrls?.local[0] ?? "";
          rates.push(await rate(browser, `${url}?view=train&preset=${preset}&threads=${count}`));
        }
        const shown = rates.map((images) => `${(images / 16).toFixed(1)}`).join("  ");
        console.log(`${preset}, threads=${count}: ${shown} steps/s`);
      }
    }
  }
} finally {
  await browser.close();
  await Promise.all(servers.map((server) => server.close()));
}
