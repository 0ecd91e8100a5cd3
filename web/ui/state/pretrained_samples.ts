// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Samples of the pretrained generator that the page opens with. They drift slowly from one noise to
// the next, each at a different time; with reduced motion they stand still.

import type { ClientSession, GanvasClient } from "../../client/training_client";
import { DEFAULT_PRESET, gridSide } from "../../config/presets";
import { asGanvasError } from "../../engine/errors";
import { prefersStillness } from "../platform/motion";
import { readPretrained } from "./pretrained";
import { IDLE, type SampleGrid, STARTING, type Store } from "./store";

const SIDE = gridSide(null, { preset: DEFAULT_PRESET, pictures: null });

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
  #download = new AbortController();
  #session: ClientSession | null = null;
  /** Number of the current walk; earlier walks stop. */
  #walk = 0;

  constructor({ store, assetUrl, show, ended }: PretrainedParts) {
    this.#store = store;
    this.#assetUrl = assetUrl;
    this.#show = show;
    prefersStillness.addEventListener("change", () => this.draw(), { signal: ended });
  }

  /** Ends an earlier download, which may have stalled. */
  async fetch(): Promise<void> {
    if (this.#weights !== null) return;
    this.#download.abort();
    this.#download = new AbortController();
    const { signal } = this.#download;
    this.#store.patch({ pretrained: STARTING });
    try {
      const weights = await readPretrained("conditional", this.#assetUrl, {
        signal,
        onProgress: ({ loaded, total }) =>
          this.#store.patch({ pretrained: { status: "loading", done: loaded, all: total } }),
      });
      this.#weights = weights;
      const { length } = weights;
      this.#store.patch({ pretrained: { status: "loading", done: length, all: length } });
    } catch (thrown) {
      if (signal.aborted) return;
      this.#store.patch({ pretrained: { status: "failed", error: asGanvasError(thrown) } });
    }
  }

  /** Loads the generator into the worker, once its weights have arrived, and draws. */
  async wake(client: GanvasClient): Promise<void> {
    if (this.#weights === null) return;
    if (this.#session !== null) return this.draw();
    try {
      this.#session = await client.openModel(this.#weights);
      await this.#drawGrid();
      this.#store.patch({ pretrained: { status: "ready", value: null } });
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
    // A download goes on without a worker.
    if (this.#weights !== null) this.#store.patch({ pretrained: IDLE });
  }

  /** Shows samples of the current noise and, unless motion is reduced, walks on from there. */
  draw(): void {
    this.#drawGrid().catch(() => {
      // A lost worker is reported with the engine's state.
    });
  }

  /** Resolves when the samples are there. */
  async #drawGrid(): Promise<void> {
    this.#walk += 1;
    const [session, walk] = [this.#session, this.#walk];
    const here = (): boolean => walk === this.#walk && this.#isShown();
    if (session === null || !here()) return;
    const { noise } = this.#store.state;
    const seeded = { count: SIDE * SIDE, seed: noise };
    const both = [session.drawLatents(seeded), session.sample(seeded)] as const;
    const [latents, values] = await Promise.all(both);
    if (!here()) return;
    this.#show({ values, side: SIDE });
    import("./latent_walk")
      .then(({ wander }) =>
        wander({ session, side: SIDE, noise, latents, values, here, show: this.#show }),
      )
      .catch(() => {
        // Where this code does not arrive, the samples stand still.
      });
  }

  #isShown(): boolean {
    const { view, mode } = this.#store.state;
    return view === "train" && mode === "pretrained";
  }
}
