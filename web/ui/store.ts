// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page knows, in two parts: `Store` holds the state that decides which controls and words
// are shown and changes when something happens; `Live` holds numbers and pictures that change many
// times a second, and tells its listeners at most once a frame, so never in a hidden tab.

import type { SerializedError } from "../api/errors";
import type { EngineInfo, Metrics } from "../api/types";
import { Curves } from "./curves";
import type { Preset } from "./presets";

export type Loading<T> =
  | { readonly status: "idle" }
  /** `done` of `all` in the unit of what loads; `all` is null while unknown. */
  | { readonly status: "loading"; readonly done: number; readonly all: number | null }
  | { readonly status: "ready"; readonly value: T }
  | { readonly status: "failed"; readonly error: SerializedError };

export const IDLE = { status: "idle" } as const;
export const STARTING = { status: "loading", done: 0, all: null } as const;

/** The chosen identity of the next run. */
export interface Settings {
  readonly preset: Preset;
  readonly seed: number;
  readonly examples: number;
}

export interface AppState {
  /** `dream`: samples of the pretrained generator. `train`: a run of one's own. */
  readonly mode: "dream" | "train";
  readonly engine: Loading<EngineInfo>;
  readonly pretrained: Loading<null>;
  /** Ready with the number of digits that are in the worker. */
  readonly digits: Loading<number>;
  readonly settings: Settings;
  readonly playing: boolean;
  /** Why training stopped by itself. */
  readonly failure: SerializedError | null;
  /** Seed of the noise that the sample grid is drawn from. */
  readonly noise: number;
  /** Said to screen readers when it changes. */
  readonly announcement: string;
}

export class Store {
  #state: AppState;
  readonly #listeners = new Set<() => void>();

  constructor(settings: Settings) {
    this.#state = {
      mode: "dream",
      engine: IDLE,
      pretrained: IDLE,
      digits: IDLE,
      settings,
      playing: false,
      failure: null,
      noise: 1,
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

export class Live {
  readonly curves = new Curves();
  /** (64, 784) of the sample grid; null before the first. */
  samples: Float32Array | null = null;
  /** (n, 784) bytes of the first real digits; null before they are loaded. */
  realImages: Uint8Array | null = null;
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
