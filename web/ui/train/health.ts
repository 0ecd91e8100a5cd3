// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Diagnoses the state of training from recent means, and tells when a run has shown what it can. Pure
// functions, so that they can be tested with recorded situations.

import { DEFAULT_PRESET } from "../../config/presets";
import type { Settings } from "../../config/settings";
import { METRICS, type MetricName } from "../../engine/metrics";
import type { Config } from "../../engine/types";

export type Diagnosis =
  /** Too few steps to tell. */
  | "starting"
  /** The run came from a file, and too few of its steps have been seen to tell. */
  | "unseen"
  /** D separates real from generated almost perfectly, so G's gradient is small. */
  | "discriminator_wins"
  /** D scores generated samples about as high as real ones, or higher. */
  | "generator_wins"
  /** Samples hardly differ from each other. */
  | "collapse"
  /** D(G(z)) varies widely. */
  | "swinging"
  | "balanced"
  /** D can only guess: generated samples lie where real ones do, and cover them all. */
  | "matched"
  /** Like matched, but a part of the real samples has no generated ones nearby. */
  | "incomplete"
  /** The learning rates have reached 0: the weights stay as they are. */
  | "finished"
  /** D's output is not a probability, so the curves say less. */
  | "critic";

export interface Match {
  /** Normalised energy distance, 0 for equal distributions: see plane/distance.ts. */
  readonly distance: number;
  /** Share of covered real samples: see plane/coverage.ts. */
  readonly coverage: number;
}

export interface Situation {
  /** Steps whose metrics are known. */
  readonly steps: number;
  /** Whether there were steps before them. */
  readonly opened: boolean;
  /** See ratesAreZero. */
  readonly finished: boolean;
  /** Whether D's outputs are probabilities. */
  readonly probabilities: boolean;
  /** Whether R1 keeps D smooth, and so its outputs close to each other. */
  readonly penalised: boolean;
  /** Means over the last steps; dFakeSpread is the standard deviation of D(G(z)). */
  readonly dReal: number;
  readonly dFake: number;
  readonly dFakeSpread: number;
  readonly lossG: number;
  /**
   * Variance of the samples (within a class) relative to real digits: 1 is equal; null: unknown.
   */
  readonly diversity: number | null;
  /** Comparison of generated with real samples; null if not measured. */
  readonly match: Match | null;
}

const FEW_STEPS = 30;
/** Even an untrained conditional GAN's samples of one class vary far more than this. */
const COLLAPSED = 0.12;
const SURE = 0.93;
const BLIND = 0.03;
const NEAR = 0.1;
const WIDE = 0.3;
/** Two samples of 400 real points have distances from 0.00 to 0.005. */
const CLOSE = 0.008;
/** 0.9 times the coverage of two independent draws of 400 real points; see tests/bench/README.md. */
const COVERED = 0.87;

export function diagnose(situation: Situation): Diagnosis {
  const { steps, opened, finished, probabilities, penalised } = situation;
  const { dReal, dFake, dFakeSpread, diversity, match } = situation;
  if (steps < FEW_STEPS && finished) return "finished";
  if (steps < FEW_STEPS) return opened ? "unseen" : "starting";
  if (diversity !== null && diversity < COLLAPSED) return "collapse";
  const guessing = !probabilities || Math.abs(dReal - dFake) < NEAR;
  const close = guessing && match !== null && match.distance < CLOSE;
  if (close && match.coverage >= COVERED) return "matched";
  if (finished) return "finished";
  if (close) return "incomplete";
  if (!probabilities) return "critic";
  if (dReal > SURE && dFake < 1 - SURE) return "discriminator_wins";
  if (!penalised && dReal - dFake < BLIND) return "generator_wins";
  return dFakeSpread > WIDE ? "swinging" : "balanced";
}

/** Whether the rates of both networks have fallen to 0 after so many steps. */
export function ratesAreZero({ generator, discriminator }: Config, steps: number): boolean {
  return [generator, discriminator].every(({ optimizer, updates }) => {
    const { lr_decay_steps: decay } = optimizer;
    return decay > 0 && steps * updates >= decay;
  });
}

/** Steps of `quick`, after which its digit-FID is 22; see tests/bench/README.md. */
const SETTLED = 6000;

/** Whether a run is one of `quick` on digits that has settled, which a finer preset can follow. */
export function hasSettled(
  { preset, pictures }: Pick<Settings, "preset" | "pictures">,
  steps: number,
): boolean {
  return preset === DEFAULT_PRESET && pictures === null && steps >= SETTLED;
}

/** Means over the last bins. */
export function recentMeans(
  mean: readonly (readonly number[])[],
  bins: number,
): Pick<Situation, "dReal" | "dFake" | "dFakeSpread" | "lossG"> {
  const last = (metric: MetricName): readonly number[] =>
    (mean[METRICS.indexOf(metric)] ?? []).slice(-bins);
  const average = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const fakes = last("dFake");
  const dFake = average(fakes);
  const dFakeSpread = Math.sqrt(average(fakes.map((value) => (value - dFake) ** 2)));
  return { dReal: average(last("dReal")), dFake, dFakeSpread, lossG: average(last("lossG")) };
}

/** `spreadOf` for 10,000 MNIST digits in [-1, 1], overall and within a class. */
export const REAL_SPREAD = { all: 211, withinClass: 167 };

/**
 * Sum over the pixels of the variance among samples; with classes, among samples of the same class,
 * where sample i has class i % classes. NaN for too few samples.
 * @param values (count, pixels)
 */
export function spreadOf(values: ArrayLike<number>, pixels: number, classes: number): number {
  const groups = Math.max(1, classes);
  const count = Math.floor(values.length / pixels);
  let total = 0;
  let counted = 0;
  for (let group = 0; group < groups; group += 1) {
    const members = Math.ceil((count - group) / groups);
    if (members < 2) continue;
    counted += members - 1;
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      let sum = 0;
      let squares = 0;
      for (let sample = group; sample < count; sample += groups) {
        const value = values[sample * pixels + pixel] ?? 0;
        sum += value;
        squares += value * value;
      }
      total += squares - (sum * sum) / members;
    }
  }
  return counted === 0 ? Number.NaN : total / counted;
}
