// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Whether the built page lasts: it trains with everything open, and how much its memory grows in an hour, how its rate
// changes, and its long tasks are printed, all after the first minutes.
//
//   ./build-wasm.sh && node tests/bench/soak.mjs [--minutes 60] [--settle 10] [--presets quick,toy2d]
//     [--browsers chromium,firefox] [--undisturbed] [--verbose]
//
// Measuring memory collects garbage, which is a long task itself: with --undisturbed, the page's memory is not measured.
//
// "heap" is the JavaScript of the page, after a garbage collection, where the browser tells (Chromium); "agents" adds its
// workers and what they hold outside the heap; "wasm" is the memory of all modules; "processes" is what the browser's
// processes alone hold (Private in /proc/PID/smaps_rollup), which collections come and go in.

import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const require = createRequire(new URL("../browser/package.json", import.meta.url));
const { chromium } = require("@playwright/test");
const { preview } = await import(createRequire(new URL("../../web/package.json", import.meta.url)).resolve("vite"));
const { launch } = await import(require.resolve("puppeteer-core"));

const ROOT = fileURLToPath(new URL("../../web", import.meta.url));
const SAMPLE_MS = 10_000;
const MIB = 2 ** 20;

const { values: options } = parseArgs({
  options: {
    minutes: { type: "string", default: "60" },
    settle: { type: "string", default: "10" },
    presets: { type: "string", default: "quick,toy2d" },
    browsers: { type: "string", default: "chromium,firefox" },
    undisturbed: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});

/** Runs in each worker before its own code: tells the page how large the memories of its modules are. */
const TELL_MEMORY = `{
  const memories = new Set();
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (module, imports) => {
    const instance = await instantiate.call(WebAssembly, module, imports);
    const objects = [...Object.values(imports ?? {}).flatMap(Object.values), ...Object.values(instance.exports ?? {})];
    for (const object of objects) if (object instanceof WebAssembly.Memory) memories.add(object);
    return instance;
  };
  const channel = new BroadcastChannel("soak");
  const id = Math.random();
  setInterval(() => {
    const bytes = [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    if (bytes > 0) channel.postMessage({ id, bytes });
  }, 2000);
}`;

/** Runs in the page before its own code. */
function watch(undisturbed) {
  const soak = {
    wasm: {},
    tasks: [],
    agents: null,
    wasmBytes: () => Object.values(soak.wasm).reduce((sum, bytes) => sum + bytes, 0),
  };
  window.soak = soak;
  new BroadcastChannel("soak").onmessage = ({ data }) => {
    soak.wasm[data.id] = data.bytes;
  };
  // An answer takes up to a minute.
  const measure = async () => {
    for (; performance.measureUserAgentSpecificMemory !== undefined; ) {
      const { bytes } = await performance.measureUserAgentSpecificMemory().catch(() => ({ bytes: null }));
      soak.agents = bytes;
      await new Promise((resolve) => setTimeout(resolve, 5000));
    }
  };
  if (!undisturbed) void measure();
  if (PerformanceObserver.supportedEntryTypes.includes("longtask")) {
    new PerformanceObserver((list) => soak.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
    return;
  }
  // Where no browser tells: a timer that comes late has waited for a task.
  let last = performance.now();
  setInterval(() => {
    const late = performance.now() - last - 20;
    last = performance.now();
    if (late > 50) soak.tasks.push(late);
  }, 20);
}

/** What the page itself knows; runs in it. */
function look() {
  const find = (root, selector) => {
    const found = root.querySelector(selector);
    if (found !== null) return found;
    for (const { shadowRoot } of root.querySelectorAll("*")) {
      const inside = shadowRoot && find(shadowRoot, selector);
      if (inside) return inside;
    }
    return null;
  };
  const step = Number(find(document, "#steps").textContent.replaceAll(",", ""));
  const tasks = window.soak.tasks.splice(0);
  const { agents } = window.soak;
  window.soak.agents = null;
  return { step, tasks, wasm: window.soak.wasmBytes(), agents };
}

async function inChromium(url) {
  const browser = await chromium.launchServer({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  const connected = await chromium.connect(browser.wsEndpoint());
  const context = await connected.newContext({ serviceWorkers: "block", viewport: { width: 1280, height: 1000 } });
  const page = await context.newPage();
  await page.addInitScript(watch, options.undisturbed);
  await page.goto(url);
  const session = await context.newCDPSession(page);
  return {
    pid: browser.process().pid,
    press: (selector) => page.locator(selector).click(),
    look: async () => {
      if (options.undisturbed) return { ...(await page.evaluate(look)), heap: null };
      await session.send("HeapProfiler.collectGarbage");
      const { usedSize } = await session.send("Runtime.getHeapUsage");
      return { ...(await page.evaluate(look)), heap: usedSize };
    },
    close: () => browser.close(),
  };
}

async function inFirefox(url) {
  const browser = await launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
    protocolTimeout: 0,
    defaultViewport: { width: 1280, height: 1000 },
    extraPrefsFirefox: { "intl.accept_languages": "en-US", "dom.serviceWorkers.enabled": false },
  });
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(watch, options.undisturbed);
  await page.goto(url);
  return {
    pid: browser.process().pid,
    press: async (selector) => {
      const element = await page.waitForSelector(`>>> ${selector}`, { visible: true });
      await element.click();
    },
    look: async () => ({ ...(await page.evaluate(look)), heap: null }),
    close: () => browser.close(),
  };
}

const BROWSERS = { chromium: inChromium, firefox: inFirefox };

/** Bytes that a process and those that it has started hold alone. */
function privateBytes(pid) {
  const parents = new Map();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 4).split(" ")[0]));
    } catch {
      // It has ended.
    }
  }
  const family = new Set([pid]);
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const [child, parent] of parents) if (family.has(parent)) family.add(child);
  }
  let kilobytes = 0;
  for (const each of family) {
    try {
      for (const [, size] of readFileSync(`/proc/${each}/smaps_rollup`, "utf8").matchAll(/^Private_\w+: +(\d+) kB/gm)) {
        kilobytes += Number(size);
      }
    } catch {
      // It has ended.
    }
  }
  return kilobytes * 1024;
}

/** Least squares: the slope per hour, and its standard error. */
function slopeOf(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [t, y] = [mean(points.map(([x]) => x)), mean(points.map(([, value]) => value))];
  const square = points.reduce((sum, [x]) => sum + (x - t) ** 2, 0);
  const slope = points.reduce((sum, [x, value]) => sum + (x - t) * (value - y), 0) / square;
  const rest = points.reduce((sum, [x, value]) => sum + (value - y - slope * (x - t)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / (points.length - 2) / square) };
}

const hours = (ms) => ms / 3_600_000;

function report(name, samples) {
  const settled = samples.filter(({ at }) => at >= Number(options.settle) * 60_000);
  console.log(`${name}: ${samples.at(-1).step} steps in ${(samples.at(-1).at / 60_000).toFixed(1)} minutes`);
  for (const memory of ["heap", "agents", "wasm", "processes"]) {
    // An answer without the workers, which had no time, is of less than half.
    const most = Math.max(...settled.map((sample) => sample[memory] ?? 0));
    const points = settled.filter((sample) => sample[memory] !== null && sample[memory] > most / 2);
    if (points.length < 3) continue;
    const { slope, error } = slopeOf(points.map((sample) => [hours(sample.at), sample[memory] / MIB]));
    const now = (points.at(-1)[memory] / MIB).toFixed(1);
    console.log(`  ${memory}: ${slope.toFixed(2)} MiB an hour (standard error ${error.toFixed(2)}), now ${now} MiB`);
  }
  const rate = (part) => ((part.at(-1).step - part[0].step) * 1000) / (part.at(-1).at - part[0].at);
  const half = Math.floor(settled.length / 2);
  const [first, second] = [rate(settled.slice(0, half + 1)), rate(settled.slice(half))];
  console.log(`  ${first.toFixed(1)} steps/s, then ${second.toFixed(1)}: ${(100 * (1 - second / first)).toFixed(1)} % less`);
  const tasks = settled.flatMap((sample) => sample.tasks);
  console.log(`  ${tasks.length} tasks over 50 ms, the longest ${Math.max(0, ...tasks).toFixed(0)} ms`);
}

async function soak(name, preset, base) {
  const page = await BROWSERS[name](`${base}?view=train&lang=en&speed=max&preset=${preset}`);
  try {
    await page.press("#play:enabled");
    // No digits are judged where there are none.
    if (preset !== "toy2d") await page.press("#judge");
    const started = performance.now();
    const samples = [];
    while (performance.now() - started < Number(options.minutes) * 60_000) {
      await sleep(SAMPLE_MS);
      const seen = await page.look();
      const sample = { at: performance.now() - started, ...seen, processes: privateBytes(page.pid) };
      samples.push(sample);
      if (options.verbose) {
        const told = ["heap", "agents", "wasm", "processes"].map((memory) => (sample[memory] ?? 0) / MIB);
        console.log(`${(sample.at / 1000).toFixed(0)} s, step ${sample.step}:`, told.map((size) => size.toFixed(2)).join(" "));
      }
    }
    report(`${name}, ${preset}`, samples);
  } finally {
    await page.close();
  }
}

const server = await preview({
  root: ROOT,
  logLevel: "error",
  preview: { port: 0, host: "127.0.0.1" },
  plugins: [
    {
      name: "tell-memory",
      configurePreviewServer: ({ middlewares }) => {
        middlewares.use(async (request, response, next) => {
          const { pathname } = new URL(request.url, "http://localhost");
          if (!/^\/assets\/\w*worker-[\w-]+\.js$/.test(pathname)) return next();
          response.setHeader("content-type", "text/javascript");
          response.setHeader("cross-origin-embedder-policy", "require-corp");
          response.end(`${TELL_MEMORY}\n${await readFile(join(ROOT, "dist", pathname), "utf8")}`);
        });
      },
    },
  ],
});
try {
  const base = `http://localhost:${server.httpServer.address().port}/`;
  for (const name of options.browsers.split(",")) {
    for (const preset of options.presets.split(",")) await soak(name, preset, base);
  }
} finally {
  await server.close();
}
