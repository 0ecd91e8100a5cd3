// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the built page costs when it does little: the processor time of Chromium's renderer, as a share of one processor, with a
// run at full speed, at one step a second, and paused.
//
//   ./build-wasm.sh && node tests/bench/idle_cpu.mjs [--threads 2] [--seconds 10]

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { preview } from "vite";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const { values: options } = parseArgs({
  options: {
    threads: { type: "string", default: "2" },
    seconds: { type: "string", default: "10" },
  },
});
const seconds = Number(options.seconds);

const server = await preview({ root: `${ROOT}web`, logLevel: "error", preview: { port: 0 } });
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

/** Seconds of processor time that renderers have had so far. */
async function rendererTime() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  return renderers.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** @param {string} name */
async function measure(name) {
  // The browser clears away for some ten seconds after a start or a stop.
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  const before = await rendererTime();
  await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  const share = (await rendererTime()) - before;
  console.log(`${name}: ${((100 * share) / seconds).toFixed(1)} % of one processor`);
}

try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const url = server.resolvedUrls?.local[0] ?? "";
  for (const [name, speed] of [
    ["full speed", "max"],
    ["one step a second", "1"],
  ]) {
    await page.goto(`${url}?view=train&preset=quick&speed=${speed}&threads=${options.threads}`);
    await page.locator("#play:enabled").click();
    await measure(name ?? "");
  }
  await page.locator("#play").click();
  await measure("paused");
} finally {
  await browser.close();
  await server.close();
}
