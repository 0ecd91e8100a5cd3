// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A discriminator's output for an image, for every kind of discriminator: a conditional one scores
// all classes and the highest counts; an auxiliary classifier outputs the class itself.

import type { Config } from "../../engine/types";
import { type Model, takesClasses } from "../state/models";

type Floats = Float32Array<ArrayBuffer>;

export interface DiscriminatorOutput {
  /** The probability of being real, or the critic's output. */
  readonly score: number;
  /** The most likely class; null for a discriminator without classes. */
  readonly class: number | null;
  /** Per class: scores as `score`, or probabilities; null if `class` is. */
  readonly classes: readonly number[] | null;
}

export async function outputOf(
  { session, config }: Model,
  image: Floats,
): Promise<DiscriminatorOutput> {
  if (takesClasses(config.discriminator.layers)) {
    const labels = Uint8Array.from({ length: config.classes }, (_, index) => index);
    const samples = new Float32Array(labels.length * image.length);
    for (const label of labels) samples.set(image, label * image.length);
    const classes = [...(await session.score({ samples, labels }))];
    const score = Math.max(...classes);
    return { score, class: classes.indexOf(score), classes };
  }
  const [score = Number.NaN] = await session.score({ samples: image });
  if (!config.auxiliary_classifier) return { score, class: null, classes: null };
  const layers = await session.layerOutputs({ network: "discriminator", input: image });
  const classes = softmax([...(layers.at(-1)?.values ?? [])].slice(1));
  return { score, class: classes.indexOf(Math.max(...classes)), classes };
}

/** Gradient of the score's logit with respect to each value of the image. */
export function saliencyOf(
  { session, config }: Model,
  image: Floats,
  { class: label }: DiscriminatorOutput,
): Promise<Floats> {
  const labelled = takesClasses(config.discriminator.layers) && label !== null;
  return session.saliency({ samples: image, ...(labelled && { labels: Uint8Array.of(label) }) });
}

/** Mean score of images, each with its label. */
export async function meanScore(
  { session, config }: Model,
  samples: Floats,
  classes: readonly number[],
): Promise<number> {
  const labelled = takesClasses(config.discriminator.layers);
  const scores = await session.score({
    samples,
    ...(labelled && { labels: Uint8Array.from(classes) }),
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Mean scores to compare with: of real digits, and of this generator's samples. */
export interface References {
  readonly real: number;
  readonly generated: number;
}

/** Maps a score to a scale from 0 (generated) to 1 (real). */
export function placeOfScore(
  score: number,
  objective: Config["objective"],
  { real, generated }: References,
): number {
  const within = (share: number): number => Math.max(0, Math.min(1, share));
  switch (objective) {
    case "bce":
    case "minimax":
    case "lsgan": // targets are 0 and 1
      return within(score);
    case "hinge": // margins are -1 and 1
      return within((score + 1) / 2);
    case "wgan": // only differences are meaningful
      return within(0.25 + (0.5 * (score - generated)) / Math.max(real - generated, 1e-6));
  }
}

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
