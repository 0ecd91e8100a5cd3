// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The data that the page and the package ganvas-data carry: the digits, the pretrained models, which are gzipped since
// servers seldom do it, and short files of the first digits, which are all that most visitors need. A whole file is a
// download that browsers keep; the beginning of a longer one is not.

import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

const ASSETS = fileURLToPath(new URL("../assets/", import.meta.url));

/** Files by folder: the data, and a README with origin and licence. */
const FILES = {
  mnist: /\.gz$|^README\.md$|^LICENSE/,
  models: /^README\.md$/,
};

const MODEL = /^(?!judge)\w+\.safetensors$/;

/** Short file -> the file that it is the beginning of, and how many of its digits it has. */
const SHORT_FILES = {
  "train-10000-images-idx3-ubyte.gz": { of: "train-images-idx3-ubyte.gz", digits: 10_000 },
  "t10k-1000-images-idx3-ubyte.gz": { of: "t10k-images-idx3-ubyte.gz", digits: 1000 },
};

/** @returns the whole file; null when there is none of this name */
export async function dataFile(folder, name) {
  if (folder === "mnist" && Object.hasOwn(SHORT_FILES, name)) return shortFile(name);
  const model = name.replace(/\.gz$/, "");
  if (folder === "models" && model !== name && MODEL.test(model)) return packedModel(model);
  if (!Object.hasOwn(FILES, folder) || !FILES[folder].test(name)) return null;
  return readFile(`${ASSETS}${folder}/${name}`).catch(() => null);
}

async function packedModel(name) {
  const file = await readFile(`${ASSETS}models/${name}`).catch(() => null);
  return file && packed(file);
}

/** Writes all of them to a folder. */
export async function writeData(target) {
  for (const [folder, wanted] of Object.entries(FILES)) {
    await mkdir(`${target}/${folder}`, { recursive: true });
    for (const name of await readdir(`${ASSETS}${folder}`)) {
      if (wanted.test(name))
        await copyFile(`${ASSETS}${folder}/${name}`, `${target}/${folder}/${name}`);
    }
  }
  for (const name of await modelNames()) {
    await writeFile(`${target}/models/${name}.gz`, await packedModel(name));
  }
  for (const name of Object.keys(SHORT_FILES)) {
    await writeFile(`${target}/mnist/${name}`, await shortFile(name));
  }
}

async function modelNames() {
  return (await readdir(`${ASSETS}models`)).filter((name) => MODEL.test(name));
}

/** Writes the models to a folder as they are, for programs. */
export async function writePlainModels(target) {
  for (const name of await modelNames())
    await copyFile(`${ASSETS}models/${name}`, `${target}/${name}`);
}

async function shortFile(name) {
  const { of, digits } = SHORT_FILES[name];
  return packed(await firstItems(of, digits));
}

function packed(bytes) {
  return promisify(gzip)(bytes, { level: 9 });
}

/** An IDX file with the first `count` images or labels of a longer one; neither is gzipped. */
export async function firstItems(name, count) {
  const whole = await promisify(gunzip)(await readFile(`${ASSETS}mnist/${name}`));
  // Magic number, whose last byte is the number of dimensions, and their sizes, 4 bytes each.
  const header = 4 + 4 * whole[3];
  const all = whole.readUInt32BE(4);
  const short = Buffer.from(whole.subarray(0, header + (count * (whole.length - header)) / all));
  short.writeUInt32BE(count, 4);
  return short;
}
