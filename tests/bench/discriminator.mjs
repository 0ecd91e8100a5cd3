// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Scores of the page's discriminator for real digits, for samples of each pretrained generator and for
// other images, with the WebAssembly core in Node: the table in assets/models/README.md. Run
// ./build-wasm.sh first.
//
//   node tests/bench/discriminator.mjs [--model assets/models/discriminator.safetensors] [--count 1000]

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { assets, close, load } from "./page_code.mjs";

const { values: options } = parseArgs({
  options: {
    model: { type: "string", default: "assets/models/discriminator.safetensors" },
    count: { type: "string", default: "1000" },
  },
});

const PIXELS = 784;
const count = Number(options.count);
const root = fileURLToPath(new URL("../../", import.meta.url));
const { loadGanvas } = await load("/engine/loader.ts");
const { loadMnist } = await load("/engine/mnist.ts");
const digits = await loadMnist({
  imagesUrl: `${assets}mnist/t10k-images-idx3-ubyte.gz`,
  labelsUrl: `${assets}mnist/t10k-labels-idx1-ubyte.gz`,
  examples: count,
});
const ganvas = await loadGanvas({ tier: "simd", threads: 1 });

/** @param {string} path */
async function loadSession(path) {
  const session = ganvas.createSession({ preset: "quick" });
  session.load(new Uint8Array(await readFile(path)));
  return session;
}

const discriminator = await loadSession(options.model);
const real = Float32Array.from(digits.images, (/** @type {number} */ pixel) => pixel / 127.5 - 1);

/** @param {string} name */
const samplesOf = async (name) => (await loadSession(`${root}assets/models/${name}.safetensors`)).sample({ count, seed: 3 });

/**
 * Images whose pixels are value(image, row, column).
 * @param {(i: number, y: number, x: number) => number} value
 */
const images = (value) =>
  Float32Array.from({ length: count * PIXELS }, (_, at) => value(Math.floor(at / PIXELS), Math.floor((at % PIXELS) / 28), at % 28));
/** @param {number} i @param {number} y @param {number} x */
const pixelOf = (i, y, x) => real[i * PIXELS + y * 28 + x];

const rows = {
  "real test digits": real,
  "samples of its own generator": discriminator.sample({ count, seed: 3 }),
  "samples of conditional.safetensors": await samplesOf("conditional"),
  "samples of dcgan.safetensors": await samplesOf("dcgan"),
  "samples of seed.safetensors": await samplesOf("seed"),
  "left and right halves of two digits": images((i, y, x) => pixelOf(x < 14 ? i : (i + 1) % count, y, x)),
  "digits rotated by 90 degrees": images((i, y, x) => pixelOf(i, 27 - x, y)),
  "inverted digits": images((i, y, x) => -pixelOf(i, y, x)),
  "a white square": images((_, y, x) => (Math.max(Math.abs(y - 13.5), Math.abs(x - 13.5)) < 6 ? 1 : -1)),
  "all black": images(() => -1),
  "uniform noise": images((i, y, x) => {
    const hashed = Math.sin(i * 784 + y * 28 + x + 1) * 43758.5453;
    return 2 * (hashed - Math.floor(hashed)) - 1;
  }),
};

/** @param {number} value */
const fixed = (value) => value.toFixed(2);
console.log("| images | mean | 10th percentile | 90th percentile |\n|---|--:|--:|--:|");
for (const [name, samples] of Object.entries(rows)) {
  const scores = discriminator.score({ samples }).toSorted();
  let sum = 0;
  for (const score of scores) sum += score;
  const [low, high] = [scores[Math.floor(0.1 * count)], scores[Math.floor(0.9 * count)]];
  console.log(`| ${name} | ${fixed(sum / count)} | ${fixed(low)} | ${fixed(high)} |`);
}

const correct = digits.labels.filter((/** @type {number} */ label, /** @type {number} */ index) => {
  const input = real.slice(index * PIXELS, (index + 1) * PIXELS);
  const logits = discriminator.layerOutputs({ network: "discriminator", input }).at(-1).values.slice(1);
  return logits.indexOf(Math.max(...logits)) === label;
});
console.log(`\nIts classifier is right for ${fixed((100 * correct.length) / count)} % of the real digits.`);
await close();
