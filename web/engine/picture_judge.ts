// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How good generated pictures are beside a set of anybody's pictures, as numbers, in this realm: the
// same module as the digits' judge, without its weights. Nothing in it has learned from pictures.

import { GanvasError } from "./errors";
import type { PictureJudge as ModuleJudge } from "./generated/ganvas_judge_module";
import type { JudgeOptions } from "./judge";
import type { JudgeModule } from "./judge_files";
import { startJudgeModule } from "./judge_module";
import { unwrap } from "./module";
import type { PictureSet } from "./pictures";
import type { LoadProgress, Tier } from "./types";

/** One measure of the samples, and the same of the set's own pictures. */
export interface Compared {
  readonly samples: number;
  readonly real: number;
  /** How much `real` differs between random halves of the set (standard deviation). */
  readonly spread: number;
}

/**
 * "unlike" when the samples are not as close to the pictures yet as these to each other, "collapsed"
 * when most of their variety is missing, "memorised" when many samples repeat single pictures,
 * "narrowing" when a good part of the variety is missing.
 */
export type PictureVerdict = "unlike" | "collapsed" | "memorised" | "narrowing" | "healthy";

export interface PictureQuality {
  /** How many samples were judged. */
  readonly count: number;
  /** How many pictures the set has. */
  readonly pictures: number;
  /** Median distance, 0 to 1, to the nearest training picture; of pictures, to the nearest other. */
  readonly nearest: Compared;
  /** The share that is nearer to a picture than half of its distance to the next one. */
  readonly copies: Compared;
  /** Naeem et al. 2020, on the features of a fixed random network. */
  readonly density: Compared;
  readonly coverage: Compared;
  /** The mean distance between two, in units of that in the other half of the set. */
  readonly diversity: Compared;
  readonly verdict: PictureVerdict;
}

export interface NearestPictures {
  /** (n): which picture of the set. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /** (n): from 0, the same, to 1, black and white. */
  readonly distances: Float32Array<ArrayBuffer>;
}

/** What a judge needs of a set. */
export type JudgedPictures = Pick<PictureSet, "channels" | "side" | "pixels">;

/**
 * @throws GanvasError as `loadJudge`; no_data for fewer than 12 pictures; shape_mismatch
 */
export async function loadPictureJudge(
  set: JudgedPictures,
  options: Omit<JudgeOptions, "model"> & {
    readonly onProgress?: (progress: LoadProgress) => void;
  } = {},
): Promise<PictureJudge> {
  const { module, tier } = await startJudgeModule(options);
  return judgePictures(module, tier, set);
}

/**
 * Compares the pictures with each other, which takes seconds for thousands.
 * @throws GanvasError no_data, shape_mismatch
 */
export function judgePictures(
  module: JudgeModule,
  tier: Tier,
  { pixels, channels, side }: JudgedPictures,
): PictureJudge {
  return new PictureJudge(unwrap(module.createPictureJudge(pixels, channels, side)), tier);
}

export class PictureJudge {
  #core: ModuleJudge | null;
  readonly tier: Tier;

  /** Made by `loadPictureJudge` and `judgePictures`. */
  constructor(core: ModuleJudge, tier: Tier) {
    this.#core = core;
    this.tier = tier;
  }

  /**
   * @param samples (n, channels, side, side), -1 black to 1 white; 6 or more
   * @throws GanvasError no_data, shape_mismatch, non_finite
   */
  quality(samples: Float32Array): PictureQuality {
    return unwrap(this.#alive().quality(samples));
  }

  /**
   * The nearest picture to each sample, also if it is slightly moved, softer or noisy.
   * @param samples (n, channels, side, side), -1 black to 1 white
   * @throws GanvasError shape_mismatch, non_finite
   */
  nearest(samples: Float32Array): NearestPictures {
    return unwrap(this.#alive().nearest(samples));
  }

  /** Frees the core's memory. Every later call but this one throws disposed. */
  dispose(): void {
    this.#core?.delete();
    this.#core = null;
  }

  #alive(): ModuleJudge {
    if (this.#core === null) throw new GanvasError("disposed", "This judge was disposed of.");
    return this.#core;
  }
}
