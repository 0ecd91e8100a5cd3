// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// first_samples.mjs [--rounds N] [FOLDER...]: milliseconds from opening the built page (default: web/dist) to its first
// samples in Chromium: with a cold cache, on a second visit, and without the server where the page keeps itself. Several
// builds are measured in turn, and compared with the first.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

const require = createRequire(new URL("../browser/package.json", import.meta.url));
const { chromium } = require("@playwright/test");

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "7" } },
  allowPositionals: true,
});
const ROUNDS = Number(values.rounds);
const FOLDERS = positionals.length > 0 ? positionals : [fileURLToPath(new URL("../../web/dist", import.meta.url))];
const VISITS = ["cold", "warm", "offline"];
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** Serves a folder as a usual static host: compressed texts, ten minutes of caching, no isolation. */
async function serve(folder) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = join(folder, pathname === "/" ? "index.html" : pathname);
    const body = await readFile(file).catch(() => null);
    if (body === null) return void response.writeHead(404).end();
    const type = TYPES[extname(file)];
    response.writeHead(200, {
      "content-type": type ?? "application/octet-stream",
      "cache-control": "max-age=600",
      ...(type && { "content-encoding": "gzip" }),
    });
    response.end(type ? gzipSync(body) : body);
  });
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  return { server, url: `http://localhost:${server.address().port}/` };
}

/** Opens the page; resolves with the milliseconds until its samples are drawn. */
async function visit(page, url) {
  await page.goto(url, { waitUntil: "commit" });
  const time = await page.waitForFunction(
    () => {
      const within = (selectors) =>
        selectors.reduce((root, name) => root?.querySelector(name)?.shadowRoot, document);
      const grid = within(["ganvas-app", "gv-frame", "gv-stage", "gv-image-grid"]);
      const canvas = grid?.querySelector("canvas");
      if (!canvas?.width) return false;
      // A copy, because reading makes a canvas slow.
      const copy = new OffscreenCanvas(16, 16).getContext("2d");
      copy.drawImage(canvas, 0, 0, 16, 16);
      const greys = copy.getImageData(0, 0, 16, 16).data.filter((_, at) => at % 4 === 0);
      return Math.max(...greys) - Math.min(...greys) > 60 && performance.now();
    },
    null,
    { polling: "raf", timeout: 30_000 },
  );
  return time.jsonValue();
}

/** Whether the page can be opened without its server from now on. */
async function keepsItself(page) {
  const ready = () => page.evaluate(async () => (await navigator.serviceWorker?.getRegistration())?.active?.state);
  for (let second = 0; second < 60; second += 1) {
    if ((await ready()) === "activated") return true;
    await page.waitForTimeout(second === 0 ? 3000 : 1000);
    if (second === 5 && (await ready()) === undefined) return false;
  }
  return false;
}

async function measure(browser, folder) {
  const { server, url } = await serve(folder);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const open = async () => {
    const page = await context.newPage();
    return { page, time: await visit(page, url) };
  };
  const cold = await open();
  const kept = await keepsItself(cold.page);
  await cold.page.close();
  const warm = await open();
  await warm.page.close();
  server.closeAllConnections();
  await new Promise((ended) => server.close(ended));
  const offline = kept ? (await open()).time : Number.NaN;
  await context.close();
  return { cold: cold.time, warm: warm.time, offline };
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const found = FOLDERS.map(() => []);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [at, folder] of FOLDERS.entries()) found[at].push(await measure(browser, resolve(folder)));
}
await browser.close();
const medians = found.map((times) => VISITS.map((name) => median(times.map((each) => each[name]))));
console.log(`ms to the first samples, medians of ${ROUNDS} rounds, and ratios to the first build's cold visit and its same visit`);
console.log(["build", ...VISITS].join("\t"));
for (const [at, row] of medians.entries()) {
  const [first] = medians;
  const words = row.map((time, visitAt) => {
    if (Number.isNaN(time)) return "-";
    const ratios = [first[0], first[visitAt]].filter((other) => !Number.isNaN(other));
    return `${time.toFixed(0)} (${ratios.map((other) => (time / other).toFixed(2)).join(", ")})`;
  });
  console.log([FOLDERS[at], ...words].join("\t"));
}
