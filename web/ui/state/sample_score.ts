// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the discriminator of a run says of one sample.

import type { ClientSession } from "../../client/training_client";

export interface SampleScore {
  /** The probability of being real, or the critic's output. */
  readonly score: number;
  /** Gradient of D's logit with respect to each value of the sample. */
  readonly saliency: Float32Array;
}

/**
 * @param asked the class that was asked for; null without classes
 * @throws GanvasError as `ClientSession.score`
 */
export async function scoreSample(
  run: ClientSession,
  sample: Float32Array<ArrayBuffer>,
  asked: number | null,
): Promise<SampleScore> {
  const labels = asked === null ? {} : { labels: Uint8Array.of(asked) };
  const input = { samples: sample, ...labels };
  const [scores, saliency] = await Promise.all([run.score(input), run.saliency(input)]);
  return { score: scores[0] ?? Number.NaN, saliency };
}
