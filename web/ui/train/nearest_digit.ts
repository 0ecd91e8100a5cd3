// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finds the real digit nearest to a generated one, to show whether the generator memorises. Runs in
// the judge's worker, which gets the digits from the browser's cache.

import { connectJudge, type JudgeClient } from "../../client/judge_client";
import type { Nearest } from "../../engine/judge";
import type { Tier } from "../../engine/types";
import { fileUrl } from "../platform/asset_url";
import { TRAINING_FILES } from "../state/training_digits";

/** All 60,000 digits would take 100 MB. */
const MOST_COMPARED = 10_000;

let judge: Promise<JudgeClient> | null = null;

/**
 * Searches the first MOST_COMPARED training digits.
 * @param images (n, 784), -1 black to 1 white
 * @throws GanvasError as connectJudge and loadTraining; the next call then retries
 */
export async function nearestDigits(
  images: Float32Array<ArrayBuffer>,
  tier: Tier,
): Promise<Nearest> {
  judge ??= connect(tier);
  try {
    return await (await judge).nearest(images);
  } catch (thrown) {
    judge = null;
    throw thrown;
  }
}

async function connect(tier: Tier): Promise<JudgeClient> {
  const connected = await connectJudge({ tier });
  try {
    const { imagesUrl, labelsUrl } = TRAINING_FILES;
    await connected.loadTraining({
      imagesUrl: fileUrl(imagesUrl),
      labelsUrl: fileUrl(labelsUrl),
      examples: MOST_COMPARED,
    });
    return connected;
  } catch (thrown) {
    connected.terminate();
    throw thrown;
  }
}
