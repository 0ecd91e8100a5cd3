// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Where the real parts lie that tests run on: the bundled digits and the built modules.

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
