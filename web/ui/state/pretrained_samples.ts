// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The pretrained generator that the page opens on: its samples drift slowly from one noise to the
// next, each at its own time, and stand still for whoever asked for less motion.

import type { ClientSession, GanvasClient } from "../../client/training_client";
import { DEFAULT_PRESET, gridSide } from "../../config/presets";
import { asGanvasError } from "../../engine/errors";
import { readResource } from "../../engine/resource";
import { IMAGE_PIXELS } from "../../engine/types";
import { fileUrl } from "../platform/asset_url";
import { prefersStillness } from "../platform/motion";
import { IDLE, type SampleGrid, STARTING, type Store } from "./store";

const FILE = "assets/models/conditional.safetensors";
const SIDE = gridSide(null, DEFAULT_PRESET);
const COUNT = SIDE * SIDE;
/** From one noise to the next. */
const PERIOD_MS = 6000;
/** The part of that in which one sample changes; the rest of the time it rests. */
const CHANGING = 0.4;
const FRAME_MS = 50;

export class PretrainedSamples {
  readonly #store: Store;
  readonly #show: (samples: SampleGrid) => void;
  #weights: Uint8Array<ArrayBuffer> | null = null;
  #session: ClientSession | null = null;
  /** Counts walks, so that one that was replaced ends. */
  #walk = 0;

  constructor(store: Store, show: (samples: SampleGrid) => void) {
    this.#store = store;
    this.#show = show;
    prefersStillness.addEventListener("change", () => this.draw());
  }

  async fetch(): Promise<void> {
    if (this.#weights !== null) return;
    this.#store.patch({ pretrained: STARTING });
    try {
      this.#weights = await readResource(fileUrl(FILE), {
        onProgress: ({ loaded, total }) =>
          this.#store.patch({ pretrained: { status: "loading", done: loaded, all: total } }),
      });
    } catch (thrown) {
      this.#store.patch({ pretrained: { status: "failed", error: asGanvasError(thrown) } });
    }
  }

  /** Loads the generator into the worker, once its weights are here. */
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
      // Losing the worker is told where the engine is.
      if (error.code === "worker_lost") return;
      this.#store.patch({ pretrained: { status: "failed", error } });
    }
  }

  /** To be called when the worker that knew the generator is gone. */
  forget(): void {
    this.#session = null;
    this.#walk += 1;
    this.#store.patch({ pretrained: IDLE });
  }

  /** Shows samples of the current noise and, unless stillness is preferred, walks on from there. */
  draw(): void {
    this.#walk += 1;
    if (this.#session === null || !this.#isShown()) return;
    this.#wander(this.#session, this.#walk).catch(() => {
      // The worker was lost, which is told where the engine is.
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
        // A tab that comes back to the front goes on where it was.
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

/** Resolves at an animation frame after at least that long: never in a hidden tab. */
function nextFrame(ms: number): Promise<number> {
  return new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), ms / 2));
}

/** How far a sample is on its way, from 0 to 1, at a time of the period, from 0 to 1. */
function progressOf(sample: number, time: number): number {
  // Multiples of the golden ratio spread the beginnings evenly, and neighbours far apart.
  const start = ((sample * 0.6180339887) % 1) * (1 - CHANGING);
  const t = Math.max(0, Math.min(1, (time - start) / CHANGING));
  return t * t * (3 - 2 * t);
}

/** The samples that are not at the second time where they were at the first. */
function movingBetween(before: number, after: number): number[] {
  const samples = Array.from({ length: COUNT }, (_, sample) => sample);
  return samples.filter((sample) => progressOf(sample, before) !== progressOf(sample, after));
}

/**
 * Latents of the named samples between two draws, on the arc on which independent normal numbers stay
 * normal.
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
