// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// first_samples.mjs [--rounds N] [--network MBIT,MS] [--slow N] [--cold] [FOLDER...]: milliseconds from opening the built page
// (default: web/dist) to its first samples in Chromium: with a cold cache, on a second visit, and without the server where the
// page keeps itself (--cold: only the first). Several builds are measured in turn, and compared with the first. --network gives
// the server so many Mbit/s, and each request so many ms more. --slow gives the browser an Nth of the processors, by a control
// group (version 1 of Linux, as root).

import { chmodSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

const require = createRequire(new URL("../browser/package.json", import.meta.url));
const { chromium } = require("@playwright/test");

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    network: { type: "string" },
    slow: { type: "string" },
    cold: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const ROUNDS = Number(values.rounds);
const [MEGABITS = Number.POSITIVE_INFINITY, LATENCY = 0] = values.network?.split(",").map(Number) ?? [];
const FOLDERS = positionals.length > 0 ? positionals : [fileURLToPath(new URL("../../web/dist", import.meta.url))];
const VISITS = values.cold ? ["cold"] : ["cold", "warm", "offline"];
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** All responses share one wire, in small pieces. */
async function send(response, body) {
  await sleep(LATENCY);
  if (MEGABITS === Number.POSITIVE_INFINITY) return void response.end(body);
  const piece = 4096;
  for (let at = 0; at < body.length; at += piece) {
    const part = body.subarray(at, at + piece);
    const due = wireFreeAt(part.length);
    const wait = due - performance.now();
    if (wait > 1) await sleep(wait);
    response.write(part);
  }
  response.end();
}

let freeAt = 0;

/** When so many bytes that are sent now have arrived. */
function wireFreeAt(bytes) {
  freeAt = Math.max(freeAt, performance.now()) + (bytes * 8) / (MEGABITS * 1000);
  return freeAt;
}

const bodies = new Map();

/** A file's bytes, which are read and compressed once. */
async function read(file, isText) {
  if (!bodies.has(file)) {
    const bytes = await readFile(file).catch(() => null);
    bodies.set(file, isText && bytes !== null ? gzipSync(bytes) : bytes);
  }
  return bodies.get(file);
}

/** Serves a folder as a usual static host: compressed texts, ten minutes of caching, no isolation. */
async function serve(folder) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = join(folder, pathname === "/" ? "index.html" : pathname);
    const type = TYPES[extname(file)];
    const body = await read(file, type !== undefined);
    if (body === null) return void response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": type ?? "application/octet-stream",
      "cache-control": "max-age=600",
      ...(type && { "content-encoding": "gzip" }),
    });
    await send(response, body);
  });
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  return { server, url: `http://localhost:${server.address().port}/` };
}

/** Opens the page; resolves with the milliseconds until its samples are drawn. */
async function visit(page, url) {
  // A new window of Chromium loads its own pages for a while.
  await page.waitForTimeout(2000 * Number(values.slow ?? 1));
  await page.goto(url, { waitUntil: "commit" });
  const time = await page.waitForFunction(
    () => {
      const within = (selectors) => selectors.reduce((root, name) => root?.querySelector(name)?.shadowRoot, document);
      const grid = within(["ganvas-app", "gv-frame", "gv-stage", "gv-image-grid"]);
      const canvas = grid?.querySelector("canvas");
      // As long as nothing is drawn, it has the size that canvases begin with.
      if (!canvas || canvas.height === 150) return false;
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
  if (values.cold) {
    await context.close();
    server.closeAllConnections();
    server.close();
    return { cold: cold.time };
  }
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

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const scratch = mkdtempSync(join(tmpdir(), "ganvas-first-samples-"));
const group = "/sys/fs/cgroup/cpu/ganvas_first_samples";

/** A program that starts the browser with an Nth of each processor. */
function slowed(factor) {
  mkdirSync(group, { recursive: true });
  const period = 20_000;
  writeFileSync(join(group, "cpu.cfs_period_us"), `${period}`);
  writeFileSync(join(group, "cpu.cfs_quota_us"), `${Math.round((period * availableParallelism()) / factor)}`);
  const script = join(scratch, "chromium");
  writeFileSync(script, `#!/bin/sh\necho $$ > ${group}/cgroup.procs\nexec ${CHROMIUM} "$@"\n`);
  chmodSync(script, 0o755);
  return script;
}

const browser = await chromium.launch({
  executablePath: values.slow === undefined ? CHROMIUM : slowed(Number(values.slow)),
  args: ["--no-sandbox", "--disable-gpu"],
});
const found = FOLDERS.map(() => []);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [at, folder] of FOLDERS.entries()) found[at].push(await measure(browser, resolve(folder)));
}
await browser.close();
rmSync(scratch, { recursive: true });
if (values.slow !== undefined) {
  // A group can be removed once its last process is gone.
  await sleep(500);
  rmdirSync(group);
}
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
