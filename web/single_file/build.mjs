// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Builds the page as one file, web/dist/ganvas.html, which opens with a double-click and needs no network: the code, one
// engine, digits and networks are inside. Modules in instead/ take the place of those with the same path in web/.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipAsync } from "@gfx/zopfli";
import { rolldown } from "rolldown";
import { firstItems } from "../data_files.mjs";
import { inlineStyles } from "../inline_styles.mjs";
import { collectPackages, licenceText } from "../licences.mjs";
import { pageHtml } from "./page_html.mjs";
import { toText } from "./seven_bits.mjs";

const TARGET = "../dist/ganvas.html";
/** The site says so beside its link (ui/app/share_dialog.ts). */
const MAX_BYTES = 1_500_000;
/** Digits to train on, as in instead/config/supply.ts, and those of which Explore shows one of each class. */
const TRAINING = 2000;
const UNSEEN = 64;

const here = (name) => new URL(name, import.meta.url);
const path = (name) => fileURLToPath(here(name));
const read = (name) => readFile(here(name));

const replacements = {
  name: "ganvas:replacements",
  async resolveId(source, importer, options) {
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    if (found === null) return null;
    const other = path(`instead/${relative(path(".."), found.id)}`);
    return existsSync(other) ? other : found;
  },
};

/** Folders of the packages that are in the scripts. */
const packages = new Set();

/** One script that needs no module beside it. */
async function script(entry) {
  const bundled = await rolldown({
    input: path(entry),
    platform: "browser",
    plugins: [replacements, inlineStyles, collectPackages(packages)],
    transform: { target: "es2022" },
  });
  const { output } = await bundled.generate({
    format: "iife",
    codeSplitting: false,
    minify: true,
    comments: { legal: true, annotation: false, jsdoc: false },
  });
  await bundled.close();
  if (output.length !== 1) throw new Error(`${entry} became ${output.length} files`);
  return Buffer.from(output[0].code.trim());
}

const gzipped = (bytes) => gzipAsync(bytes, { numiterations: 5 });

/** First every byte at an even place, then the others: half-precision numbers so arranged zip 7 % smaller. */
const separated = (bytes) =>
  Buffer.concat([0, 1].map((place) => bytes.filter((_, at) => at % 2 === place)));

/** An element that holds a file. The loader undoes how it is packed; what is gzipped stays so. */
async function element(name, bytes) {
  const packings = {
    gz: ["none", () => bytes],
    js: ["gzip", () => gzipped(bytes)],
    idx: ["gzip", () => gzipped(bytes)],
    safetensors: ["separate gzip", () => gzipped(separated(bytes))],
  };
  const [, kind] = /\.(safetensors|gz|js|idx)/.exec(name);
  const [packing, pack] = packings[kind];
  return `<script type="text/plain" data-file="${name}" data-packing="${packing}">${toText(await pack())}</script>`;
}

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The content of a file's element, path by path. */
async function contents(page) {
  // Not gzipped, in spite of their names: zipped with their bytes apart, they are smaller.
  const model = (name) => read(`../../assets/models/${name}.safetensors`);
  const module = (name) => read(`../engine/modules/${name}`);
  return {
    "page.js": page,
    "worker.js": await script("worker.ts"),
    "engine/ganvas-simd.wasm.gz": await module("ganvas-simd.wasm.gz"),
    "engine/ganvas-judge-simd.wasm.gz": await module("ganvas-judge-simd.wasm.gz"),
    "engine/judge.safetensors": await module("judge.safetensors"),
    "models/conditional.safetensors.gz": await model("conditional"),
    "models/discriminator.safetensors.gz": await model("discriminator"),
    "mnist/train-images.idx": await firstItems("train-images-idx3-ubyte.gz", TRAINING),
    "mnist/train-labels.idx": await firstItems("train-labels-idx1-ubyte.gz", TRAINING),
    "mnist/t10k-images.idx": await firstItems("t10k-images-idx3-ubyte.gz", UNSEEN),
    "mnist/t10k-labels.idx": await firstItems("t10k-labels-idx1-ubyte.gz", UNSEEN),
  };
}

const page = await script("main.ts");
const loader = await script("loader.ts");
const styles = Buffer.concat([await read("../styles/site.css"), await read("opening.css")]);
const policy = [
  "default-src 'none'",
  `script-src ${hash(page)} ${hash(loader)} 'wasm-unsafe-eval'`,
  `style-src ${hash(styles)}`,
  "img-src data:",
  "worker-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const elements = [];
for (const [name, bytes] of Object.entries(await contents(page))) {
  elements.push(await element(name, bytes));
  if (process.argv.includes("--sizes")) console.log(name, Buffer.byteLength(elements.at(-1)));
}
const html = pageHtml({
  policy,
  icon: `data:image/svg+xml;base64,${(await read("../public/icon.svg")).toString("base64")}`,
  styles,
  files: elements.join("\n"),
  loader,
  licences: await licenceText(packages),
});
const size = Buffer.byteLength(html);
if (size > MAX_BYTES) throw new Error(`ganvas.html has ${size} bytes, more than ${MAX_BYTES}`);
await writeFile(here(TARGET), html);
console.log(`web/dist/ganvas.html: ${size} bytes`);
