// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A record of one training step, taken by the core in two halves: the batch, each network's outputs
// before and after its update, and both losses.

import { clamp } from "../engine/clamp";
import type {
  GenerateOptions,
  LatentOptions,
  LayerOptions,
  LayerOutput,
  PathOptions,
  ScoreOptions,
} from "../engine/exploration";
import type {
  Adjustment,
  Config,
  Flow,
  HalfMetrics,
  Inspection,
  InspectOptions,
  LayerSummary,
} from "../engine/types";

type Floats = Float32Array<ArrayBuffer>;
type Bytes = Uint8Array<ArrayBuffer>;
type Awaitable<T> = T | Promise<T>;

/** The session calls that a lesson makes, in this thread or in a worker. */
export interface LessonSession {
  config(): Awaitable<Config>;
  advanceHalf(): Awaitable<HalfMetrics>;
  inspect(options: InspectOptions): Awaitable<Inspection>;
  adjust(changes: Adjustment): Awaitable<void>;
  score(options: ScoreOptions): Awaitable<Floats>;
  saliency(options: ScoreOptions): Awaitable<Floats>;
  generate(options: GenerateOptions): Awaitable<Floats>;
  drawLatents(options: LatentOptions): Awaitable<Floats>;
  latentPath(options: PathOptions): Awaitable<Floats>;
  layerOutputs(options: LayerOptions): Awaitable<LayerOutput[]>;
  save(): Awaitable<Bytes>;
  load(bytes: Bytes): Awaitable<void>;
}

/** Learning rates of the two optimisers. */
export interface Rates {
  readonly discriminator: number;
  readonly generator: number;
}

/** D's outputs for one batch of real images and one of fakes, (n) each. */
export interface Scores {
  readonly real: Floats;
  readonly fake: Floats;
}

export interface StepRecord {
  readonly config: Config;
  readonly rates: Rates;
  /** Counted from 1. */
  readonly step: number;
  /** The batch: its noise, its real images, and the fakes before either update. */
  readonly flow: Flow;
  /** D's probabilities before and after its update. */
  readonly before: Scores;
  readonly afterD: Scores;
  /** Computed by the core. */
  readonly lossD: number;
  /** Computed by the core, with the updated D. */
  readonly lossG: number;
  /** Layers with the norms of the gradients that their updates used. */
  readonly discriminator: readonly LayerSummary[];
  readonly generator: readonly LayerSummary[];
  /** The updated G's output for the same noise, and D's scores for it. */
  readonly fakeAfterG: Floats;
  readonly dFakeAfterG: Floats;
}

export function ratesOf({ discriminator, generator }: Config): Rates {
  return { discriminator: discriminator.optimizer.lr, generator: generator.optimizer.lr };
}

/** Restores a checkpoint taken at a step's end and takes the next step at these rates. */
export async function takeStep(
  session: LessonSession,
  from: Bytes,
  rates: Rates | null,
): Promise<StepRecord> {
  await session.load(from);
  const config = await session.config();
  if (rates !== null) {
    await session.adjust({
      discriminator: { optimizer: { lr: rates.discriminator } },
      generator: { optimizer: { lr: rates.generator } },
    });
  }
  const samples = config.batch_size;
  const { step } = await session.advanceHalf();
  const d = await session.inspect({ samples });
  const [realAfter, fakeAfter] = [
    await session.score({ samples: d.flow.real }),
    await session.score({ samples: d.flow.fake }),
  ];
  await session.advanceHalf();
  const g = await session.inspect({ samples });
  const fakeAfterG = await session.generate({ latents: d.flow.noise });
  const { dReal, dFake } = d.flow;
  if (dReal === null || dFake === null || d.lossD === null || g.lossG === null) {
    throw new Error("The core returned no D outputs or losses for the step.");
  }
  return {
    config,
    rates: rates ?? ratesOf(config),
    step,
    flow: d.flow,
    before: { real: dReal, fake: dFake },
    afterD: { real: realAfter, fake: fakeAfter },
    lossD: d.lossD,
    lossG: g.lossG,
    discriminator: d.discriminator,
    generator: g.generator,
    fakeAfterG,
    dFakeAfterG: await session.score({ samples: fakeAfterG }),
  };
}

/** -log p for target 1, -log(1 - p) for target 0; capped at 100 as PyTorch's BCELoss does. */
export function binaryCrossEntropy(probability: number, target: 0 | 1): number {
  const p = target === 1 ? probability : 1 - probability;
  return Math.min(100, -Math.log(p));
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return sum / values.length;
}

export function meanLoss(probabilities: Floats, target: 0 | 1): number {
  return mean(Array.from(probabilities, (p) => binaryCrossEntropy(p, target)));
}

/** lossD = (BCE(D(x), 1) + BCE(D(G(z)), 0)) / 2 */
export function lossOfD({ real, fake }: Scores): number {
  return (meanLoss(real, 1) + meanLoss(fake, 0)) / 2;
}

/**
 * Gradients of the two losses with respect to the logit of a fake that D scores `probability`: d
 * lossD / d logit (reaches G only without detach) and d lossG / d logit.
 */
export function pulls(probability: number): { ofLossD: number; ofLossG: number } {
  return { ofLossD: probability / 2, ofLossG: probability - 1 };
}

/** ToTensor, then Normalize(0.5, 0.5), of one byte. */
export function normalize(byte: number): { unit: number; input: number } {
  const unit = byte / 255;
  return { unit, input: (unit - 0.5) / 0.5 };
}

/** Histogram with equally wide bins; values outside the range count in the outer bins. */
export function countBins(
  values: ArrayLike<number>,
  low: number,
  high: number,
  bins: number,
): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (let i = 0; i < values.length; i += 1) {
    const place = Math.floor((((values[i] ?? 0) - low) / (high - low)) * bins);
    const bin = clamp(place, 0, bins - 1);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

export function deviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  return Math.sqrt(mean(Array.from(values, (value) => (value - centre) ** 2)));
}
