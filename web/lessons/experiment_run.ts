// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A running experiment: both runs advance alternately, so that they are always at the same step,
// and are measured at intervals. The caller owns the sessions: in a worker for the page, in Node
// for the figures of tests/bench.

import type { Opinions } from "../engine/judge";
import { METRICS } from "../engine/metrics";
import {
  type HalfMetrics,
  type Inspection,
  type InspectOptions,
  METRIC_COLUMNS,
  type SampleOptions,
} from "../engine/types";
import type { Experiment } from "./experiments";
import type { Figures, Findings } from "./findings";

type Floats = Float32Array<ArrayBuffer>;
type Awaitable<T> = T | Promise<T>;

/** The session calls that an experiment makes, in this thread or in a worker. */
export interface ExperimentSession {
  inspect(options: InspectOptions): Awaitable<Inspection>;
  advanceHalf(): Awaitable<HalfMetrics>;
  tensor(name: string, kind: "values" | "gradient"): Awaitable<Floats>;
  sample(options: SampleOptions): Awaitable<Floats>;
}

export interface Subject {
  readonly session: ExperimentSession;
  /** Trains for `steps` steps and returns their history. */
  advance(steps: number): Promise<Float32Array>;
}

/** Classifies digits. */
export type Reader = (images: Floats) => Awaitable<Opinions>;

interface Measurement {
  readonly step: number;
  readonly figures: Figures;
}

export interface SideState {
  /** (n, 784), or (n, 2). */
  readonly samples: Floats;
  readonly measurements: readonly Measurement[];
  /** Whether the run has diverged; it is then not trained further. */
  readonly failed: boolean;
}

export const SIDES = ["healthy", "broken"] as const;
export type SideName = (typeof SIDES)[number];

const RING_SAMPLES = 512;
/** Ten of each digit. */
const DIGIT_SAMPLES = 100;
const NOISE_SEED = 1;
const NONE: SideState = { samples: new Float32Array(0), measurements: [], failed: false };

export class ExperimentRun {
  readonly experiment: Experiment;
  readonly #subjects: Readonly<Record<SideName, Subject>>;
  readonly #read: Reader;
  readonly #changed: () => void;
  readonly #sides: Record<SideName, SideState> = { healthy: NONE, broken: NONE };
  #step = 0;
  #stopped = false;

  constructor(
    experiment: Experiment,
    subjects: Readonly<Record<SideName, Subject>>,
    read: Reader,
    changed: () => void,
  ) {
    this.experiment = experiment;
    this.#subjects = subjects;
    this.#read = read;
    this.#changed = changed;
  }

  get step(): number {
    return this.#step;
  }

  side(name: SideName): SideState {
    return this.#sides[name];
  }

  /** Takes effect at the next measurement. */
  stop(): void {
    this.#stopped = true;
  }

  /** Samples both runs before the first step. */
  async prepare(): Promise<void> {
    for (const name of SIDES) {
      this.#sides[name] = { ...NONE, samples: await this.#draw(this.#subjects[name].session) };
    }
  }

  /** Resolves after the last step, or once stopped. */
  async run(): Promise<void> {
    const { steps, every } = this.experiment;
    while (!this.#stopped && this.#step < steps) {
      const taken = Math.min(every, steps - this.#step);
      const step = this.#step + taken;
      await Promise.all(SIDES.map((name) => this.#advance(name, taken, step)));
      this.#step = step;
      this.#changed();
    }
  }

  /** From the last measurement; null until both runs have one. */
  findings(): Findings | null {
    const [healthy, broken] = SIDES.map((name) => summary(this.#sides[name].measurements));
    if (healthy === undefined || broken === undefined) return null;
    return {
      steps: this.#step,
      healthy,
      broken,
      shown: this.experiment.shows(healthy, broken),
    };
  }

  async #advance(name: SideName, steps: number, step: number): Promise<void> {
    const [side, subject] = [this.#sides[name], this.#subjects[name]];
    if (side.failed) return;
    const taken = await this.#train(name, steps);
    if (taken === null) {
      this.#sides[name] = { ...side, failed: true };
      return;
    }
    const seen = await this.#measure(subject.session);
    const figures: Figures = { ...taken, ...seen.figures };
    this.#sides[name] = {
      samples: seen.samples,
      measurements: [...side.measurements, { step, figures }],
      failed: false,
    };
  }

  /** Metrics of the training steps; null when the run diverged. */
  async #train(name: SideName, steps: number): Promise<Figures | null> {
    const { session, advance } = this.#subjects[name];
    const leaks = this.experiment[name].detach === false;
    try {
      if (!leaks) return meansOf(await advance(steps));
      // The last step is taken in halves: the leaked gradient can be read between them.
      const before = steps > 1 ? meansOf(await advance(steps - 1)) : {};
      return { ...before, ...(await measureLeak(session)) };
    } catch (thrown) {
      if ((thrown as { code?: unknown }).code === "non_finite") return null;
      throw thrown;
    }
  }

  #draw(session: ExperimentSession): Awaitable<Floats> {
    const count = this.experiment.data === "ring" ? RING_SAMPLES : DIGIT_SAMPLES;
    return session.sample({ count, seed: NOISE_SEED });
  }

  async #measure(session: ExperimentSession): Promise<{ samples: Floats; figures: Figures }> {
    const samples = await this.#draw(session);
    const { generator } = await session.inspect({ samples: 1 });
    const gradientG = Math.hypot(...generator.map((layer) => layer.gradientNorm ?? 0));
    const seen =
      this.experiment.data === "ring"
        ? spotsReached(samples)
        : { readable: shareReadable(await this.#read(samples)) };
    return { samples, figures: { ...seen, gradientG } };
  }
}

function meansOf(history: Float32Array): Figures {
  const rows = history.length / METRIC_COLUMNS;
  let [lossG, dFake] = [0, 0];
  for (let row = 0; row < rows; row += 1) {
    lossG += (history[row * METRIC_COLUMNS + METRICS.indexOf("lossG")] ?? 0) / rows;
    dFake += (history[row * METRIC_COLUMNS + METRICS.indexOf("dFake")] ?? 0) / rows;
  }
  return { lossG, dFake };
}

const SPOTS = 8;
const RADIUS = 0.7;
/** Three standard deviations of the real points around their spot. */
const REACH = 0.12;
/**
 * A spot counts as reached from this share of the samples on, so that stray samples do not count.
 */
const LEAST_SHARE = 0.01;

/** @param points (n, 2) */
export function spotsReached(points: Float32Array): { modes: number; onSpots: number } {
  const count = points.length / 2;
  const near = Array.from({ length: SPOTS }, () => 0);
  for (let i = 0; i < count; i += 1) {
    const [x = 0, y = 0] = [points[2 * i], points[2 * i + 1]];
    for (let spot = 0; spot < SPOTS; spot += 1) {
      const angle = (2 * Math.PI * spot) / SPOTS;
      const distance = Math.hypot(x - RADIUS * Math.cos(angle), y - RADIUS * Math.sin(angle));
      if (distance < REACH) near[spot] = (near[spot] ?? 0) + 1;
    }
  }
  return {
    modes: near.filter((samples) => samples >= LEAST_SHARE * count).length,
    onSpots: near.reduce((sum, samples) => sum + samples, 0) / count,
  };
}

/** Share of samples read as the requested digit; sample i has label i % 10. */
export function shareReadable({ classes }: Opinions): number {
  const right = classes.reduce((sum, digit, i) => sum + (digit === i % 10 ? 1 : 0), 0);
  return right / classes.length;
}

/**
 * Single-step figures are noisy, so the median of all measurements is reported instead of the last.
 */
const OF_ONE_STEP = ["cosine", "left", "gradientG"] as const;

function summary(measurements: readonly Measurement[]): Figures | undefined {
  const last = measurements.at(-1)?.figures;
  if (last === undefined) return undefined;
  const middles = OF_ONE_STEP.flatMap((name) => {
    const values = measurements.flatMap(({ figures }) => figures[name] ?? []).sort((a, b) => a - b);
    const middle = values[Math.floor(values.length / 2)];
    return middle === undefined ? [] : [[name, middle] as const];
  });
  return { ...last, ...Object.fromEntries(middles) };
}

/**
 * Takes one step in halves: after D's half, G's gradients hold the leak; after G's, leak plus
 * lossG's own.
 */
async function measureLeak(session: ExperimentSession): Promise<Figures> {
  await session.advanceHalf();
  const leaked = await gradientsOfG(session);
  await session.advanceHalf();
  const sum = await gradientsOfG(session);
  return compareGradients(leaked, sum);
}

/** @param sum of the leak and lossG's own gradient */
export function compareGradients(
  leaked: Float32Array,
  sum: Float32Array,
): { cosine: number; left: number } {
  let [dot, ofLeak, ofOwn, ofSum] = [0, 0, 0, 0];
  for (const [i, both] of sum.entries()) {
    const leak = leaked[i] ?? 0;
    const own = both - leak;
    dot += leak * own;
    ofLeak += leak * leak;
    ofOwn += own * own;
    ofSum += both * both;
  }
  return { cosine: dot / Math.sqrt(ofLeak * ofOwn), left: Math.sqrt(ofSum / ofOwn) };
}

async function gradientsOfG(session: ExperimentSession): Promise<Float32Array> {
  const { generator } = await session.inspect({ samples: 1 });
  const parts: number[] = [];
  for (const { name } of generator.flatMap(({ tensors }) => tensors)) {
    parts.push(...(await session.tensor(name, "gradient")));
  }
  return Float32Array.from(parts);
}
