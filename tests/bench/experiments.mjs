// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Runs Learn's experiments with several seeds, with the page's code and the WebAssembly core in Node,
// and prints tables of their results; also the effect of leaving out detach with the tutorial's loss.
// Run ./build-wasm.sh first.
//
//   node tests/bench/experiments.mjs [--only collapse,detach] [--seeds 5] [--tier simd]

import { parseArgs } from "node:util";
import { assets, close, load } from "./page_code.mjs";

const { values: options } = parseArgs({
  options: {
    only: { type: "string", default: "collapse,detach,detach_bce,strong,saturating" },
    seeds: { type: "string", default: "5" },
    tier: { type: "string", default: "simd" },
  },
});

const { loadGanvas } = await load("/engine/loader.ts");
const { loadJudge } = await load("/engine/judge.ts");
const { loadMnist } = await load("/engine/mnist.ts");
const { ALL_EXPERIMENTS } = await load("/lessons/experiments.ts");
const { ExperimentRun } = await load("/lessons/experiment_run.ts");

const tutorialOnRing = ALL_EXPERIMENTS.collapse.healthy;
const experiments = {
  ...ALL_EXPERIMENTS,
  detach_bce: {
    ...ALL_EXPERIMENTS.detach,
    healthy: tutorialOnRing,
    broken: { ...tutorialOnRing, detach: false },
    steps: 4000,
  },
};

const { tier } = options;
const ganvas = await loadGanvas({ tier, threads: 1 });
const judge = await loadJudge({ tier });
const digits = await loadMnist({
  imagesUrl: `${assets}mnist/train-images-idx3-ubyte.gz`,
  labelsUrl: `${assets}mnist/train-labels-idx1-ubyte.gz`,
  examples: 10_000,
});

/** @param {any} config @param {number} seed @param {string} data */
function subject(config, seed, data) {
  const session = ganvas.createSession({ ...config, seed, examples: 10_000 });
  if (data === "ring") session.setPoints(ganvas.drawPoints("ring", { count: 10_000, seed }));
  else session.setData(digits.images, digits.labels);
  const advance = async (/** @type {number} */ steps) => session.train(steps).history;
  return { session, advance };
}

/** @param {string} name @param {number} [value] */
function formatted(name, value = Number.NaN) {
  const percent = ["onSpots", "readable", "left"].includes(name);
  return percent ? `${(100 * value).toFixed(0)} %` : String(Number(value.toPrecision(2)));
}

for (const name of options.only.split(",")) {
  const experiment = experiments[name];
  const { figures, data } = experiment;
  const columns = figures.map((/** @type {string} */ figure) => `${figure}, healthy / broken`);
  console.log(`\n${name}, after ${experiment.steps} steps\n`);
  console.log(`| seed | ${columns.join(" | ")} | shown | s |`);
  console.log(`|---|${"---|".repeat(columns.length + 2)}`);
  for (let seed = 1; seed <= Number(options.seeds); seed += 1) {
    const started = performance.now();
    const subjects = {
      healthy: subject(experiment.healthy, seed, data),
      broken: subject(experiment.broken, seed, data),
    };
    const read = (/** @type {Float32Array} */ images) => judge.opinions(images);
    const run = new ExperimentRun(experiment, subjects, read, () => {});
    await run.run();
    const { healthy, broken, shown } = run.findings();
    const cells = figures.map(
      (/** @type {string} */ figure) =>
        `${figure in healthy ? formatted(figure, healthy[figure]) : "–"} / ${formatted(figure, broken[figure])}`,
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`| ${seed} | ${cells.join(" | ")} | ${shown ? "yes" : "no"} | ${seconds} |`);
    subjects.healthy.session.dispose();
    subjects.broken.session.dispose();
  }
}
await close();
