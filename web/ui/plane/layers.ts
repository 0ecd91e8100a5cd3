// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The layers of the plane, with their names in links and on the page, and the mapping from D's
// scores to colours.

import { msg } from "@lit/localize";

export const LAYERS = ["points", "samples", "field", "manifold", "arrows"] as const;
export type Layer = (typeof LAYERS)[number];

export function nameOf(layer: Layer): string {
  switch (layer) {
    case "points":
      return msg("Real");
    case "samples":
      return msg("Generated");
    case "field":
      return msg("D’s score");
    case "manifold":
      return msg("G’s grid");
    case "arrows":
      return msg("D’s gradient");
  }
}

export function explain(layer: Layer): string {
  switch (layer) {
    case "points":
      return msg("The points that the GAN learns from");
    case "samples":
      return msg("Points that the generator makes, always from the same noise");
    case "field":
      return msg("Blue where the discriminator scores points as real, orange where as generated");
    case "manifold":
      return msg(
        "A regular grid of noise after the generator has bent it: the stronger the colour, the denser the points",
      );
    case "arrows":
      return msg(
        "The direction in which each generated point would have to move to raise the discriminator’s score",
      );
  }
}

/**
 * Maps scores to -1 (generated) to 1 (real). A critic's scores are unbounded and therefore scaled:
 * its lowest becomes -1, its highest 1.
 */
export function leansOf(scores: Float32Array, probabilities: boolean): Float32Array {
  if (probabilities) return scores.map((score) => 2 * score - 1);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const score of scores) {
    low = Math.min(low, score);
    high = Math.max(high, score);
  }
  const half = (high - low) / 2;
  return scores.map((score) => (half > 0 ? (score - low) / half - 1 : 0));
}
