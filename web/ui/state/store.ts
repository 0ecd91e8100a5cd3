// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page's state in two parts: `Store` holds what decides which controls and texts are shown;
// `Live` holds numbers and pictures that change many times a second and notifies its listeners at
// most once per frame (in a hidden tab, never).

import type { Problem, Settings } from "../../config/settings";
import type { SerializedError } from "../../engine/errors";
import type { ConfigProblem, EngineInfo, Half, Metrics } from "../../engine/types";
import type { StorageFailure } from "../platform/storage_error";

export type Loading<T> =
  | { readonly status: "idle" }
  /** Progress in the unit of what is loading; `all` is null while unknown. */
  | { readonly status: "loading"; readonly done: number; readonly all: number | null }
  | { readonly status: "ready"; readonly value: T }
  | { readonly status: "failed"; readonly error: SerializedError };

export const IDLE = { status: "idle" } as const;
export const STARTING = { status: "loading", done: 0, all: null } as const;

/** Train (or the pretrained digits before it), the latent space, and the lessons. */
export const VIEWS = ["train", "explore", "learn"] as const;
export type View = (typeof VIEWS)[number];

/** Parts of the page that a link can hide. */
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
  /** Whether the restored state has different settings. */
  readonly settings: boolean;
}

/** Whether the current run outlasts the page. */
export type Keeping =
  /** It is not saved, or not yet. */
  | { readonly status: "none" }
  | { readonly status: "saved"; readonly step: number }
  | { readonly status: "failed"; readonly reason: StorageFailure };

/** A set of pictures that outlasts the page no more than its run does. */
export interface UnkeptPictures {
  readonly id: string;
  readonly reason: StorageFailure;
}

/** Code that an action of the user needs and that did not come. */
export interface MissingPart {
  readonly error: SerializedError;
  /** The action. */
  readonly again: () => void;
  /** What is missing; by default, a part of the page. */
  readonly words?: string;
}

export interface AppState {
  readonly view: View;
  /** Train view: `pretrained` shows the pretrained generator, `train` the user's run. */
  readonly mode: "pretrained" | "train";
  readonly engine: Loading<EngineInfo>;
  readonly pretrained: Loading<null>;
  /** Ready with the number of digits or own pictures that the run learns from. */
  readonly digits: Loading<number>;
  readonly settings: Settings;
  readonly playing: boolean;
  /** Whether it was told to pause, and the worker has not answered yet. */
  readonly pausing: boolean;
  /** Maximum steps per second; null: no limit. */
  readonly speed: number | null;
  /** The network whose half of the step comes next. */
  readonly nextHalf: Half;
  /** Why the core does not train these settings. */
  readonly refusal: ConfigProblem | null;
  /** Why training stopped. */
  readonly failure: SerializedError | null;
  readonly missing: MissingPart | null;
  /** State to which a diverged run was restored; null if it did not diverge. */
  readonly wentBack: WentBack | null;
  readonly keeping: Keeping;
  /** The last set that this device should keep and does not; null once the user has saved it. */
  readonly unkept: UnkeptPictures | null;
  /** Step from which the run went on when its worker was lost; null if it was not. */
  readonly revived: number | null;
  /** Seed of the noise for the sample grid. */
  readonly noise: number;
  /** Samples per row and column of the grid; null: the preset's default. */
  readonly grid: number | null;
  /** Index of the film's snapshot in the grid; null: live samples. */
  readonly frame: number | null;
  readonly hidden: ReadonlySet<Panel>;
  readonly problems: readonly Problem[];
  /** Text for screen readers, read out when it changes. */
  readonly announcement: string;
}

/** Of the pictures that the page shows; null if they are kept, or should not be. */
export function unkeptPictures({ unkept, settings }: AppState): UnkeptPictures | null {
  return unkept?.id === settings.pictures?.id ? unkept : null;
}

export type Opening = Pick<
  AppState,
  "settings" | "view" | "mode" | "grid" | "speed" | "hidden" | "problems"
>;

/** What comes sooner after a press seems to come at once. */
const TOGETHER_MS = 50;

export class Store {
  #state: AppState;
  readonly #listeners = new Set<() => void>();
  /** Listeners hear nothing while it is above 0. */
  #together = 0;

  constructor(opening: Opening) {
    this.#state = {
      ...opening,
      engine: IDLE,
      pretrained: IDLE,
      digits: IDLE,
      playing: false,
      pausing: false,
      nextHalf: "discriminator",
      refusal: null,
      failure: null,
      missing: null,
      wentBack: null,
      keeping: { status: "none" },
      unkept: null,
      revived: null,
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
    this.#notify();
  }

  /**
   * Listeners hear of what `work` changes when it ends, or after 50 ms. To render each change would keep
   * the worker's answers waiting.
   */
  async together(work: () => Promise<void>): Promise<void> {
    this.#together += 1;
    const end = (): void => {
      if (timer === null) return;
      clearTimeout(timer);
      timer = null;
      this.#together -= 1;
      this.#notify();
    };
    let timer: ReturnType<typeof setTimeout> | null = setTimeout(end, TOGETHER_MS);
    try {
      await work();
    } finally {
      end();
    }
  }

  #notify(): void {
    if (this.#together > 0) return;
    for (const listener of this.#listeners) listener();
  }

  /** Returns a function that unsubscribes. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Metrics of the last step. */
export type Numbers = Omit<Metrics, "history">;

/** Samples of a square grid: (side * side, sample size). */
export interface SampleGrid {
  readonly values: Float32Array<ArrayBuffer>;
  readonly side: number;
  /** Of the run; absent for pretrained samples. */
  readonly step?: number;
}

export class Live {
  /** Null until the first samples. */
  samples: SampleGrid | null = null;
  /** (n, sample size) bytes of the first real pictures; null until loaded, and for runs on points. */
  realImages: Uint8Array | null = null;
  /** (n, 2) that the run learns from; null until loaded, and for runs on pictures. */
  realPoints: Float32Array | null = null;
  numbers: Numbers | null = null;
  stepsPerSecond = 0;

  readonly #listeners = new Set<() => void>();
  #frame = 0;

  /** Call after a change; listeners run in the next frame. */
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
