// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Compares the page's diagnosis of runs on points with the actual coverage: for each distribution, several
// seeds and steps, with the page's code and the WebAssembly core in Node. The actual coverage comes from
// 20,000 real and 20,000 generated points, counted in squares. Run ./build-wasm.sh first.
//
//   node tests/bench/points_health.mjs [--only ring,spiral] [--seeds 5] [--steps 1000,2000,4000,8000]

import { parseArgs } from "node:util";
import { close, load } from "./page_code.mjs";

const { values: options } = parseArgs({
  options: {
    only: { type: "string", default: "line,ring,discs,spiral,swiss_roll" },
    seeds: { type: "string", default: "5" },
    steps: { type: "string", default: "1000,2000,4000,8000" },
  },
});

const { loadGanvas } = await load("/engine/loader.ts");
const { coverage } = await load("/ui/plane/coverage.ts");
const { distance } = await load("/ui/plane/distance.ts");
const { Curves } = await load("/ui/state/curves.ts");
const { diagnose, recentMeans, spreadOf } = await load("/ui/train/health.ts");

/** Values of the page. */
const SHOWN = 400;
const RECENT_BINS = 50;
/** Points for the actual coverage. */
const MANY = 20_000;
const SQUARE = 0.1;
/** A square is missed if G has less than this share of the data's points in it. */
const LEAST_SHARE = 0.2;

const ganvas = await loadGanvas({ tier: "simd", threads: 1 });

/** @param {Float32Array} points @returns {Map<string, number>} the number of points in each square */
function countInSquares(points) {
  const counts = new Map();
  for (let at = 0; at < points.length; at += 2) {
    const square = [points[at], points[at + 1]].map((x) => Math.floor(x / SQUARE)).join();
    counts.set(square, (counts.get(square) ?? 0) + 1);
  }
  return counts;
}

/**
 * The share of real points in squares that G misses, and the share of generated points in squares
 * without a real point in them or in a neighbouring square.
 * @param {Float32Array} real @param {Float32Array} generated
 */
function actualCoverage(real, generated) {
  const [reals, generateds] = [countInSquares(real), countInSquares(generated)];
  let [missed, outside] = [0, 0];
  for (const [square, count] of reals) {
    if ((generateds.get(square) ?? 0) < LEAST_SHARE * count) missed += count;
  }
  for (const [square, count] of generateds) {
    const [column = 0, row = 0] = square.split(",").map(Number);
    const around = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => `${column + x},${row + y}`));
    if (!around.some((each) => reals.has(each))) outside += count;
  }
  return { missed: missed / MANY, outside: outside / MANY };
}

/** @param {any} session */
function manySamples(session) {
  const samples = new Float32Array(2 * MANY);
  for (let part = 0; part < 20; part += 1) {
    samples.set(session.sample({ count: MANY / 20, seed: 100 + part }), (part * 2 * MANY) / 20);
  }
  return samples;
}

/** @param {any} session @param {any} curves @param {Float32Array} real */
function pageDiagnosis(session, curves, real) {
  const generated = session.sample({ count: SHOWN, seed: 1 });
  const match = { distance: distance(generated, real), coverage: coverage(real, generated) };
  const situation = {
    steps: curves.length,
    probabilities: true,
    ...recentMeans(curves.table().mean, RECENT_BINS),
    diversity: spreadOf(generated, 2, 0) / spreadOf(real, 2, 0),
    match,
  };
  const byDistance = diagnose({ ...situation, match: { ...match, coverage: 1 } });
  return { ...match, diagnosis: diagnose(situation), byDistance };
}

const percent = (/** @type {number} */ share) => (100 * share).toFixed(1);
const checks = options.steps.split(",").map(Number);
const distributions = options.only.split(",");
const seen = [];
console.log("| data | seed | step | distance | coverage, % | missed, % | outside, % | diagnosis |");
console.log("|---|--:|--:|--:|--:|--:|--:|---|");
for (const data of distributions) {
  const manyReal = ganvas.drawPoints(data, { count: MANY, seed: 77 });
  for (let seed = 1; seed <= Number(options.seeds); seed += 1) {
    const session = ganvas.createSession({ preset: "toy2d", data, seed, examples: 10_000 });
    const points = ganvas.drawPoints(data, { count: 10_000, seed });
    session.setPoints(points);
    const curves = new Curves();
    for (const step of checks) {
      curves.add(session.train(step - session.state().step).history);
      const diagnosed = pageDiagnosis(session, curves, points.subarray(0, 2 * SHOWN));
      const row = { data, seed, step, ...diagnosed, ...actualCoverage(manyReal, manySamples(session)) };
      const shares = [row.coverage, row.missed, row.outside].map(percent);
      const figures = [row.distance.toFixed(4), ...shares].join(" | ");
      console.log(`| ${data} | ${seed} | ${step} | ${figures} | ${row.diagnosis} |`);
      seen.push(row);
    }
    session.dispose();
  }
}

/** @param {typeof seen} rows */
function missedIn(rows) {
  const shares = rows.map(({ missed }) => missed).sort((a, b) => a - b);
  return rows.length === 0 ? "–" : `${percent(shares[0])} to ${percent(shares.at(-1))}`;
}

console.log("\n| data | step | missed, % | matched by distance alone | matched | incomplete | missed where matched, % |");
console.log("|---|--:|--:|--:|--:|--:|--:|");
for (const data of distributions) {
  for (const step of checks) {
    const rows = seen.filter((row) => row.data === data && row.step === step);
    const matched = rows.filter(({ diagnosis }) => diagnosis === "matched");
    const byDistanceOnly = rows.filter(({ byDistance }) => byDistance === "matched");
    const incomplete = rows.filter(({ diagnosis }) => diagnosis === "incomplete");
    const counts = [byDistanceOnly, matched, incomplete].map(({ length }) => length).join(" | ");
    console.log(`| ${data} | ${step} | ${missedIn(rows)} | ${counts} | ${missedIn(matched)} |`);
  }
}
await close();
