// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The vocabulary that the session in this realm, the client of the worker and the page share.
// Configurations keep the key names of the core's JSON, so that a checkpoint's metadata, the command
// line's files and a page's settings can be compared and exchanged as they are.

import type { LAYERS } from "./generated/description/layers";
import type { NETWORK_FIELDS } from "./generated/description/network_fields";
import type { OBJECTIVES } from "./generated/description/objectives";
import type { OPTIMIZERS } from "./generated/description/optimizers";
import { POINT_DISTRIBUTIONS } from "./generated/description/point_distributions";
import { PRESET_FACTS } from "./generated/description/preset_facts";
import type { PROBLEM_KINDS } from "./generated/description/problem_kinds";
import type { RUN_FIELDS } from "./generated/description/run_fields";

export const TIERS = ["relaxed", "simd", "scalar"] as const;

/** An instruction set: relaxed SIMD with fused multiply-add, fixed SIMD128, or plain WebAssembly. */
export type Tier = (typeof TIERS)[number];

/** One compiled module: a tier, "-mt" when it is built for threads. */
export type BuildName = "relaxed" | "relaxed-mt" | "simd" | "simd-mt" | "scalar";

export const MAX_THREADS = 16;

export interface LoadOptions {
  /** Default "auto": the fastest that runs here, with the slower ones as fallback. */
  readonly tier?: Tier | "auto";
  /**
   * 1 to 16, or "auto" (default): both of two processors, of more all but one and at most 4, and 1
   * without shared memory. It is a ceiling: training measures whether fewer threads are faster.
   */
  readonly threads?: number | "auto";
  /**
   * The folder of the engine's files, a copy of this package's `engine/`, on any origin; relative to
   * the document. Default: where this package or the bundler has them.
   */
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
  /** What would have been faster; null when nothing would. */
  readonly fallback: Fallback | null;
}

/** A build that was to run and does not. */
export interface Fallback {
  readonly wanted: BuildName;
  /** Why, in English sentences. */
  readonly reason: string;
}

/** The core's presets. */
export const PRESETS = /* @__PURE__ */ Object.keys(PRESET_FACTS) as readonly Preset[];
export type Preset = keyof typeof PRESET_FACTS;

/** The distributions that `toy2d` can learn. */
export { POINT_DISTRIBUTIONS };
export type PointDistribution = (typeof POINT_DISTRIBUTIONS)[number];

export type LayerType = keyof typeof LAYERS;
export type OptimizerType = keyof typeof OPTIMIZERS;
export type Objective = keyof typeof OBJECTIVES;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** A field's value, from what the core says of the field. */
type ValueOf<F> = F extends { readonly kind: "whole" | "real" }
  ? number
  : F extends { readonly kind: "flag" }
    ? boolean
    : F extends { readonly choices: readonly (infer Choice)[] }
      ? Choice
      : F extends { readonly kind: "shape" }
        ? readonly number[]
        : string;
type Values<Fields> = { readonly [Name in keyof Fields]: ValueOf<Fields[Name]> };

type RequiredNames<Fields> = {
  [Name in keyof Fields]: Fields[Name] extends { readonly default: unknown } ? never : Name;
}[keyof Fields];
/** The fields of a layer: one without a default has to be given. */
type LayerValues<Fields> = Pick<Values<Fields>, RequiredNames<Fields>> &
  Partial<Omit<Values<Fields>, RequiredNames<Fields>>>;

/** A layer: its fields are the arguments of torch.nn's layer of that name. */
export type LayerConfig = {
  [Type in LayerType]: { readonly type: Type } & LayerValues<(typeof LAYERS)[Type]["fields"]>;
}[LayerType];

export type OptimizerConfig = {
  [Type in OptimizerType]: { readonly type: Type } & Values<(typeof OPTIMIZERS)[Type]>;
}[OptimizerType];

/** Of one network; `updates` counts its updates in one step. */
export interface NetworkConfig extends Values<typeof NETWORK_FIELDS> {
  readonly layers: readonly LayerConfig[];
  readonly optimizer: OptimizerConfig;
}

/**
 * Everything that, with the data, decides every bit of a run. src/gan/config.h says what each field means.
 */
export interface Config
  extends Omit<Values<typeof RUN_FIELDS>, "data" | "class_names" | "pictures"> {
  /** "drawn": points that the caller gave. */
  readonly data: "images" | "drawn" | PointDistribution;
  /** In the order of the classes; absent if they have no names, as for digits. */
  readonly class_names?: readonly string[];
  /** Which pictures, by the id of their set; absent for digits and points. */
  readonly pictures?: string;
  readonly generator: NetworkConfig;
  readonly discriminator: NetworkConfig;
}

/** A preset and what should be otherwise. */
export interface SessionConfig
  extends Partial<Omit<Config, "preset" | "generator" | "discriminator">> {
  readonly preset: Preset;
  readonly generator?: NetworkOverride;
  readonly discriminator?: NetworkOverride;
}

export interface NetworkOverride {
  readonly layers?: readonly LayerConfig[];
  readonly optimizer?: Partial<OptimizerConfig>;
  readonly init?: NetworkConfig["init"];
  readonly updates?: number;
}

/** The numbers that a field accepts. */
export type NumberRange = { readonly least: number } & (
  | { readonly most: number }
  | { readonly below: number }
);

/** What is wrong with a config. Members that a kind has no use for are left out. */
export interface ConfigProblem {
  readonly kind: ProblemKind;
  /** The setting, layer or network: "discriminator.layers[3].kernel_size"; "" for the config as a whole. */
  readonly path: string;
  /** The layer's type, or the name that is unknown. */
  readonly name?: string;
  /** The values that are possible, in English. */
  readonly known?: string;
  /** The number that is out of range or too large, or the limit that is exceeded. */
  readonly value: number | null;
  readonly range?: NumberRange;
  /** Shapes of one sample. */
  readonly got?: readonly number[];
  readonly wanted?: readonly number[];
}

export interface LayerReport {
  /** Of one sample of the output. */
  readonly shape: readonly number[];
  readonly parameters: number;
}

export interface NetworkReport {
  /** The layers that fit; `problem` is with the next one, or with the network as a whole. */
  readonly layers: readonly LayerReport[];
  readonly parameters: number;
  readonly problem: ConfigProblem | null;
}

export interface ConfigReport {
  /** Null when the config cannot be read or one of its numbers is out of range. */
  readonly generator: NetworkReport | null;
  readonly discriminator: NetworkReport | null;
  readonly problem: ConfigProblem | null;
}

/** The last step of a `train` call, and every step of it as a row of `history`. */
export interface Metrics {
  readonly step: number;
  /** Whole passes over the examples so far. */
  readonly epoch: number;
  readonly imagesSeen: number;
  readonly lossD: number;
  readonly lossG: number;
  /**
   * Mean of D(x) over the step's real images: the probability of being real, 0 to 1, or for the
   * objectives lsgan, hinge and wgan the critic's output.
   */
  readonly dReal: number;
  /** Mean of D(G(z)) over the step's generated images, in the units of dReal. */
  readonly dFake: number;
  /** (steps, 4): lossD, lossG, dReal, dFake of each step of this call. */
  readonly history: Float32Array<ArrayBuffer>;
}

export const METRIC_COLUMNS = 4;

/** A half of a training step, named by the network that learns in it. */
export type Half = "discriminator" | "generator";

/** What is known after half a step; null for what the other half will tell. */
export interface HalfMetrics
  extends Omit<Metrics, "lossD" | "lossG" | "dReal" | "dFake" | "history"> {
  /** The half that was done. */
  readonly half: Half;
  /** The step that it belongs to, counted from 1. */
  readonly step: number;
  readonly lossD: number | null;
  readonly lossG: number | null;
  readonly dReal: number | null;
  readonly dFake: number | null;
}

/** What can be changed of a run while it runs; the rest of a config holds from its start. */
export interface Adjustment {
  readonly label_smoothing?: number;
  readonly instance_noise?: number;
  readonly generator?: { readonly optimizer: { readonly lr: number } };
  readonly discriminator?: { readonly optimizer: { readonly lr: number } };
}

/** What flowed through the networks in the last step or half step: n samples of its last batch. */
export interface Flow {
  /** n; 0 before a first step of this session. */
  readonly samples: number;
  /** (n, latent_size) z. */
  readonly noise: Float32Array<ArrayBuffer>;
  /** (n, sample_size), -1 black to 1 white. */
  readonly real: Float32Array<ArrayBuffer>;
  readonly fake: Float32Array<ArrayBuffer>;
  /** (n) the classes of the real samples, and those that G was told; 0 where there are none. */
  readonly realLabels: Uint8Array<ArrayBuffer>;
  readonly fakeLabels: Uint8Array<ArrayBuffer>;
  /**
   * (n) what D said of each in its own half, before its update: the probability of being real, or
   * for lsgan, hinge and wgan the critic's output. Null when D has not seen these very samples: its
   * half is still to come, or the other half drew new ones.
   */
  readonly dReal: Float32Array<ArrayBuffer> | null;
  readonly dFake: Float32Array<ArrayBuffer> | null;
  /** (n) what D said of each fake in G's half. */
  readonly dFakeOfG: Float32Array<ArrayBuffer> | null;
}

/** One parameter: its name in checkpoints, its shape, and how large it is. */
export interface TensorSummary {
  /** As "generator.0.weight". */
  readonly name: string;
  readonly shape: readonly number[];
  /** Euclidean norms of the values, and of the gradient in the last update; NaN when diverged. */
  readonly norm: number;
  readonly gradientNorm: number;
}

export interface LayerSummary {
  /** As torch.nn names it in state_dict: "generator.3". */
  readonly name: string;
  readonly type: LayerConfig["type"];
  /** Of one sample of the output. */
  readonly shape: readonly number[];
  readonly parameters: number;
  /** Euclidean norms over all of the layer's parameters; null when it has none. */
  readonly norm: number | null;
  readonly gradientNorm: number | null;
  readonly tensors: readonly TensorSummary[];
}

export interface Inspection {
  readonly state: SessionState;
  /** Of each network's last update in this session; null before it. */
  readonly lossD: number | null;
  readonly lossG: number | null;
  readonly flow: Flow;
  readonly generator: readonly LayerSummary[];
  readonly discriminator: readonly LayerSummary[];
}

export interface InspectOptions {
  /** Samples to show, 1 to 65536, of which the batch may have fewer; default 16. */
  readonly samples?: number;
}

export interface ActivationsOptions {
  /** As in LayerSummary: "generator.3". */
  readonly layer: string;
  /** Of which samples, for the discriminator's layers; default "fake". */
  readonly of?: "real" | "fake";
  /** As in InspectOptions. */
  readonly samples?: number;
}

export interface SessionState {
  readonly step: number;
  readonly epoch: number;
  readonly imagesSeen: number;
  readonly hasData: boolean;
  /** False after loading a generator-only file. */
  readonly canTrain: boolean;
  /** Floating-point operations of the products in one step, nothing counted twice that is done once. */
  readonly flopsPerStep: number;
  /** Which half of a step comes next. */
  readonly nextHalf: Half;
  /** Whether the current step's first half is done and its second is not. */
  readonly inStep: boolean;
}

export interface SampleOptions {
  /** 1 to 65536. */
  readonly count: number;
  /** The noise's seed; the same seed draws the same noise at any step. */
  readonly seed: number;
  /** One class a sample, for models that are told classes; default: sample i is of class i % classes. */
  readonly labels?: Uint8Array<ArrayBuffer>;
}

export interface PointOptions {
  /** 1 to 1048576. */
  readonly count: number;
  readonly seed: number;
}

export const IMAGE_SIDE = 28;
export const IMAGE_PIXELS = IMAGE_SIDE * IMAGE_SIDE;
