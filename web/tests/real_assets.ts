// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Paths of real test inputs: bundled digits, built modules, and PyTorch's results.

import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { MnistSource } from "../engine/mnist";

export const MODULES_URL = new URL("../engine/modules/", import.meta.url).href;
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

/** MNIST's test set, which no network was trained on. */
export function unseenFiles(examples: number): MnistSource {
  return {
    imagesUrl: `${ASSETS_URL}mnist/t10k-images-idx3-ubyte.gz`,
    labelsUrl: `${ASSETS_URL}mnist/t10k-labels-idx1-ubyte.gz`,
    examples,
  };
}

interface Tensor {
  readonly dtype: string;
  readonly data_offsets: [number, number];
}

async function openGolden(name: string) {
  const { buffer } = new Uint8Array(
    await readFile(new URL(`../../tests/golden/${name}`, import.meta.url)),
  );
  const start = 8 + Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(buffer.slice(8, start)));
  const { __metadata__: metadata = {}, ...tensors } = header;
  return {
    metadata: metadata as Record<string, string>,
    tensors: tensors as Record<string, Tensor>,
    data: buffer.slice(start),
  };
}

/** Metadata of a safetensors file of tests/golden. */
export async function readMetadata(name: string): Promise<Record<string, string>> {
  return (await openGolden(name)).metadata;
}

/** Tensors by name of a safetensors file of tests/golden, in float64 or float32. */
export async function readTensors(
  name: string,
): Promise<Record<string, Float64Array | Float32Array>> {
  const golden = await openGolden(name);
  const tensors: Record<string, Float64Array | Float32Array> = {};
  for (const [key, { dtype, data_offsets }] of Object.entries(golden.tensors)) {
    const bytes = golden.data.slice(...data_offsets);
    tensors[key] = dtype === "F64" ? new Float64Array(bytes) : new Float32Array(bytes);
  }
  return tensors;
}
