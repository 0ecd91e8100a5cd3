// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Training steps per second of Ganvas and its peers in headless Chromium:
// node tests/bench/browser/run.mjs [--help]. No test depends on the results.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CONTENDERS, WORKLOADS } from "./catalogue.mjs";

const HELP = `usage: node tests/bench/browser/run.mjs [OPTIONS]

Prints a Markdown table of training steps per second, each the median of interleaved rounds.

  --rounds N            rounds to take the median of (default 5)
  --only W1,W2          workloads (default all): ${Object.entries(WORKLOADS)
    .map(([name, { preset, batch }]) => `${name} ${preset} batch ${batch}`)
    .join(", ")}
  --contenders a,b      contenders (default all): ${Object.keys(CONTENDERS).join(", ")}
  --busy N              beside N other processes that compute all the time (default 0)
  --quick               one round of short measurements, to check that everything works
  --memory              measure only the WebAssembly memory of Ganvas after 50 steps of W2 and W3
  --cold                measure only the first 100 steps of Ganvas after a cold load, against 100 later

The environment variable CHROMIUM sets the browser (default /usr/bin/chromium).`;

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(2);
}

/**
 * @param {string | undefined} list
 * @param {string[]} known
 */
function chosen(list, known) {
  const names = list?.split(",") ?? known;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) fail(`unknown name '${unknown}'; known names: ${known.join(", ")}`);
  return names;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string" },
      only: { type: "string" },
      contenders: { type: "string" },
      busy: { type: "string", default: "0" },
      quick: { type: "boolean", default: false },
      memory: { type: "boolean", default: false },
      cold: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
  if (!Number.isInteger(rounds) || rounds < 1) fail("--rounds must be a whole number, 1 or more");
  return {
    ...values,
    rounds,
    busy: Number(values.busy),
    workloads: chosen(values.only, Object.keys(WORKLOADS)),
    contenders: chosen(values.contenders, Object.keys(CONTENDERS)),
  };
}

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const options = readOptions();
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
if (!existsSync(here("../../../web/engine/modules/build.js"))) {
  fail("web/engine/modules is empty: run ./build-wasm.sh first");
}
if (!existsSync(here("node_modules"))) {
  console.error("installing the peers (npm ci)");
  const { status } = spawnSync("npm", ["ci"], { cwd: here("."), stdio: ["ignore", 2, 2] });
  if (status !== 0) fail("npm ci failed in tests/bench/browser");
}
// Imported here because it needs the packages installed above.
const { run } = await import("./bench.mjs");
await run(options);
