// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The interface of all contenders, and the timing of their steps.

export interface Stepper {
  /** Trains `steps` steps and resolves with the last lossD once all work is complete. */
  run(steps: number): Promise<number>;
}

export interface Rate {
  readonly stepsPerSecond: number;
  readonly lossD: number;
}

const WARM_SECONDS = 0.5;
const WARM_STEPS = 10;
/** Slow contenders are warm after fewer steps. */
const WARM_LIMIT_SECONDS = 3;
/** Long enough that reading the loss at its end costs little, short enough to stop on time. */
const BLOCK_SECONDS = 0.25;

async function secondsOf(stepper: Stepper, steps: number): Promise<number> {
  const start = performance.now();
  await trained(stepper, steps);
  return (performance.now() - start) / 1000;
}

/** Returns lossD and throws if it is not finite: a diverged run may do different work. */
async function trained(stepper: Stepper, steps: number): Promise<number> {
  const lossD = await stepper.run(steps);
  if (!Number.isFinite(lossD)) throw new Error(`lossD is ${lossD} after ${steps} steps`);
  return lossD;
}

/** Seconds for the first step, including compilation. */
export function firstStep(stepper: Stepper): Promise<number> {
  return secondsOf(stepper, 1);
}

/** Warms up for a minimum time and step count, then times blocks of steps for about `seconds`. */
export async function steadyRate(stepper: Stepper, seconds: number): Promise<Rate> {
  const start = performance.now();
  const warm = (): number => (performance.now() - start) / 1000;
  let rate = 0;
  let steps = 0;
  for (let block = 1; ; block *= 2) {
    rate = block / (await secondsOf(stepper, block));
    steps += block;
    if (warm() >= WARM_SECONDS && (steps >= WARM_STEPS || warm() >= WARM_LIMIT_SECONDS)) break;
    block = Math.min(block, Math.ceil(rate * BLOCK_SECONDS));
  }
  return timed(stepper, Math.max(1, Math.round(rate * BLOCK_SECONDS)), seconds);
}

/** Times blocks of `block` steps until `seconds` have passed; at least one block. */
export async function timed(stepper: Stepper, block: number, seconds: number): Promise<Rate> {
  let elapsed = 0;
  let steps = 0;
  let lossD = 0;
  while (elapsed < seconds || steps === 0) {
    const start = performance.now();
    lossD = await trained(stepper, block);
    elapsed += (performance.now() - start) / 1000;
    steps += block;
  }
  return { stepsPerSecond: steps / elapsed, lossD };
}
