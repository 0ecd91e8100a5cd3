// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What can be shown of the plane, each by the name under which a link leaves it out, and how D's
// scores become a lean between generated and real.

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
      return msg("D’s opinion");
    case "manifold":
      return msg("G’s grid");
    case "arrows":
      return msg("D’s pull");
  }
}

export function explain(layer: Layer): string {
  switch (layer) {
    case "points":
      return msg("The points that the GAN learns from");
    case "samples":
      return msg("What the generator makes, always of the same noise");
    case "field":
      return msg("Blue where the discriminator takes points for real, orange where for generated");
    case "manifold":
      return msg(
        "An even grid of noise as the generator bends it: the stronger the colour, the denser the points",
      );
    case "arrows":
      return msg(
        "The way each generated point would have to go to look more real to the discriminator",
      );
  }
}

/**
 * Scores as leans from -1, generated, to 1, real. A critic's numbers have no end, so they are seen
 * relative to one another: its lowest is -1, its highest 1.
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
