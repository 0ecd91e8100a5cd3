// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The real points of a run, drawn from one of the core's distributions or around hand-drawn points.

import type { GanvasClient } from "../../client/training_client";
import { parsePoints } from "../../config/point_text";
import type { Settings } from "../../config/settings";
import { GanvasError } from "../../engine/errors";

type Floats = Float32Array<ArrayBuffer>;

export const DEFAULT_DATA = "ring";
/**
 * Real points scatter around each drawn point by at most this much, since the brush has a width.
 */
const BLOT = 0.04;

/** (examples, 2): the same for the same settings on any machine. */
export async function realPoints(client: GanvasClient, settings: Settings): Promise<Floats> {
  const { examples, seed, changes } = settings;
  const name = changes["data"] ?? DEFAULT_DATA;
  if (name !== "drawn") return client.drawPoints(name, { count: examples, seed });
  const drawn = parsePoints(changes["points"] ?? "");
  if (drawn === null) throw new GanvasError("malformed", "The drawn points cannot be read.");
  return blotted(drawn, examples, seed);
}

/** (count, 2) points around the centres, which are used in turn. */
export function blotted(centres: Floats, count: number, seed: number): Floats {
  const random = uniform(seed);
  const points = new Float32Array(2 * count);
  for (let at = 0; at < points.length; at += 1) {
    // The difference of two uniform numbers is triangular, like a soft brush.
    points[at] = (centres[at % centres.length] ?? 0) + BLOT * (random() - random());
  }
  return points;
}

/**
 * Uniform in [0, 1) by a 32-bit xorshift (Marsaglia 2003): integers only, the same on any machine.
 */
function uniform(seed: number): () => number {
  // Multiplicative hashing (2^32 over the golden ratio), so that small seeds do not start alike.
  let state = Math.imul(seed % 2 ** 32, 0x9e3779b1) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
