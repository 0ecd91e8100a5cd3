// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One training step, taken by the core in its two halves and written down: what flowed, what each
// network said before and after it learned, and what each loss was made of.

import type {
  Adjustment,
  Config,
  Flow,
  GenerateOptions,
  HalfMetrics,
  Inspection,
  InspectOptions,
  LatentOptions,
  LayerOptions,
  LayerOutput,
  LayerSummary,
  PathOptions,
  ScoreOptions,
} from "../engine/types";

type Floats = Float32Array<ArrayBuffer>;
type Bytes = Uint8Array<ArrayBuffer>;
type Asked<T> = T | Promise<T>;

/** What a lesson asks of a session, whether it is in this realm or in a worker. */
export interface LessonSession {
  config(): Asked<Config>;
  advanceHalf(): Asked<HalfMetrics>;
  inspect(options: InspectOptions): Asked<Inspection>;
  adjust(changes: Adjustment): Asked<void>;
  score(options: ScoreOptions): Asked<Floats>;
  saliency(options: ScoreOptions): Asked<Floats>;
  generate(options: GenerateOptions): Asked<Floats>;
  drawLatents(options: LatentOptions): Asked<Floats>;
  latentPath(options: PathOptions): Asked<Floats>;
  layerOutputs(options: LayerOptions): Asked<LayerOutput[]>;
  save(): Asked<Bytes>;
  load(bytes: Bytes): Asked<void>;
}

/** Learning rates of the two optimisers. */
export interface Rates {
  readonly discriminator: number;
  readonly generator: number;
}

/** What D says of one batch of real images and one of fakes. */
export interface Opinions {
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
  /** D's probabilities before its update, and after it. */
  readonly before: Opinions;
  readonly afterD: Opinions;
  /** As the core computed it. */
  readonly lossD: number;
  /** Under the updated D, as the core computed it. */
  readonly lossG: number;
  /** Layers with the norms of the gradients that their updates used. */
  readonly discriminator: readonly LayerSummary[];
  readonly generator: readonly LayerSummary[];
  /** What the updated G makes of the same noise, and what D says of that. */
  readonly fakeAfterG: Floats;
  readonly dFakeAfterG: Floats;
}

export function ratesOf({ discriminator, generator }: Config): Rates {
  return { discriminator: discriminator.optimizer.lr, generator: generator.optimizer.lr };
}

/** Puts the session back to a checkpoint at a step's end and takes the next step at these rates. */
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
    throw new Error("A step was taken, but the core does not say what D said.");
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

/** -log p for a target of 1, -log(1 - p) for one of 0; PyTorch's BCELoss stops at 100. */
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
export function lossOfD({ real, fake }: Opinions): number {
  return (meanLoss(real, 1) + meanLoss(fake, 0)) / 2;
}

/**
 * What the two losses would send back to a fake whose D is `probability`, each in parts of the slope
 * of D's logit: d lossD / d logit (its share would reach G without detach) and d lossG / d logit.
 */
export function pulls(probability: number): { ofLossD: number; ofLossG: number } {
  return { ofLossD: probability / 2, ofLossG: probability - 1 };
}

/** ToTensor and Normalize(0.5, 0.5) of one byte, in their two steps. */
export function normalize(byte: number): { unit: number; input: number } {
  const unit = byte / 255;
  return { unit, input: (unit - 0.5) / 0.5 };
}

/** How many of the values fall into each of equally wide bins; the outer bins take what lies beyond. */
export function countBins(
  values: ArrayLike<number>,
  low: number,
  high: number,
  bins: number,
): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (let i = 0; i < values.length; i += 1) {
    const place = Math.floor((((values[i] ?? 0) - low) / (high - low)) * bins);
    const bin = Math.max(0, Math.min(bins - 1, place));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

export function deviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  return Math.sqrt(mean(Array.from(values, (value) => (value - centre) ** 2)));
}
