// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A discriminator's output for an image, for every kind of discriminator: a conditional one scores
// all classes and the highest counts; an auxiliary classifier outputs the class itself.

import { clamp } from "../../engine/clamp";
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

export async function outputOf(judge: Model, image: Floats): Promise<DiscriminatorOutput> {
  const { session, config } = judge;
  if (takesClasses(config.discriminator.layers)) {
    const [classes = []] = await scoresOf(judge, [image]);
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

/** Mean of the images' scores, each as `outputOf` scores it. */
export async function meanScore(judge: Model, images: readonly Floats[]): Promise<number> {
  const scores = await scoresOf(judge, images);
  return scores.reduce((sum, ofImage) => sum + Math.max(...ofImage), 0) / scores.length;
}

/** Each image's scores: as one of each class, or its only one. */
async function scoresOf(
  { session, config }: Model,
  images: readonly Floats[],
): Promise<readonly (readonly number[])[]> {
  const takes = takesClasses(config.discriminator.layers);
  const each = takes ? config.classes : 1;
  const size = images[0]?.length ?? 0;
  const samples = new Float32Array(images.length * each * size);
  const labels = new Uint8Array(images.length * each);
  for (const [place, image] of images.entries()) {
    for (let label = 0; label < each; label += 1) {
      const row = place * each + label;
      samples.set(image, row * size);
      labels[row] = label;
    }
  }
  const scores = await session.score({ samples, ...(takes && { labels }) });
  return images.map((_, place) => [...scores.subarray(place * each, (place + 1) * each)]);
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
  const within = (share: number): number => clamp(share, 0, 1);
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
