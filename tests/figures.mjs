#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// figures.mjs FOLDER/SUITE...: summarises the values that the Catch2 tests measured, from the JUnit reports FOLDER/SUITE.xml
// that exist. For each kind of measurement it prints the bound, and for each suite the worst value and its test.

import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";

// [title, pattern of the printed line, bound]. Each line counts for the first matching pattern; group 1 names the measurement.
const MEASUREMENTS = [
  ["Gradients in double against central differences", /^gradcheck of (.+), worst relative error/, "1e-6"],
  ["Gradients of presets in float against double", /^(presets' gradients) in float against double/, "2e-5"],
  ["Gradients of layers in float against double", /^(gradients) in float against double/, "1e-4"],
  ["Penalties against differences of D", /^the penalty of (.+) against differences/, "1e-6"],
  ["Ten steps in double against PyTorch's float64, relative", /^(.+) in double against PyTorch/, "1e-10"],
  ["Ten steps in float: multiple of PyTorch's float32 error", /^(.+), worst multiple of PyTorch/, "10"],
  ["Resumed runs of presets that differ from uninterrupted ones", /^runs of presets (resumed after .*) that differ/, "0"],
];

function linesOf(report) {
  const text = readFileSync(report, "utf8").replaceAll("&apos;", "'").replaceAll("&quot;", '"');
  return text.matchAll(/^(?:.*>)?(measured|bits): (.+): ?(\S+?)(?:<.*)?$/gm);
}

function measured(report) {
  const worst = new Map(); // measurement -> [value, name, count]
  const hashes = new Map(); // run -> set of hashes, and their number
  for (const [, kind, label, text] of linesOf(report)) {
    if (kind === "bits") {
      const run = label.replace(/(, \d+ ranks)?, \d+ threads$/, "");
      const seen = hashes.get(run) ?? { values: new Set(), count: 0 };
      seen.values.add(text);
      hashes.set(run, { ...seen, count: seen.count + 1 });
      continue;
    }
    const measurement = MEASUREMENTS.find(([, pattern]) => pattern.test(label));
    if (measurement === undefined) continue;
    const [value, name, count] = worst.get(measurement) ?? [Number.NEGATIVE_INFINITY, "", 0];
    const current = [Number(text), measurement[1].exec(label)[1]];
    worst.set(measurement, [...(current[0] > value ? current : [value, name]), count + 1]);
  }
  return { worst, hashes };
}

const suites = process.argv
  .slice(2)
  .filter((suite) => existsSync(`${suite}.xml`))
  .map((suite) => [basename(suite), measured(`${suite}.xml`)]);
for (const measurement of MEASUREMENTS) {
  const [title, , bound] = measurement;
  const rows = suites.filter(([, { worst }]) => worst.has(measurement));
  if (rows.length > 0) console.log(`${title}, at most ${bound}:`);
  for (const [suite, { worst }] of rows) {
    const [value, name, count] = worst.get(measurement);
    console.log(`  ${suite.padEnd(16)} ${String(value).padEnd(9)} worst of ${count}: ${name}`);
  }
}
const runs = [...new Set(suites.flatMap(([, { hashes }]) => [...hashes.keys()]))];
if (runs.length > 0) console.log("Hashes of all parameters, moments and samples; equal within each family of tiers:");
for (const run of runs) {
  for (const [suite, { hashes }] of suites) {
    const seen = hashes.get(run);
    if (seen === undefined) continue;
    const verdict = seen.values.size === 1 ? `the same on ${seen.count} counts of threads or ranks` : "NOT the same";
    console.log(`  ${suite.padEnd(16)} ${[...seen.values].join(" ")}  ${run}, ${verdict}`);
  }
}
