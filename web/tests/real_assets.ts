// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Where the real parts lie that tests run on: the bundled digits, the built modules, and what
// PyTorch found.

import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { MnistSource } from "../api/mnist";

export const PUBLIC_URL = new URL("../public/", import.meta.url).href;
export const ASSETS_URL = pathToFileURL(
  fileURLToPath(new URL("../../assets/", import.meta.url)),
).href;

export function mnistFiles(examples: number): MnistSource {
  return {
    imagesUrl: `${ASSETS_URL}mnist/train-images-idx3-ubyte.gz`,
    labelsUrl: `${ASSETS_URL}mnist/train-labels-idx1-ubyte.gz`,
    examples,
  };
}

/** Of the digits that nobody trains on. */
export function unseenFiles(examples: number): MnistSource {
  return {
    imagesUrl: `${ASSETS_URL}mnist/t10k-images-idx3-ubyte.gz`,
    labelsUrl: `${ASSETS_URL}mnist/t10k-labels-idx1-ubyte.gz`,
    examples,
  };
}

/** A safetensors file of tests/golden by its tensors' names, all in float64 or float32. */
export async function readTensors(
  name: string,
): Promise<Record<string, Float64Array | Float32Array>> {
  const { buffer } = new Uint8Array(
    await readFile(new URL(`../../tests/golden/${name}`, import.meta.url)),
  );
  const headerSize = Number(new DataView(buffer).getBigUint64(0, true));
  const header: Record<string, { dtype: string; data_offsets: [number, number] }> = JSON.parse(
    new TextDecoder().decode(buffer.slice(8, 8 + headerSize)),
  );
  const tensors: Record<string, Float64Array | Float32Array> = {};
  for (const [key, { dtype, data_offsets }] of Object.entries(header)) {
    if (key === "__metadata__") continue;
    const [from, to] = data_offsets.map((offset) => 8 + headerSize + offset);
    const bytes = buffer.slice(from, to);
    tensors[key] = dtype === "F64" ? new Float64Array(bytes) : new Float32Array(bytes);
  }
  return tensors;
}
