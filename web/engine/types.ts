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

export const MAX_THREADS = 16;

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

interface CommonOptimizerConfig {
  readonly lr: number;
  readonly weight_decay: number;
  /** The rate falls linearly to 0 over so many steps; 0: it stays. */
  readonly lr_decay_steps: number;
}

export type OptimizerConfig = CommonOptimizerConfig &
  (
    | {
        readonly type: "adam";
        readonly beta1: number;
        readonly beta2: number;
        readonly eps: number;
      }
    | { readonly type: "sgd"; readonly momentum: number }
    | { readonly type: "rmsprop"; readonly alpha: number; readonly eps: number }
  );

interface ConvConfig {
  readonly out_channels: number;
  readonly kernel_size: number;
  readonly stride?: number;
  readonly padding?: number;
}

/** A layer; what it is told is what torch.nn's layer of that name is told. */
export type LayerConfig =
  | { readonly type: "linear"; readonly out_features: number }
  | (ConvConfig & { readonly type: "conv2d" })
  | (ConvConfig & { readonly type: "conv_transpose2d"; readonly output_padding?: number })
  | { readonly type: "batch_norm"; readonly eps?: number; readonly momentum?: number }
  | { readonly type: "leaky_relu"; readonly negative_slope?: number }
  | { readonly type: "relu" | "tanh" | "sigmoid" | "upsample2x" | "flatten" }
  | { readonly type: "dropout" | "dropout2d"; readonly p?: number }
  | { readonly type: "max_pool2d"; readonly kernel_size?: number }
  | {
      readonly type: "reshape";
      readonly channels: number;
      readonly height: number;
      readonly width: number;
    }
  /** Appends the class: one-hot, or an embedding of a size above 0. */
  | { readonly type: "class_concat"; readonly embedding_size?: number }
  /** A projection discriminator's last layer. */
  | { readonly type: "class_projection" };

export interface NetworkConfig {
  readonly layers: readonly LayerConfig[];
  readonly optimizer: OptimizerConfig;
  readonly init: "pytorch" | "dcgan";
  /** Updates of this network in one step. */
  readonly updates: number;
}

/** What `toy2d` can learn. */
export const POINT_DISTRIBUTIONS = ["line", "ring", "discs", "spiral", "swiss_roll"] as const;

export const PRESETS = [
  "seed",
  "mlp",
  "dcgan",
  "quick",
  "cgan",
  "acgan",
  "lsgan",
  "wgan-gp",
  "hinge",
  "toy2d",
] as const;

export type Preset = (typeof PRESETS)[number];

/** Everything that, with the data, decides every bit of a run. */
export interface Config {
  /** The preset that it started from. */
  readonly preset: string;
  readonly seed: number;
  readonly batch_size: number;
  readonly latent_size: number;
  /** Of one sample: [784], [1, 28, 28] or [2]. */
  readonly sample_shape: readonly number[];
  /** 10 when the networks are told or must tell the class, else 0. */
  readonly classes: number;
  /** "drawn": points that somebody gave. */
  readonly data: "images" | "drawn" | (typeof POINT_DISTRIBUTIONS)[number];
  /** Train on the first so many images; 0 until data is given, then their number. */
  readonly examples: number;
  readonly objective: "bce" | "minimax" | "lsgan" | "hinge" | "wgan";
  readonly first_update: "discriminator" | "generator";
  /** False: lossD's gradient reaches G too, as in a loop that leaves out `.detach()`. */
  readonly detach: boolean;
  readonly auxiliary_classifier: boolean;
  readonly label_smoothing: number;
  readonly instance_noise: number;
  readonly weight_clip: number;
  readonly gradient_penalty: number;
  readonly r1: number;
  readonly ema_decay: number;
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
  /** Mean of D(G(z)) over the step's generated images, 0 to 1. */
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
  /** Samples to show, 1 to the batch's size; default 16. */
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
  /** One class a sample, for models that are told classes; default: sample i is of class i % 10. */
  readonly labels?: Uint8Array<ArrayBuffer>;
}

type Floats = Float32Array<ArrayBuffer>;
type Labels = Uint8Array<ArrayBuffer>;

export interface LatentOptions {
  /** 1 to 65536. */
  readonly count: number;
  readonly seed: number;
}

export interface PointOptions {
  /** 1 to 1048576. */
  readonly count: number;
  readonly seed: number;
}

export interface PathOptions {
  /** A latent each, (latent_size). */
  readonly from: Floats;
  readonly to: Floats;
  /** 2 to 65536, both ends included. */
  readonly points: number;
}

export interface PlaneOptions {
  /** The latents of the first point, of the first row's last, and of the first column's last. */
  readonly origin: Floats;
  readonly right: Floats;
  readonly below: Floats;
  /** Each at least 2, at most 65536 points together. */
  readonly rows: number;
  readonly columns: number;
}

export interface GenerateOptions {
  /** (count, latent_size), at most 65536 rows. */
  readonly latents: Floats;
  /** One class a sample, as in SampleOptions. */
  readonly labels?: Labels;
  /** Mixes a second class into each sample's, (1 - share) of its label and share of the other. */
  readonly mix?: { readonly labels: Labels; readonly shares: Floats };
  /**
   * 0 to 1, default 1: latents are scaled by it. The nearer to 0, the more typical and the less
   * varied are the samples (the truncation trick: Marchesi 2017; Brock et al. 2019).
   */
  readonly truncation?: number;
}

export interface ScoreOptions {
  /** (count, 784) in -1 to 1, or (count, 2). */
  readonly samples: Floats;
  /** One class a sample; needed where D is told classes (`quick`, `cgan`). */
  readonly labels?: Labels;
}

export interface LayerOptions {
  readonly network: "generator" | "discriminator";
  /** One latent, or one sample. */
  readonly input: Floats;
  /** Its class; D's that is told classes needs it. */
  readonly label?: number;
}

/** What one layer of the config makes of one sample. */
export interface LayerOutput {
  readonly type: LayerConfig["type"];
  /** [features], or [channels, height, width]. */
  readonly shape: readonly number[];
  readonly values: Floats;
}

export interface InvertOptions {
  /** (784) in -1 to 1, or (2). */
  readonly target: Floats;
  /** The class to draw; default: all are tried, if the model has classes. */
  readonly label?: number;
  /** Descents from different starts, for each class; default: 16 for one class, 1 for each of ten. */
  readonly starts?: number;
  /** Of the starts' latents; default 1. */
  readonly seed?: number;
  /** Of Adam, 1 to 100000; default 100. */
  readonly steps?: number;
  /** A latent for the first start, such as what a similar target gave. */
  readonly from?: Floats;
}

/** The best of all starts so far. */
export interface InversionState {
  readonly steps: number;
  /** Whether all steps have been taken. */
  readonly done: boolean;
  /** Mean squared difference of `sample` and the target. */
  readonly error: number;
  /** The class of `sample`; 0 without classes. */
  readonly label: number;
  readonly latent: Floats;
  /** What the generator makes of `latent`. */
  readonly sample: Floats;
}

export const IMAGE_SIDE = 28;
export const IMAGE_PIXELS = IMAGE_SIDE * IMAGE_SIDE;
