// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a discriminator says of an image, whichever kind it is: one that is told a class is asked for
// all ten and believes the one for which it says most; an auxiliary classifier names it itself.

import type { Config } from "../../engine/types";
import { isTold, type Model } from "./models";

type Floats = Float32Array<ArrayBuffer>;

export interface Opinion {
  /** The probability of being real, or the critic's output. */
  readonly score: number;
  /** The digit that it takes it for; null of one that knows no classes. */
  readonly digit: number | null;
  /** What it says of each digit: scores as `score`, or probabilities of classes; null with `digit`. */
  readonly digits: readonly number[] | null;
}

const ALL_DIGITS = Uint8Array.from({ length: 10 }, (_, digit) => digit);

export async function opinionOf({ session, config }: Model, image: Floats): Promise<Opinion> {
  if (isTold(config.discriminator.layers)) {
    const samples = new Float32Array(10 * image.length);
    for (const digit of ALL_DIGITS) samples.set(image, digit * image.length);
    const digits = [...(await session.score({ samples, labels: ALL_DIGITS }))];
    const score = Math.max(...digits);
    return { score, digit: digits.indexOf(score), digits };
  }
  const [score = Number.NaN] = await session.score({ samples: image });
  if (!config.auxiliary_classifier) return { score, digit: null, digits: null };
  const layers = await session.layerOutputs({ network: "discriminator", input: image });
  const digits = softmax([...(layers.at(-1)?.values ?? [])].slice(1));
  return { score, digit: digits.indexOf(Math.max(...digits)), digits };
}

/** (784): how more ink on each pixel moves the opinion. */
export function saliencyOf(
  { session, config }: Model,
  image: Floats,
  { digit }: Opinion,
): Promise<Floats> {
  const told = isTold(config.discriminator.layers) && digit !== null;
  return session.saliency({ samples: image, ...(told && { labels: Uint8Array.of(digit) }) });
}

/** The mean score of many images, each of the digit that it was made or written as. */
export async function meanScore(
  { session, config }: Model,
  samples: Floats,
  digits: readonly number[],
): Promise<number> {
  const told = isTold(config.discriminator.layers);
  const scores = await session.score({ samples, ...(told && { labels: Uint8Array.from(digits) }) });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Scores of what to compare with: real digits, and this very generator's. */
export interface References {
  readonly real: number;
  readonly generated: number;
}

/** Where on a scale from generated, 0, to real, 1, a score lies. */
export function placeOfScore(
  score: number,
  objective: Config["objective"],
  { real, generated }: References,
): number {
  const within = (share: number): number => Math.max(0, Math.min(1, share));
  switch (objective) {
    case "bce":
    case "minimax":
    case "lsgan": // its targets are 0 and 1
      return within(score);
    case "hinge": // its margins are -1 and 1
      return within((score + 1) / 2);
    case "wgan": // only differences mean anything
      return within(0.25 + (0.5 * (score - generated)) / Math.max(real - generated, 1e-6));
  }
}

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
