// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The vocabulary that the session in this realm, the client of the worker and the page share.
// Configurations keep the key names of the core's JSON, so that a checkpoint's metadata, the command
// line's files and a page's settings can be compared and exchanged as they are.

export const TIERS = ["relaxed", "simd", "scalar"] as const;

/** An instruction set: relaxed SIMD with fused multiply-add, fixed SIMD128, or plain WebAssembly. */
export type Tier = (typeof TIERS)[number];

/** One compiled module: a tier, "-mt" when it is built for threads. */
export type BuildName = "relaxed" | "relaxed-mt" | "simd" | "simd-mt" | "scalar";

export interface LoadOptions {
  /** Default "auto": the fastest that runs here, with the slower ones as fallback. */
  readonly tier?: Tier | "auto";
  /** 1 to 16, or "auto" (default): half the processors, at most 4, and 1 without shared memory. */
  readonly threads?: number | "auto";
  /** The folder that holds `wasm/`. Default: the document's, or this package's `public/` in Node. */
  readonly baseUrl?: string;
}

export interface LoadProgress {
  /** Bytes of the module that have arrived. */
  readonly loaded: number;
  /** All of them; null when the server does not say, or compresses on the way. */
  readonly total: number | null;
}

/** What was loaded and runs. */
export interface EngineInfo {
  readonly tier: Tier;
  readonly build: BuildName;
  readonly threads: number;
  /** Whether multiply-add is fused: runs are bit-identical within one value of this. */
  readonly fma: boolean;
  readonly version: string;
}

/** A run's identity: the same configuration, data and `fma` give the same bits on any machine. */
export interface SessionConfig {
  readonly preset: "seed";
  /** 0 to 2^53 - 1; default 1. */
  readonly seed?: number;
  readonly batch_size?: number;
  /** How many of the training digits are used. */
  readonly examples?: number;
  readonly lr_g?: number;
  readonly lr_d?: number;
}

/** The last step of a `train` call, and every step of it as a row of `history`. */
export interface Metrics {
  readonly step: number;
  readonly epoch: number;
  readonly imagesSeen: number;
  readonly lossD: number;
  readonly lossG: number;
  /** Mean of D(x) over the step's real images: the probability of being real, 0 to 1. */
  readonly dReal: number;
  /** Mean of D(G(z)) over the step's generated images, 0 to 1. */
  readonly dFake: number;
  /** (steps, 4): lossD, lossG, dReal, dFake of each step of this call. */
  readonly history: Float32Array<ArrayBuffer>;
}

export const METRIC_COLUMNS = 4;

export interface SessionState {
  readonly step: number;
  readonly epoch: number;
  readonly imagesSeen: number;
  readonly hasData: boolean;
  /** False after loading a generator-only file. */
  readonly canTrain: boolean;
}

export interface SampleOptions {
  /** 1 to 4096. */
  readonly count: number;
  /** The noise's seed; the same seed draws the same noise at any step. */
  readonly seed: number;
}

export const IMAGE_SIDE = 28;
export const IMAGE_PIXELS = IMAGE_SIDE * IMAGE_SIDE;
