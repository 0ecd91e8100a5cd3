// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What every contender is for the clock: something that trains a number of whole steps. And the clock.

export interface Stepper {
  /** Trains, and resolves with the last step's lossD when nothing of the work is left to do. */
  run(steps: number): Promise<number>;
}

export interface Rate {
  readonly stepsPerSecond: number;
  readonly lossD: number;
}

const WARM_SECONDS = 0.5;
const WARM_STEPS = 10;
/** Slow contenders need no ten steps to be warm. */
const WARM_LIMIT_SECONDS = 3;
/** Long enough that reading a loss at its end costs nothing, short enough to stop near the time. */
const BLOCK_SECONDS = 0.25;

async function secondsOf(stepper: Stepper, steps: number): Promise<number> {
  const start = performance.now();
  await trained(stepper, steps);
  return (performance.now() - start) / 1000;
}

/** The loss, which has to be a number: a diverged run does not do the same work. */
async function trained(stepper: Stepper, steps: number): Promise<number> {
  const lossD = await stepper.run(steps);
  if (!Number.isFinite(lossD)) throw new Error(`lossD is ${lossD} after ${steps} steps`);
  return lossD;
}

/** Seconds of one step as it comes, with whatever it compiles. */
export function firstStep(stepper: Stepper): Promise<number> {
  return secondsOf(stepper, 1);
}

/** Warms up by time and by count, then times blocks of steps for about `seconds`. */
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

/** Blocks of so many steps until `seconds` have passed, at least one. */
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
