// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the discriminator of a run says of one sample.

import type { ClientSession } from "../../client/training_client";

export interface SampleScore {
  /** The probability of being real, or the critic's output. */
  readonly score: number;
  /** (784): gradient of D's logit with respect to each pixel. */
  readonly saliency: Float32Array;
}

/**
 * @param digit the class that was asked for; null without classes
 * @throws GanvasError as `ClientSession.score`
 */
export async function scoreSample(
  run: ClientSession,
  sample: Float32Array<ArrayBuffer>,
  digit: number | null,
): Promise<SampleScore> {
  const labels = digit === null ? {} : { labels: Uint8Array.of(digit) };
  const input = { samples: sample, ...labels };
  const [scores, saliency] = await Promise.all([run.score(input), run.saliency(input)]);
  return { score: scores[0] ?? Number.NaN, saliency };
}
