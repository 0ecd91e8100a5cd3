// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Builds the page, opens it in Chromium for each measurement, and prints the results. Each round
// covers all workloads and contenders, so that a noisy minute affects all of them.

import { spawn } from "node:child_process";
import { build } from "vite";
import { Browser } from "./browser.mjs";
import { CONTENDERS, WORKLOADS } from "./catalogue.mjs";
import { DIST, serve } from "./server.mjs";
import { coldTable, median, ratesTable, significant } from "./tables.mjs";

/**
 * @typedef {import("../../../web/engine/types").Config} Config
 * @typedef {{ rounds: number, workloads: string[], contenders: string[], busy: number, quick: boolean, memory: boolean, cold: boolean }} Options
 * @typedef {{ rates: number[], once: boolean, failures: string[] }} Outcome rates in steps per second, and the reasons for missing ones
 */

const PREPARE_SECONDS = 60;
/** Limit for one step. */
const LIMIT_SECONDS = 90;
/** Contenders with longer steps are measured only once. */
const SLOW_SECONDS = 10;
const TIMED_SECONDS = 2;
const QUICK_SECONDS = 0.5;
const MEMORY_STEPS = 50;
const MEMORY_WORKLOADS = ["W2", "W3"];
const COLD_WORKLOADS = ["W1", "W2", "W4"];

/** @param {string} line */
const progress = (line) => console.error(line);

/** @param {Options} options */
export async function run(options) {
  await build({
    root: new URL(".", import.meta.url).pathname,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    worker: { format: "es" },
    build: {
      outDir: DIST,
      emptyOutDir: true,
      target: "es2022",
      modulePreload: false,
      // TensorFlow.js passes the source of one of its functions to its workers.
      minify: false,
      chunkSizeWarningLimit: 4096,
    },
  });
  const server = await serve();
  const browser = new Browser(server.url);
  const others = Array.from({ length: options.busy }, () =>
    spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
  );
  try {
    if (options.memory) await reportMemory(browser);
    else if (options.cold) await reportColdStarts(browser, options);
    else await reportRates(browser, options);
  } finally {
    for (const other of others) other.kill();
    await browser.close();
    server.stop();
  }
}

/**
 * @param {Browser} browser
 * @param {Options} options
 */
async function reportRates(browser, options) {
  const configs = await browser.visit((page) => page.evaluate(() => window.bench.configs()));
  if (options.contenders.some((name) => name.startsWith("tf-patched"))) {
    await browser.visit((page) => page.evaluate(() => window.bench.checkPatchedKernels()));
    progress("the patched kernels match TensorFlow.js' cpu backend");
  }
  /** @type {Map<string, Outcome>} */
  const outcomes = new Map();
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const workload of options.workloads) {
      for (const contender of options.contenders) {
        const key = `${contender} ${workload}`;
        const outcome = outcomes.get(key) ?? { rates: [], once: false, failures: [] };
        outcomes.set(key, outcome);
        const hopeless = outcome.rates.length === 0 && outcome.failures.length > 0;
        if (outcome.once || hopeless) continue;
        const measurement = { contender, workload, configs, quick: options.quick };
        const message = await measureInto(outcome, browser, measurement);
        progress(`round ${round}/${options.rounds} ${workload} ${contender}: ${message}`);
      }
    }
  }
  console.log(
    ratesTable(options, (contender, workload) => outcomes.get(`${contender} ${workload}`)),
  );
}

/**
 * One measurement in a new page. A failure is recorded in the outcome.
 * @param {Outcome} outcome
 * @param {Browser} browser
 * @param {{ contender: string, workload: string, configs: Record<string, Config>, quick: boolean }} measurement
 * @returns {Promise<string>} the progress message
 */
async function measureInto(outcome, browser, { contender, workload, configs, quick }) {
  const kind = CONTENDERS[contender];
  const config = configs[WORKLOADS[workload]?.preset ?? ""];
  if (!kind || !config) throw new Error(`${contender} and ${workload} are not in the catalogue`);
  try {
    return await browser.visit(async (page, within) => {
      const kindAndConfig = /** @type {const} */ ([kind, config]);
      const ready = page.evaluate(
        ([library, preset]) => window.bench.prepare(library, preset),
        kindAndConfig,
      );
      await within(PREPARE_SECONDS, ready);
      const first = await within(
        LIMIT_SECONDS,
        page.evaluate(() => window.bench.firstStep()),
      );
      outcome.once = first > SLOW_SECONDS;
      const seconds = quick ? QUICK_SECONDS : TIMED_SECONDS;
      const { stepsPerSecond, lossD } = await within(
        LIMIT_SECONDS,
        outcome.once
          ? page.evaluate(() => window.bench.oneStep())
          : page.evaluate((time) => window.bench.steadyRate(time), seconds),
      );
      outcome.rates.push(stepsPerSecond);
      return `${significant(stepsPerSecond)} steps/s, lossD ${lossD.toFixed(3)}`;
    });
  } catch (thrown) {
    const failure = reasonOf(thrown);
    outcome.failures.push(failure);
    return failure;
  }
}

/** @param {unknown} thrown */
function reasonOf(thrown) {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.split("\n")[0]?.replace(/^page\.\w+: (Error: )?/, "") ?? "";
}

/** @param {Browser} browser */
async function reportMemory(browser) {
  for (const workload of MEMORY_WORKLOADS) {
    const preset = WORKLOADS[workload]?.preset ?? "seed";
    const bytes = await browser.visit((page) =>
      page.evaluate(
        ([name, steps]) => window.bench.heapBytes(name, steps),
        /** @type {const} */ ([preset, MEMORY_STEPS]),
      ),
    );
    const size = `${(bytes / 2 ** 20).toFixed(1)} MB`;
    console.log(
      `${workload} ${preset}: ${size} of WebAssembly memory after ${MEMORY_STEPS} steps, with 10,000 digits`,
    );
  }
}

/**
 * @param {Browser} browser
 * @param {Options} options
 */
async function reportColdStarts(browser, { rounds }) {
  /** @type {Map<string, { cold: number[], steady: number[] }>} */
  const measured = new Map(COLD_WORKLOADS.map((name) => [name, { cold: [], steady: [] }]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [workload, times] of measured) {
      const preset = WORKLOADS[workload]?.preset ?? "seed";
      const { cold, steady } = await browser.visit((page) =>
        page.evaluate((name) => window.bench.coldStart(name), preset),
      );
      times.cold.push(cold);
      times.steady.push(steady);
      progress(
        `round ${round}/${rounds} ${workload}: ${cold.toFixed(0)} ms, then ${steady.toFixed(0)} ms`,
      );
    }
  }
  console.log(
    coldTable(
      [...measured].map(([workload, { cold, steady }]) => ({
        workload,
        cold: median(cold),
        steady: median(steady),
      })),
    ),
  );
}
