// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// saving_cost.mjs [--rounds N] [--seconds S] [--presets NAME,...]: steps a second of the built page (web/dist) in Chromium
// while it saves its run, and while it does not, measured in turn.

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const require = createRequire(new URL("../browser/package.json", import.meta.url));
const { chromium } = require("@playwright/test");
const { preview } = await import(createRequire(new URL("../../web/package.json", import.meta.url)).resolve("vite"));

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "60" },
    presets: { type: "string", default: "quick,dcgan,toy2d" },
  },
});
/** How often the page looks whether a save is due; without that timer it saves only when it pauses. */
const LOOK_MS = 1000;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

function neverLook(look) {
  const native = window.setTimeout;
  window.setTimeout = (run, ms) => (ms === look ? 0 : native(run, ms));
}

/** Steps a second of a new run, after ten seconds for it to settle, and the last step that was saved. */
async function measure(browser, url, preset, saves) {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  if (!saves) await page.addInitScript(neverLook, LOOK_MS);
  await page.goto(`${url}?view=train&speed=max&preset=${preset}`);
  const steps = async () => [Number((await page.locator("#steps").textContent()).replaceAll(",", "")), performance.now()];
  await page.locator("#play:enabled").click();
  await page.waitForTimeout(10_000);
  const [first, started] = await steps();
  await page.waitForTimeout(Number(values.seconds) * 1000);
  const [last, ended] = await steps();
  const title = await page.locator("#runs").getAttribute("title");
  await context.close();
  const saved = Number(/step ([\d,]+)/.exec(title)?.[1]?.replaceAll(",", "") ?? 0);
  return { rate: ((last - first) * 1000) / (ended - started), saved };
}

const server = await preview({
  root: fileURLToPath(new URL("../../web", import.meta.url)),
  preview: { port: 0, host: "127.0.0.1" },
});
const url = `http://localhost:${server.httpServer.address().port}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
for (const preset of values.presets.split(",")) {
  const rates = { saving: [], not: [] };
  let saved = 0;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const [without, with_] = [false, true].map((saves) => () => measure(browser, url, preset, saves));
    const pair = round % 2 === 0 ? [without, with_] : [with_, without];
    for (const run of pair) {
      const result = await run();
      if (run === with_) {
        rates.saving.push(result.rate);
        saved = result.saved;
      } else if (result.saved > 0) throw new Error("it has saved");
      else rates.not.push(result.rate);
    }
  }
  const [saving, not] = [median(rates.saving), median(rates.not)];
  console.log(
    `${preset}: ${saving.toFixed(1)} steps/s while saving (last at step ${saved}), ${not.toFixed(1)} without, x ${(saving / not).toFixed(3)}`,
  );
}
await browser.close();
await server.close();
