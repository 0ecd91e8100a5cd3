// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finds the real digit nearest to a generated one, to show whether the generator memorises. Runs in
// the judge's worker, which gets the digits from the browser's cache.

import { connectJudge, type JudgeClient } from "../../client/judge_client";
import { MAX_EXAMPLES } from "../../config/supply";
import type { Nearest } from "../../engine/judge";
import type { AppController } from "../state/app_controller";
import { trainingFiles } from "../state/digit_files";

/** All 60,000 digits would take 100 MB. */
const MOST_COMPARED = Math.min(10_000, MAX_EXAMPLES);

/** One judge per app, until the app is gone. */
const judges = new WeakMap<AppController, Promise<JudgeClient>>();

/**
 * Searches the first MOST_COMPARED training digits.
 * @param images (n, 784), -1 black to 1 white
 * @throws GanvasError as connectJudge and loadTraining; the next call then retries
 */
export async function nearestDigits(
  images: Float32Array<ArrayBuffer>,
  controller: AppController,
): Promise<Nearest> {
  const judge = judges.get(controller) ?? connect(controller);
  judges.set(controller, judge);
  try {
    return await (await judge).nearest(images);
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
