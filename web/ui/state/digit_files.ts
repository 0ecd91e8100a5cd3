// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Which of the page's files hold the digits that are wanted, and the sums of what has to arrive.

import type { MnistSource } from "../../engine/mnist";
import { TRAINING_SUMS, UNSEEN_SUMS } from "./generated/digit_sums";

/** The first 10,000 digits also have a file of their own, which is shorter. */
const IN_SHORT_FILE = 10_000;

/** The first `examples` digits that networks are trained on. */
export function trainingFiles(examples: number, assetUrl: (path: string) => string): MnistSource {
  const name = examples <= IN_SHORT_FILE ? "train-10000" : "train";
  return {
    imagesUrl: assetUrl(`mnist/${name}-images-idx3-ubyte.gz`),
    labelsUrl: assetUrl("mnist/train-labels-idx1-ubyte.gz"),
    examples,
    sums: TRAINING_SUMS,
  };
}

/** The first `examples`, up to 1,000, of the digits that no network was trained on. */
export function unseenFiles(examples: number, assetUrl: (path: string) => string): MnistSource {
  return {
    imagesUrl: assetUrl("mnist/t10k-1000-images-idx3-ubyte.gz"),
    labelsUrl: assetUrl("mnist/t10k-labels-idx1-ubyte.gz"),
    examples,
    sums: UNSEEN_SUMS,
  };
}
