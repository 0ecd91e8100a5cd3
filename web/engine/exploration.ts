// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a session's networks can be asked apart from training, and what they answer.

import type { LayerConfig } from "./types";

type Floats = Float32Array<ArrayBuffer>;
type Labels = Uint8Array<ArrayBuffer>;

export interface LatentOptions {
  /** 1 to 65536. */
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
  /** (count, sample size) in -1 to 1: (channels, side, side) of each, or a point. */
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
  /** One sample, in -1 to 1. */
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
