// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the last steps say about the game of the two networks, as one diagnosis: a pure function of
// recent means, so that tests can put recorded situations to it.

export type Diagnosis =
  /** Too few steps to tell. */
  | "starting"
  /** D tells real from generated nearly always: little is left for G to follow. */
  | "discriminator_wins"
  /** D finds generated samples more real than real ones, or all alike. */
  | "generator_wins"
  /** Samples hardly differ from one another. */
  | "collapse"
  /** The lead changes again and again, and widely. */
  | "swinging"
  | "balanced"
  /** D can only guess, since generated samples lie where real ones do, and everywhere that they do. */
  | "matched"
  /** The same for most of the real samples, but some part of them has no generated one. */
  | "incomplete"
  /** D's output is no probability; its curves say less. */
  | "critic";

export interface Match {
  /** 0 for the same distribution: see plane/distance.ts. */
  readonly distance: number;
  /** Of the real samples: see plane/coverage.ts. */
  readonly coverage: number;
}

export interface Situation {
  readonly steps: number;
  /** Whether D's outputs are probabilities. */
  readonly probabilities: boolean;
  /** Means over the last steps, and the spread (standard deviation) of D(G(z)) about its own. */
  readonly dReal: number;
  readonly dFake: number;
  readonly dFakeSpread: number;
  readonly lossG: number;
  /** Variance among the samples (of one class) in that of real digits: 1 for as much; null: unknown. */
  readonly diversity: number | null;
  /** How generated samples lie to real ones; null where that is not measured. */
  readonly match: Match | null;
}

const FEW_STEPS = 30;
/** Samples of one class are less alike than this by far, even of an untrained conditional GAN. */
const COLLAPSED = 0.12;
const SURE = 0.93;
const BLIND = 0.03;
const NEAR = 0.1;
const WIDE = 0.3;
/** Two draws of 400 real points are 0.00 to 0.005 apart. */
const CLOSE = 0.008;
/** Nine tenths of what two draws of 400 real points cover of each other: see tests/bench/README.md. */
const COVERED = 0.87;

export function diagnose(situation: Situation): Diagnosis {
  const { steps, probabilities, dReal, dFake, dFakeSpread, diversity, match } = situation;
  if (steps < FEW_STEPS) return "starting";
  if (diversity !== null && diversity < COLLAPSED) return "collapse";
  const guessing = !probabilities || Math.abs(dReal - dFake) < NEAR;
  if (guessing && match !== null && match.distance < CLOSE) {
    return match.coverage >= COVERED ? "matched" : "incomplete";
  }
  if (!probabilities) return "critic";
  if (dReal > SURE && dFake < 1 - SURE) return "discriminator_wins";
  if (dReal - dFake < BLIND) return "generator_wins";
  return dFakeSpread > WIDE ? "swinging" : "balanced";
}

/** Columns of a history as in Metrics. */
const D_REAL = 2;
const D_FAKE = 3;

/** Means over the last bins of binned curves. */
export function recentMeans(
  mean: readonly (readonly number[])[],
  bins: number,
): Pick<Situation, "dReal" | "dFake" | "dFakeSpread" | "lossG"> {
  const last = (metric: number): readonly number[] => (mean[metric] ?? []).slice(-bins);
  const average = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const fakes = last(D_FAKE);
  const dFake = average(fakes);
  const dFakeSpread = Math.sqrt(average(fakes.map((value) => (value - dFake) ** 2)));
  return { dReal: average(last(D_REAL)), dFake, dFakeSpread, lossG: average(last(1)) };
}

/**
 * Sum over the pixels of the variance among samples; with classes, among those of one class, where
 * sample i is of class i % classes.
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
