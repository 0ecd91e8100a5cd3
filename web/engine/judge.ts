// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How good digits are, as numbers, in this realm. The judge is a WebAssembly module of its own with
// a file of weights, so that only who wants numbers downloads it. To be called in a worker or in
// Node; pages use `connectJudge` (judge_client.ts), which does all this in a worker.

import { GanvasError } from "./errors";
import type { Judge as ModuleJudge } from "./generated/ganvas_judge_module";
import { judgeWeights } from "./judge_files";
import { startJudgeModule } from "./judge_module";
import { unwrap } from "./module";
import { judgeSum } from "./modules/build.js";
import { readResource } from "./resource";
import { IMAGE_PIXELS, type LoadProgress, type Tier } from "./types";

type Bytes = Uint8Array<ArrayBuffer>;
type Floats = Float32Array<ArrayBuffer>;

export interface JudgeOptions {
  /** Default "auto": the fastest that runs here. */
  readonly tier?: Tier | "auto";
  /** The folder of the engine's files, as for `loadGanvas`. */
  readonly baseUrl?: string;
  /** judge.safetensors, or its address relative to the document. Default: among the engine's files. */
  readonly model?: Uint8Array | string;
}

/** A generator's state of variety; see Quality. */
export type CollapseState = "unclear" | "healthy" | "narrowing" | "collapsed";

/** What the judge makes of all samples that were added. */
export interface Quality {
  /** How many they are. */
  readonly count: number;
  /** The Fréchet distance to the 10,000 unseen digits on the judge's features; no Inception FID. */
  readonly digitFid: number;
  /**
   * The share of samples that look like real digits, 0 to 1 (Kynkäänniemi et al. 2019); null where
   * `collapse` is "unclear", since the features of noise and of plain grey say nothing.
   */
  readonly precision: number | null;
  /** The share of real digits within reach of the samples, 0 to 1. */
  readonly recall: number;
  /** (10): the share of samples taken for each digit. */
  readonly classShares: Float64Array<ArrayBuffer>;
  /** Of these shares, in bits: 3.32 when all ten digits are as frequent. */
  readonly classEntropy: number;
  /** How sure the judge is of a sample's digit on average, 0 to 1. */
  readonly meanConfidence: number;
  /** The share of samples that it is more than 90 % sure of. */
  readonly confident: number;
  /** The share of samples taken for the digit that was asked for; null when none was. */
  readonly classAccuracy: number | null;
  /** How far apart two samples of one digit lie, squared, in parts of what real ones do. */
  readonly diversity: number;
  /** How strongly the judge's features answer, in parts of what they do to real digits. */
  readonly clarity: number;
  /**
   * "collapsed" when three quarters or more of the real variety is missing, between the digits or
   * within them, "narrowing" from the half on, and "unclear" as long as samples are no digits yet.
   */
  readonly collapse: CollapseState;
}

export interface Opinions {
  /** (n): the most probable digit of each. */
  readonly classes: Bytes;
  /** (n): its probability, 0 to 1. */
  readonly confidences: Floats;
}

export interface Nearest {
  /** (n): which training digit, in the order in which they were given. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /** (n, 784) bytes: those digits. */
  readonly digits: Bytes;
  /** (n): the Euclidean distance between the pixels, each in [-1, 1]. */
  readonly distances: Floats;
}

/**
 * Loads the fastest build that starts here, or of the tier that is asked for, and its weights.
 * @throws GanvasError tier_unavailable, fetch_failed, wasm_failed, csp_blocked, build_mismatch; for a
 * file that is no judge bad_magic, truncated, malformed, missing_tensor, shape_mismatch, non_finite
 */
export async function loadJudge(
  options: JudgeOptions & { readonly onProgress?: (progress: LoadProgress) => void } = {},
): Promise<Judge> {
  const { model, baseUrl } = options;
  const [{ module, tier }, bytes] = await Promise.all([
    startJudgeModule(options),
    model === undefined
      ? readResource(judgeWeights(baseUrl), { sha256: judgeSum })
      : typeof model === "string"
        ? readResource(model)
        : model,
  ]);
  return new Judge(unwrap(module.createJudge(bytes)), tier);
}

const NOT_ASKED = new Uint8Array(0);

export class Judge {
  #core: ModuleJudge | null;
  #training: Uint8Array = NOT_ASKED;
  readonly tier: Tier;

  /** Made by `loadJudge`. */
  constructor(core: ModuleJudge, tier: Tier) {
    this.#core = core;
    this.tier = tier;
  }

  /**
   * Gives the real digits that samples are compared with, best about as many as samples, and such
   * that nobody trained on.
   * @param digits (n, 784) bytes, 0 black to 255 white; 4 or more
   * @throws GanvasError invalid_argument, shape_mismatch
   */
  setReal(digits: Uint8Array): void {
    unwrap(this.#alive().setReal(digits));
  }

  /**
   * Gives the digits among which `nearest` looks; the judge keeps its own copy.
   * @param digits (n, 784) bytes, 0 black to 255 white
   * @throws GanvasError shape_mismatch
   */
  setTraining(digits: Uint8Array): void {
    unwrap(this.#alive().setTraining(digits));
    this.#training = digits.slice();
  }

  /**
   * Adds samples to those that `quality` is of, at most 65,536 in all.
   * @param samples (n, 784), -1 black to 1 white
   * @param asked (n) the digit that each was to be, for a conditional generator
   * @returns how many samples there are now
   * @throws GanvasError shape_mismatch, invalid_argument, non_finite; nothing was added then
   */
  add(samples: Float32Array, asked: Uint8Array = NOT_ASKED): number {
    return unwrap(this.#alive().add(samples, asked));
  }

  /** Forgets the samples. */
  reset(): void {
    this.#alive().reset();
  }

  /**
   * All measures of the samples that were added since the last `reset`.
   * @throws GanvasError no_data before `setReal`, or of fewer than 4 samples
   */
  quality(): Quality {
    return unwrap(this.#alive().quality());
  }

  /**
   * What each of these images is taken for; the samples for `quality` stay as they are.
   * @param images (n, 784), -1 black to 1 white
   * @throws GanvasError shape_mismatch, non_finite
   */
  opinions(images: Float32Array): Opinions {
    return unwrap(this.#alive().opinions(images));
  }

  /**
   * The nearest training digit to each of these images.
   * @param images (n, 784), -1 black to 1 white
   * @throws GanvasError no_data before `setTraining`, shape_mismatch, non_finite
   */
  nearest(images: Float32Array): Nearest {
    const { indices, distances } = unwrap(this.#alive().nearest(images));
    const digits = new Uint8Array(indices.length * IMAGE_PIXELS);
    for (const [row, index] of indices.entries()) {
      const from = index * IMAGE_PIXELS;
      digits.set(this.#training.subarray(from, from + IMAGE_PIXELS), row * IMAGE_PIXELS);
    }
    return { indices, distances, digits };
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
