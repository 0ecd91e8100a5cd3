// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The slow drift of the pretrained samples from one noise to the next. The first samples are there before this
// code is.

import type { ClientSession } from "../../client/training_client";
import { clamp } from "../../engine/clamp";
import { IMAGE_PIXELS } from "../../engine/types";
import { prefersStillness } from "../platform/motion";
import type { SampleGrid } from "./store";

/** Duration of a walk from one noise to the next. */
const PERIOD_MS = 6000;
/** Fraction of the period during which a sample moves. */
const CHANGING = 0.4;
const FRAME_MS = 50;

interface Start {
  readonly session: ClientSession;
  /** Rows and columns of the grid; sample i has the class i % side. */
  readonly side: number;
  /** The seed of `latents`. */
  readonly noise: number;
  /** (side * side, latent_dim) */
  readonly latents: Float32Array<ArrayBuffer>;
  /** (side * side, 784): their samples */
  readonly values: Float32Array<ArrayBuffer>;
  /** Whether to go on. */
  readonly here: () => boolean;
  readonly show: (samples: SampleGrid) => void;
}

/** Walks on from the start until `here` says no; with reduced motion not at all. */
export async function wander({ session, side, here, show, ...start }: Start): Promise<void> {
  const count = side * side;
  let { noise, latents: from, values } = start;
  while (!prefersStillness.matches) {
    noise = (noise + 1) % 2 ** 32;
    const to = await session.drawLatents({ count, seed: noise });
    for (let elapsed = 0, last = performance.now(); elapsed < PERIOD_MS; ) {
      const now = await nextFrame(FRAME_MS);
      if (!here()) return;
      // A tab that was hidden continues where it stopped.
      const next = elapsed + Math.min(now - last, 4 * FRAME_MS);
      const moving = movingBetween(count, elapsed / PERIOD_MS, next / PERIOD_MS);
      elapsed = next;
      last = now;
      if (moving.length === 0) continue;
      const latents = onTheWay(from, to, elapsed / PERIOD_MS, moving, count);
      const labels = Uint8Array.from(moving, (sample) => sample % side);
      const moved = await session.generate({ latents, labels });
      if (!here()) return;
      values = values.slice();
      for (const [at, sample] of moving.entries()) {
        const image = moved.subarray(at * IMAGE_PIXELS, (at + 1) * IMAGE_PIXELS);
        values.set(image, sample * IMAGE_PIXELS);
      }
      show({ values, side });
    }
    from = to;
  }
}

/** Resolves at an animation frame at least ms / 2 later; in a hidden tab, once it is visible again. */
function nextFrame(ms: number): Promise<number> {
  return new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), ms / 2));
}

/** Progress of a sample, 0 to 1, at a time of the period, 0 to 1. */
function progressOf(sample: number, time: number): number {
  // Multiples of the golden ratio spread the starts evenly and neighbours far apart.
  const start = ((sample * 0.6180339887) % 1) * (1 - CHANGING);
  const t = clamp((time - start) / CHANGING, 0, 1);
  return t * t * (3 - 2 * t);
}

/** Samples, of so many, that move between two times of the period. */
function movingBetween(count: number, before: number, after: number): number[] {
  const samples = Array.from({ length: count }, (_, sample) => sample);
  return samples.filter((sample) => progressOf(sample, before) !== progressOf(sample, after));
}

/**
 * Latents of the given samples between two draws, on the arc cos a + sin b, which keeps independent
 * normal numbers normal.
 */
function onTheWay(
  from: Float32Array,
  to: Float32Array,
  time: number,
  samples: readonly number[],
  count: number,
): Float32Array<ArrayBuffer> {
  const size = from.length / count;
  const latents = new Float32Array(samples.length * size);
  for (const [at, sample] of samples.entries()) {
    const angle = (progressOf(sample, time) * Math.PI) / 2;
    for (let axis = 0; axis < size; axis += 1) {
      const [a, b] = [from[sample * size + axis] ?? 0, to[sample * size + axis] ?? 0];
      latents[at * size + axis] = Math.cos(angle) * a + Math.sin(angle) * b;
    }
  }
  return latents;
}
