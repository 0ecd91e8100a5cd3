// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Two figures of Ganvas alone: how much memory its module takes, and how much slower its first steps
// are than those after the engine has compiled everything well.

import type { Preset } from "../../../../web/engine/types";
import { createGanvas } from "./ganvas";
import { HEAP_CHANNEL } from "./heap_channel";

const COLD_STEPS = 100;
const WARM_SECONDS = 2;

/** The linear memory of a module that has trained `steps` steps, on one thread. */
export async function heapBytes(preset: Preset, steps: number): Promise<number> {
  const createWorker = (): Worker =>
    new Worker(new URL("./heap_worker.ts", import.meta.url), { type: "module" });
  const ganvas = await createGanvas({ preset, threads: 1, createWorker });
  await ganvas.run(steps);
  const channel = new BroadcastChannel(HEAP_CHANNEL);
  const answer = new Promise<number>((resolve) => {
    channel.addEventListener("message", ({ data }: MessageEvent<number>) => resolve(data));
  });
  channel.postMessage("how large?");
  return answer.finally(() => channel.close());
}

export interface ColdStart {
  /** Milliseconds of the first steps that this page ever ran, and of as many steady ones. */
  readonly cold: number;
  readonly steady: number;
}

/** On one thread, in a page that has run nothing. */
export async function coldStart(preset: Preset): Promise<ColdStart> {
  const ganvas = await createGanvas({ preset, threads: 1 });
  const milliseconds = async (): Promise<number> => {
    const start = performance.now();
    await ganvas.run(COLD_STEPS);
    return performance.now() - start;
  };
  const cold = await milliseconds();
  for (const start = performance.now(); performance.now() - start < WARM_SECONDS * 1000; ) {
    await milliseconds();
  }
  return { cold, steady: await milliseconds() };
}
