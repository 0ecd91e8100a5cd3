// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page knows, in two parts: `Store` holds the state that decides which controls and words
// are shown and changes when something happens; `Live` holds numbers and pictures that change many
// times a second, and tells its listeners at most once a frame, so never in a hidden tab.

import type { Problem, Settings } from "../../config/settings";
import type { SerializedError } from "../../engine/errors";
import type { EngineInfo, Half, Metrics } from "../../engine/types";

export type Loading<T> =
  | { readonly status: "idle" }
  /** `done` of `all` in the unit of what loads; `all` is null while unknown. */
  | { readonly status: "loading"; readonly done: number; readonly all: number | null }
  | { readonly status: "ready"; readonly value: T }
  | { readonly status: "failed"; readonly error: SerializedError };

export const IDLE = { status: "idle" } as const;
export const STARTING = { status: "loading", done: 0, all: null } as const;

/** What the page shows: training, or the pretrained digits before it; the latent space; the lessons. */
export const VIEWS = ["train", "explore", "learn"] as const;
export type View = (typeof VIEWS)[number];

/** Parts of the page that a link may leave out. */
export const PANELS = [
  "diagram",
  "film",
  "curves",
  "health",
  "real",
  "keys",
  // Layers of the plane.
  "points",
  "samples",
  "field",
  "manifold",
  "arrows",
] as const;
export type Panel = (typeof PANELS)[number];

export interface WentBack {
  readonly step: number;
  /** Whether the settings are other ones than before. */
  readonly settings: boolean;
}

export interface AppState {
  readonly view: View;
  /** Of the first view. `pretrained`: samples of the pretrained generator. `train`: a run of one's own. */
  readonly mode: "pretrained" | "train";
  readonly engine: Loading<EngineInfo>;
  readonly pretrained: Loading<null>;
  /** Ready with the number of digits that are in the worker. */
  readonly digits: Loading<number>;
  readonly settings: Settings;
  readonly playing: boolean;
  /** Most steps a second; null for as many as the machine makes. */
  readonly speed: number | null;
  /** The network that learns next: a step has a half for each. */
  readonly nextHalf: Half;
  /** Why training stopped by itself. */
  readonly failure: SerializedError | null;
  /** Where the run went back to when it diverged; null if it did not. */
  readonly wentBack: WentBack | null;
  /** Seed of the noise that the sample grid is drawn from. */
  readonly noise: number;
  /** Samples in a row and in a column of the grid; null: what suits the preset. */
  readonly grid: number | null;
  /** The snapshot of the film that the grid shows; null: the present. */
  readonly frame: number | null;
  readonly hidden: ReadonlySet<Panel>;
  readonly problems: readonly Problem[];
  /** Said to screen readers when it changes. */
  readonly announcement: string;
}

export type Opening = Pick<
  AppState,
  "settings" | "view" | "mode" | "grid" | "speed" | "hidden" | "problems"
>;

export class Store {
  #state: AppState;
  readonly #listeners = new Set<() => void>();

  constructor(opening: Opening) {
    this.#state = {
      ...opening,
      engine: IDLE,
      pretrained: IDLE,
      digits: IDLE,
      playing: false,
      nextHalf: "discriminator",
      failure: null,
      wentBack: null,
      noise: 1,
      frame: null,
      announcement: "",
    };
  }

  get state(): AppState {
    return this.#state;
  }

  patch(part: Partial<AppState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The last step's numbers. */
export type Numbers = Omit<Metrics, "history">;

/** (side * side, 784) values of a square of samples, or (side * side, 2), and how it was drawn. */
export interface SampleGrid {
  readonly values: Float32Array<ArrayBuffer>;
  readonly side: number;
}

/** Of the discriminator, on one sample. */
export interface Opinion {
  /** The probability of being real, or the critic's output. */
  readonly score: number;
  /** (784): how the score's logit changes with each pixel. */
  readonly saliency: Float32Array;
}

export class Live {
  /** Null before the first. */
  samples: SampleGrid | null = null;
  /** (n, 784) bytes of the first real digits; null before they are loaded. */
  realImages: Uint8Array | null = null;
  /** (n, 2) that the run learns from; null before they are there, and for runs on digits. */
  realPoints: Float32Array | null = null;
  numbers: Numbers | null = null;
  stepsPerSecond = 0;

  readonly #listeners = new Set<() => void>();
  #frame = 0;

  /** To be called after a change; listeners run in the next frame. */
  changed(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      for (const listener of this.#listeners) listener();
    });
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
