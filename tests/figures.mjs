#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// figures.mjs FOLDER/SUITE...: what the Catch2 suites measured on their way to a verdict, from the JUnit reports
// FOLDER/SUITE.xml, as far as there are any: for each proof the worst figure of each suite, what it is of, and how far it may go.

import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";

// Each line that a test prints is counted by the first pattern that takes it; group 1 says what was measured.
const PROOFS = [
  ["Gradients in double against central differences", /^gradcheck of (.+), worst relative error/, "1e-6"],
  ["Gradients in float against double", /^(.*gradients) in float against double/, "2e-3"],
  ["Penalties against differences of D", /^the penalty of (.+) against differences/, "1e-6"],
  ["Ten steps in double against PyTorch's float64, relative", /^(.+) in double against PyTorch/, "1e-10"],
  ["Ten steps in float: multiple of PyTorch's float32 error", /^(.+), worst multiple of PyTorch/, "10"],
  ["Resumed runs of presets that differ from straight ones", /^runs of presets (resumed after .*) that differ/, "0"],
];

function linesOf(report) {
  const text = readFileSync(report, "utf8").replaceAll("&apos;", "'").replaceAll("&quot;", '"');
  return text.matchAll(/^(?:.*>)?(measured|bits): (.+): ?(\S+?)(?:<.*)?$/gm);
}

function measured(report) {
  const worst = new Map(); // proof -> [figure, what, count]
  const hashes = new Map(); // run -> set of hashes, and how many there were
  for (const [, kind, what, value] of linesOf(report)) {
    if (kind === "bits") {
      const run = what.replace(/, \d+ threads$/, "");
      const seen = hashes.get(run) ?? { values: new Set(), count: 0 };
      seen.values.add(value);
      hashes.set(run, { ...seen, count: seen.count + 1 });
      continue;
    }
    const proof = PROOFS.find(([, pattern]) => pattern.test(what));
    if (proof === undefined) continue;
    const [figure, name, count] = worst.get(proof) ?? [Number.NEGATIVE_INFINITY, "", 0];
    const mine = [Number(value), proof[1].exec(what)[1]];
    worst.set(proof, [...(mine[0] > figure ? mine : [figure, name]), count + 1]);
  }
  return { worst, hashes };
}

const suites = process.argv
  .slice(2)
  .filter((suite) => existsSync(`${suite}.xml`))
  .map((suite) => [basename(suite), measured(`${suite}.xml`)]);
for (const proof of PROOFS) {
  const rows = suites.filter(([, { worst }]) => worst.has(proof));
  if (rows.length > 0) console.log(`${proof[0]}, at most ${proof[2]}:`);
  for (const [suite, { worst }] of rows) {
    const [figure, name, count] = worst.get(proof);
    console.log(`  ${suite.padEnd(16)} ${String(figure).padEnd(9)} worst of ${count}: ${name}`);
  }
}
const runs = [...new Set(suites.flatMap(([, { hashes }]) => [...hashes.keys()]))];
if (runs.length > 0) console.log("Bits of all parameters, moments and samples; one value for each family of tiers:");
for (const run of runs) {
  for (const [suite, { hashes }] of suites) {
    const seen = hashes.get(run);
    if (seen === undefined) continue;
    const verdict = seen.values.size === 1 ? `the same on ${seen.count} thread counts` : "NOT the same";
    console.log(`  ${suite.padEnd(16)} ${[...seen.values].join(" ")}  ${run}, ${verdict}`);
  }
}
