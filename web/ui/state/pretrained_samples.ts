// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Samples of the pretrained generator that the page opens with. They drift slowly from one noise to
// the next, each at a different time; with reduced motion they stand still.

import type { ClientSession, GanvasClient } from "../../client/training_client";
import { DEFAULT_PRESET, gridSide } from "../../config/presets";
import { asGanvasError } from "../../engine/errors";
import { IMAGE_PIXELS } from "../../engine/types";
import { prefersStillness } from "../platform/motion";
import { readPretrained } from "./pretrained";
import { IDLE, type SampleGrid, STARTING, type Store } from "./store";

const SIDE = gridSide(null, DEFAULT_PRESET);
const COUNT = SIDE * SIDE;
/** Duration of a walk from one noise to the next. */
const PERIOD_MS = 6000;
/** Fraction of the period during which a sample moves. */
const CHANGING = 0.4;
const FRAME_MS = 50;

export interface PretrainedParts {
  readonly store: Store;
  readonly assetUrl: (path: string) => string;
  readonly show: (samples: SampleGrid) => void;
  readonly ended: AbortSignal;
}

export class PretrainedSamples {
  readonly #store: Store;
  readonly #assetUrl: (path: string) => string;
  readonly #show: (samples: SampleGrid) => void;
  #weights: Uint8Array<ArrayBuffer> | null = null;
  #session: ClientSession | null = null;
  /** Number of the current walk; earlier walks stop. */
  #walk = 0;

  constructor({ store, assetUrl, show, ended }: PretrainedParts) {
    this.#store = store;
    this.#assetUrl = assetUrl;
    this.#show = show;
    prefersStillness.addEventListener("change", () => this.draw(), { signal: ended });
  }

  async fetch(): Promise<void> {
    if (this.#weights !== null) return;
    this.#store.patch({ pretrained: STARTING });
    try {
      this.#weights = await readPretrained("conditional", this.#assetUrl, {
        onProgress: ({ loaded, total }) =>
          this.#store.patch({ pretrained: { status: "loading", done: loaded, all: total } }),
      });
    } catch (thrown) {
      this.#store.patch({ pretrained: { status: "failed", error: asGanvasError(thrown) } });
    }
  }

  /** Loads the generator into the worker, once its weights have arrived. */
  async wake(client: GanvasClient): Promise<void> {
    if (this.#weights === null) return;
    if (this.#session !== null) return this.draw();
    try {
      const session = await client.createSession({ preset: DEFAULT_PRESET });
      await session.load(this.#weights);
      this.#session = session;
      this.#store.patch({ pretrained: { status: "ready", value: null } });
      this.draw();
    } catch (thrown) {
      const error = asGanvasError(thrown);
      // A lost worker is reported with the engine's state.
      if (error.code === "worker_lost") return;
      this.#store.patch({ pretrained: { status: "failed", error } });
    }
  }

  /** Call when the worker with the generator is gone. */
  forget(): void {
    this.#session = null;
    this.#walk += 1;
    this.#store.patch({ pretrained: IDLE });
  }

  /** Shows samples of the current noise and, unless motion is reduced, walks on from there. */
  draw(): void {
    this.#walk += 1;
    if (this.#session === null || !this.#isShown()) return;
    this.#wander(this.#session, this.#walk).catch(() => {
      // A lost worker is reported with the engine's state.
    });
  }

  #isShown(): boolean {
    const { view, mode } = this.#store.state;
    return view === "train" && mode === "pretrained";
  }

  async #wander(session: ClientSession, walk: number): Promise<void> {
    const here = (): boolean => walk === this.#walk && this.#isShown();
    const latentsOf = (seed: number) => session.drawLatents({ count: COUNT, seed });
    let { noise } = this.#store.state;
    let from = await latentsOf(noise);
    let values = await session.generate({ latents: from });
    if (!here()) return;
    this.#show({ values, side: SIDE });
    while (!prefersStillness.matches) {
      noise = (noise + 1) % 2 ** 32;
      const to = await latentsOf(noise);
      for (let elapsed = 0, last = performance.now(); elapsed < PERIOD_MS; ) {
        const now = await nextFrame(FRAME_MS);
        if (!here()) return;
        // A tab that was hidden continues where it stopped.
        const next = elapsed + Math.min(now - last, 4 * FRAME_MS);
        const moving = movingBetween(elapsed / PERIOD_MS, next / PERIOD_MS);
        elapsed = next;
        last = now;
        if (moving.length === 0) continue;
        const latents = onTheWay(from, to, elapsed / PERIOD_MS, moving);
        const labels = Uint8Array.from(moving, (sample) => sample % SIDE);
        const moved = await session.generate({ latents, labels });
        if (!here()) return;
        values = values.slice();
        for (const [at, sample] of moving.entries()) {
          const image = moved.subarray(at * IMAGE_PIXELS, (at + 1) * IMAGE_PIXELS);
          values.set(image, sample * IMAGE_PIXELS);
        }
        this.#show({ values, side: SIDE });
      }
      from = to;
    }
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
  const t = Math.max(0, Math.min(1, (time - start) / CHANGING));
  return t * t * (3 - 2 * t);
}

/** Samples that move between two times of the period. */
function movingBetween(before: number, after: number): number[] {
  const samples = Array.from({ length: COUNT }, (_, sample) => sample);
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
): Float32Array<ArrayBuffer> {
  const size = from.length / COUNT;
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
