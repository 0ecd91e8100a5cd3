// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the benchmark measures: whole training steps of several presets with the engine in use, then
// of two presets on every available tier and thread count. One worker at a time, a new one for each
// engine.

import type { ClientSession } from "../../client/training_client";
import { TIERS } from "../../config/engines";
import { asGanvasError, GanvasError, type SerializedError } from "../../engine/errors";
import type { Features } from "../../engine/probes";
import { type EngineInfo, IMAGE_PIXELS, type SessionConfig, type Tier } from "../../engine/types";

export type Engine = Pick<EngineInfo, "tier" | "threads">;

const PRESETS = ["quick", "seed", "mlp", "dcgan"] as const;
export type MeasuredPreset = (typeof PRESETS)[number];

/** Measured on every engine, since they are light enough for plain WebAssembly. */
export const COMPARED_PRESETS = ["quick", "seed"] as const;

export interface Cell {
  readonly engine: Engine;
  readonly preset: MeasuredPreset;
}

export interface Plan {
  readonly inUse: Engine;
  /** Presets measured with the engine in use. */
  readonly presets: readonly MeasuredPreset[];
  /** Sorted from the slowest tier to the one with the most threads. */
  readonly engines: readonly Engine[];
  /** In the order of measurement. */
  readonly cells: readonly Cell[];
}

const MAX_THREADS = 4;

export function planBenchmark({ tier, threads }: Engine, features: Features): Plan {
  const inUse: Engine = { tier, threads };
  const singles = TIERS.map((single): Engine => ({ tier: single, threads: 1 }));
  const engines = [...singles, ...threadCounts(tier, features).map((n) => ({ tier, threads: n }))];
  if (!engines.some((engine) => sameEngine(engine, inUse))) engines.push(inUse);
  const rank = (engine: Engine): number => engine.threads - 100 * TIERS.indexOf(engine.tier);
  engines.sort((a, b) => rank(a) - rank(b));
  // Without SIMD, one step of dcgan takes seconds.
  const presets = PRESETS.filter((preset) => preset !== "dcgan" || tier !== "scalar");
  const others = engines.filter((engine) => !sameEngine(engine, inUse));
  const cells = [
    ...presets.map((preset): Cell => ({ engine: inUse, preset })),
    ...others.flatMap((engine) => COMPARED_PRESETS.map((preset): Cell => ({ engine, preset }))),
  ];
  return { inUse, presets, engines, cells };
}

/** Thread counts above one: two, and half of the processors (at most MAX_THREADS). */
function threadCounts(tier: Tier, { threads, processors }: Features): number[] {
  if (!threads || tier === "scalar") return [];
  const half = Math.min(MAX_THREADS, Math.floor(processors / 2));
  return [...new Set([2, half])].filter((count) => count > 1 && count <= processors);
}

export function sameEngine(a: Engine, b: Engine): boolean {
  return a.tier === b.tier && a.threads === b.threads;
}

export interface Figures {
  readonly stepsPerSecond: number;
  readonly flopsPerStep: number;
}

export function gigaflops({ stepsPerSecond, flopsPerStep }: Figures): number {
  return (stepsPerSecond * flopsPerStep) / 1e9;
}

export type Outcome =
  | { readonly status: "waiting" | "measuring" }
  | { readonly status: "measured"; readonly figures: Figures }
  | { readonly status: "failed"; readonly error: SerializedError };

/** Results of all cells so far. */
export class Outcomes {
  readonly #byCell = new Map<string, Outcome>();

  get(engine: Engine, preset: MeasuredPreset): Outcome {
    return this.#byCell.get(keyOf(engine, preset)) ?? { status: "waiting" };
  }

  set({ engine, preset }: Cell, outcome: Outcome): void {
    this.#byCell.set(keyOf(engine, preset), outcome);
  }

  figures(engine: Engine, preset: MeasuredPreset): Figures | null {
    const outcome = this.get(engine, preset);
    return outcome.status === "measured" ? outcome.figures : null;
  }
}

function keyOf({ tier, threads }: Engine, preset: MeasuredPreset): string {
  return `${tier} ${threads} ${preset}`;
}

/** The part of a client that the benchmark needs. */
export interface Trainer {
  createSession(config: SessionConfig): Promise<TrainerSession>;
  terminate(): void;
}

type TrainerSession = Pick<ClientSession, "setData" | "train" | "state" | "dispose">;

export interface BenchmarkOptions {
  readonly connect: (engine: Engine) => Promise<Trainer>;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Terminates the worker immediately; the cell being measured returns to "waiting". */
  readonly signal: AbortSignal;
  readonly report: (cell: Cell, outcome: Outcome) => void;
}

/**
 * Resolves when every cell has an outcome, or when aborted. A failing cell does not stop the rest.
 */
export async function runBenchmark(
  cells: readonly Cell[],
  { connect, now, signal, report }: BenchmarkOptions,
): Promise<void> {
  let engine: Engine | null = null;
  let trainer: Trainer | null = null;
  const end = (): void => {
    trainer?.terminate();
    trainer = null;
  };
  signal.addEventListener("abort", end);
  try {
    for (const cell of cells) {
      if (signal.aborted) return;
      report(cell, { status: "measuring" });
      try {
        if (cell.engine !== engine) end();
        engine = cell.engine;
        const used: Trainer = trainer ?? (await connectUnlessAborted(connect, engine, signal));
        trainer = used;
        report(cell, { status: "measured", figures: await measure(used, cell.preset, now) });
      } catch (thrown) {
        end();
        const error = asGanvasError(thrown).toJSON();
        report(cell, signal.aborted ? { status: "waiting" } : { status: "failed", error });
      }
    }
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
}

/** Rejects as soon as it is aborted; a worker that is still loading is terminated once loaded. */
async function connectUnlessAborted(
  connect: BenchmarkOptions["connect"],
  engine: Engine,
  signal: AbortSignal,
): Promise<Trainer> {
  const connecting = connect(engine);
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new GanvasError("aborted", "It was stopped."));
    signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([connecting, aborted]);
  } catch (thrown) {
    connecting.then(
      (late) => late.terminate(),
      () => {},
    );
    throw thrown;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Engines optimise WebAssembly functions only after a number of calls. */
const WARM_UP_MS = 500;
const MEASURE_MS = 1000;
const BLOCK_MS = 100;
const MAX_BLOCK = 4096;

/** Trains a new session; counts the steps of the last second, after a warm-up of half a second. */
export async function measure(
  trainer: Trainer,
  preset: MeasuredPreset,
  now: () => number,
): Promise<Figures> {
  const session = await trainer.createSession({ preset, seed: 1, examples: EXAMPLES });
  await session.setData(madeUpImages(), madeUpLabels());
  let block = 1;
  const trainFor = async (leastMs: number): Promise<number> => {
    const started = now();
    let steps = 0;
    let elapsed = 0;
    while (elapsed < leastMs) {
      const before = elapsed;
      await session.train(block);
      steps += block;
      elapsed = now() - started;
      block = nextBlock(block, elapsed - before);
    }
    return (steps * 1000) / elapsed;
  };
  await trainFor(WARM_UP_MS);
  const stepsPerSecond = await trainFor(MEASURE_MS);
  const { flopsPerStep } = await session.state();
  await session.dispose();
  return { stepsPerSecond, flopsPerStep };
}

/** Steps that fill about BLOCK_MS, estimated from the previous block. */
export function nextBlock(steps: number, elapsedMs: number): number {
  const fitting = Math.floor((steps * BLOCK_MS) / Math.max(elapsedMs, 0.1));
  return Math.max(1, Math.min(fitting, steps * 4, MAX_BLOCK));
}

// The cost of a step does not depend on the pixels, so images are synthetic: nothing to download,
// and the same everywhere. Sparse like handwriting, so that training stays in its usual range.
const EXAMPLES = 512;

function madeUpImages(): Uint8Array<ArrayBuffer> {
  const images = new Uint8Array(EXAMPLES * IMAGE_PIXELS);
  let random = 1;
  for (let pixel = 0; pixel < images.length; pixel += 1) {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    if (random < 0x3000_0000) images[pixel] = 255;
  }
  return images;
}

function madeUpLabels(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: EXAMPLES }, (_, index) => index % 10);
}
