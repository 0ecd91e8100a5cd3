// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Writes the SHA-256 sums that the page compares what it downloads with: of each 1,000 digits, and of
// each pretrained model.

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

const assets = new URL("../assets/", import.meta.url);
const target = new URL("ui/state/generated/", import.meta.url);
/** SUMMED_ITEMS of engine/idx.ts. */
const EACH = 1000;

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Sums of the first `count` items of an IDX file. */
async function sumsOf(name, headerBytes, itemBytes, count) {
  const items = gunzipSync(await readFile(new URL(`mnist/${name}.gz`, assets))).subarray(
    headerBytes,
  );
  return Array.from({ length: count / EACH }, (_, block) =>
    sha256(items.subarray(block * EACH * itemBytes, (block + 1) * EACH * itemBytes)),
  );
}

async function digitSums(prefix, count) {
  return {
    images: await sumsOf(`${prefix}-images-idx3-ubyte`, 16, 784, count),
    labels: await sumsOf(`${prefix}-labels-idx1-ubyte`, 8, 1, count),
  };
}

async function modelSums() {
  const names = ["conditional", "dcgan", "discriminator", "seed"];
  const sums = names.map(async (name) => [
    name,
    sha256(await readFile(new URL(`models/${name}.safetensors`, assets))),
  ]);
  return Object.fromEntries(await Promise.all(sums));
}

async function write(name, purpose, values) {
  const constants = Object.entries(values).map(
    ([constant, value]) =>
      `export const ${constant} = ${JSON.stringify(value, null, 2)} as const;\n`,
  );
  const head =
    "// SPDX-FileCopyrightText: 2026 The Ganvas authors\n// SPDX-License-Identifier: MIT\n";
  const comment = `// ${purpose} Written by web/write_data_sums.mjs.\n`;
  await writeFile(new URL(name, target), `${head}//\n${comment}\n${constants.join("\n")}`);
}

await mkdir(target, { recursive: true });
await write("digit_sums.ts", "SHA-256 of each 1,000 digits of MNIST.", {
  TRAINING_SUMS: await digitSums("train", 60_000),
  UNSEEN_SUMS: await digitSums("t10k", EACH),
});
await write("model_sums.ts", "SHA-256 of the pretrained models.", {
  MODEL_SUMS: await modelSums(),
});
