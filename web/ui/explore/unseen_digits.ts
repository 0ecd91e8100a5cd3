// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Real digits to compare generated ones with.

import { loadMnist } from "../../engine/mnist";
import { IMAGE_PIXELS } from "../../engine/types";
import { unseenFiles } from "../state/digit_files";

/** The first so many test digits contain every class. */
const LOOKED_THROUGH = 64;

/** One test digit of each class, from -1 to 1, which no network was trained on. */
export async function loadUnseenDigits(
  assetUrl: (path: string) => string,
  signal: AbortSignal,
): Promise<Float32Array<ArrayBuffer>[]> {
  const { images, labels } = await loadMnist({ ...unseenFiles(LOOKED_THROUGH, assetUrl), signal });
  return Array.from({ length: 10 }, (_, digit) => {
    const first = labels.indexOf(digit) * IMAGE_PIXELS;
    return Float32Array.from(images.subarray(first, first + IMAGE_PIXELS), (p) => p / 127.5 - 1);
  });
}
