// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finds the real picture nearest to a generated one, to show whether the generator memorises. Runs in
// the judge's worker, which gets the digits from the browser's cache, and other pictures from the page.

import { connectJudge, type JudgeClient } from "../../client/judge_client";
import { MAX_EXAMPLES } from "../../config/supply";
import { formatFixed } from "../platform/format";
import type { AppController } from "../state/app_controller";
import { trainingFiles } from "../state/digit_files";
import { pictureJudge } from "./picture_judges";

/** All 60,000 digits would take 100 MB. */
const MOST_COMPARED = Math.min(10_000, MAX_EXAMPLES);

/** One judge per app, until the app is gone. */
const judges = new WeakMap<AppController, Promise<JudgeClient>>();

export interface NearestPicture {
  /** (channels, side, side), 0 to 255. */
  readonly values: Uint8Array<ArrayBuffer>;
  /** In words: of digits in pixels, each in [-1, 1]; of other pictures in parts of black to white. */
  readonly distance: string;
  readonly isDigit: boolean;
}

/**
 * @param image a sample, -1 black to 1 white
 * @returns null if there is nothing to compare with on this device
 * @throws GanvasError as connectJudge and loadTraining; the next call then retries
 */
export async function nearestPicture(
  image: Float32Array<ArrayBuffer>,
  isDigit: boolean,
  controller: AppController,
): Promise<NearestPicture | null> {
  if (isDigit) return nearestDigit(image, controller);
  const judge = await pictureJudge(controller);
  if (judge === null) return null;
  const { values, distance } = await judge.nearestPicture(image);
  return { values, distance: `${formatFixed(100 * distance, 1)}\u202f%`, isDigit };
}

/** Searches the first MOST_COMPARED training digits. */
async function nearestDigit(
  image: Float32Array<ArrayBuffer>,
  controller: AppController,
): Promise<NearestPicture> {
  const judge = judges.get(controller) ?? connect(controller);
  judges.set(controller, judge);
  try {
    const { digits, distances } = await (await judge).nearest(image);
    return { values: digits, distance: formatFixed(distances[0] ?? Number.NaN, 1), isDigit: true };
  } catch (thrown) {
    judges.delete(controller);
    throw thrown;
  }
}

async function connect(controller: AppController): Promise<JudgeClient> {
  const options = { ...controller.judgeOptions, signal: controller.ended };
  const connected = await connectJudge(options);
  try {
    await connected.loadTraining(trainingFiles(MOST_COMPARED, (path) => controller.assetUrl(path)));
    return connected;
  } catch (thrown) {
    connected.terminate();
    throw thrown;
  }
}
