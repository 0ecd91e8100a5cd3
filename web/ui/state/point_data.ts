// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The real points of a run: of a distribution that the core knows, or around those that somebody
// drew.

import type { GanvasClient } from "../../client/training_client";
import { parsePoints } from "../../config/point_text";
import type { Settings } from "../../config/settings";
import { GanvasError } from "../../engine/errors";

type Floats = Float32Array<ArrayBuffer>;

export const DEFAULT_DATA = "ring";
/** Each drawn point stands for a small blot of points, since the brush has a width. */
const BLOT = 0.04;

/** (examples, 2): the same for the same settings, on any machine. */
export async function realPoints(client: GanvasClient, settings: Settings): Promise<Floats> {
  const { examples, seed, changes } = settings;
  const name = changes["data"] ?? DEFAULT_DATA;
  if (name !== "drawn") return client.drawPoints(name, { count: examples, seed });
  const drawn = parsePoints(changes["points"] ?? "");
  if (drawn === null) throw new GanvasError("malformed", "The drawn points cannot be read.");
  return blotted(drawn, examples, seed);
}

/** So many points around those, which take turns. */
export function blotted(centres: Floats, count: number, seed: number): Floats {
  const random = uniform(seed);
  const points = new Float32Array(2 * count);
  for (let at = 0; at < points.length; at += 1) {
    // The difference of two is more often small, as of a soft brush.
    points[at] = (centres[at % centres.length] ?? 0) + BLOT * (random() - random());
  }
  return points;
}

/** Uniform in [0, 1), by a xorshift of 32 bits (Marsaglia 2003): whole numbers, the same anywhere. */
function uniform(seed: number): () => number {
  // Spread over all bits (by 2^32 over the golden ratio), or small seeds would begin alike.
  let state = Math.imul(seed % 2 ** 32, 0x9e3779b1) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
