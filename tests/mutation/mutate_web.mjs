// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Inserts small faults into the page's code, one at a time, and counts how many the unit tests notice.
//
//     node tests/mutation/mutate_web.mjs [--only PATTERN] [--at-least 0.95]
//     node tests/mutation/mutate_web.mjs --check
//
// Works on a copy of web/ in build/mutation-web. Fails if too few faults are noticed, or if one does not match exactly one
// place. --check only verifies the matches. The tests need the built modules.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { FAULTS } from "./web_faults.mjs";

const REPO = fileURLToPath(new URL("../../", import.meta.url));
const COPY = join(REPO, "build/mutation-web");
const WEB = join(COPY, "web");
const MOST_SECONDS = 900;

/** The text with the fault in it. */
function withFault(text, [right, wrong]) {
  const places = text.split(right).length - 1;
  if (places !== 1) throw new Error(`${places} matches of ${right}`);
  return text.replace(right, () => wrong);
}

/** All faults, each with its file; those that do not apply end the program. */
function faultsOf() {
  const all = Object.entries(FAULTS).flatMap(([file, faults]) => faults.map((fault) => ({ file, fault })));
  const stale = all.flatMap(({ file, fault }) => {
    try {
      withFault(readFileSync(join(REPO, "web", file), "utf8"), fault);
      return [];
    } catch (thrown) {
      return [`web/${file}: ${thrown.message}`];
    }
  });
  if (stale.length > 0) fail(`${stale.join("\n")}\nerror: these faults no longer apply`);
  return all;
}

function fail(line) {
  console.error(line);
  process.exit(1);
}

/** A copy of web/, beside links to what its tests read of the repository. */
function prepare() {
  rmSync(COPY, { recursive: true, force: true });
  mkdirSync(COPY, { recursive: true });
  for (const name of readdirSync(REPO)) {
    if (["web", "build", "node_modules"].includes(name) || name.startsWith(".")) continue;
    symlinkSync(join(REPO, name), join(COPY, name));
  }
  const isOfNone = (path) => !/^(dist.*|node_modules)$/.test(path.slice(join(REPO, "web/").length));
  cpSync(join(REPO, "web"), WEB, { recursive: true, filter: isOfNone });
}

/** Whether a tool of npm's ends well in the copy; one that takes too long does not. */
function passes(tool, ...args) {
  const command = ["--kill-after=5", String(MOST_SECONDS), join(REPO, "node_modules/.bin", tool), ...args];
  return spawnSync("timeout", command, { cwd: WEB, stdio: "ignore" }).status === 0;
}

/** Files of the copy -> those that import them. */
function findImporters() {
  const isSource = (path) => /\.(ts|mjs)$/.test(path) && !/^node_modules|^engine\/modules/.test(path);
  const importers = new Map();
  const files = readdirSync(WEB, { recursive: true }).filter(isSource);
  for (const file of files) {
    const text = readFileSync(join(WEB, file), "utf8");
    for (const [, relative] of text.matchAll(/\b(?:from|import|importActual<.*>)\s*\(?\s*"(\.[^"]+)"/g)) {
      const imported = join(dirname(file), relative).replace(/\.ts$/, "");
      importers.set(imported, [...(importers.get(imported) ?? []), file]);
    }
  }
  return (file) => importers.get(file.replace(/\.ts$/, "")) ?? [];
}

/** The unit tests to which the fewest imports lead from a file: they notice most of its faults, in seconds. */
function nearestTests(file, importersOf) {
  const seen = new Set([file]);
  for (let level = [file]; level.length > 0; ) {
    level = [...new Set(level.flatMap(importersOf))].filter((importer) => !seen.has(importer));
    for (const importer of level) seen.add(importer);
    const tests = level.filter((importer) => importer.endsWith(".test.ts"));
    if (tests.length > 0) return tests;
  }
  return [];
}

/** A test that fails only once was too slow on a busy machine. */
const testsPass = (tests = []) => passes("vitest", "run", ...tests, "--bail=1", "--retry=1");

/** What notices the fault: "a test", "tsc", or null. */
function verdictOn({ file, fault }, importersOf) {
  const path = join(WEB, file);
  const right = readFileSync(path, "utf8");
  const near = nearestTests(file, importersOf);
  try {
    writeFileSync(path, withFault(right, fault));
    if ((near.length > 0 && !testsPass(near)) || !testsPass()) return "a test";
    return passes("tsc", "--noEmit") && passes("tsc", "--noEmit", "-p", "service_worker") ? null : "tsc";
  } finally {
    writeFileSync(path, right);
  }
}

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    "at-least": { type: "string", default: "0.95" },
    check: { type: "boolean", default: false },
  },
});
const faults = faultsOf().filter(({ file }) => file.includes(values.only));
if (faults.length === 0) fail(`error: no file with a fault has '${values.only}' in its path`);
if (values.check) process.exit();
prepare();
if (!existsSync(join(WEB, "engine/modules"))) fail("error: the modules are missing: ./build-wasm.sh");
if (!testsPass()) fail("error: the unit tests fail without any fault");
const importersOf = findImporters();
const counts = { "a test": 0, tsc: 0, null: 0 };
for (const [index, one] of faults.entries()) {
  const start = performance.now();
  const verdict = verdictOn(one, importersOf);
  counts[verdict] += 1;
  const seconds = Math.round((performance.now() - start) / 1000);
  const what = `web/${one.file}: ${one.fault[0].trim().replace(/\s+/g, " ").slice(0, 70)}`;
  const said = verdict === null ? "NOT NOTICED" : `noticed by ${verdict}`;
  console.log(`${index + 1}/${faults.length} ${said}  ${what}  (${seconds} s)`);
}
const noticed = faults.length - counts.null;
console.log(`by tests ${counts["a test"]}, by tsc ${counts.tsc}`);
console.log(`${noticed} passed, ${counts.null} failed`);
process.exit(noticed >= Number(values["at-least"]) * faults.length ? 0 : 1);
