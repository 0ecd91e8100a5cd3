// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Two measurements of Ganvas only: its module's memory, and the slowdown of the first steps, before
// the engine has optimised all code.

import type { Preset } from "../../../../web/engine/types";
import { createGanvas } from "./ganvas";
import { HEAP_CHANNEL } from "./heap_channel";

const COLD_STEPS = 100;
const WARM_SECONDS = 2;

/** Bytes of linear memory after `steps` steps on one thread. */
export async function heapBytes(preset: Preset, steps: number): Promise<number> {
  const createWorker = (): Worker =>
    new Worker(new URL("./heap_worker.ts", import.meta.url), { type: "module" });
  const ganvas = await createGanvas({ preset, threads: 1, createWorker });
  await ganvas.run(steps);
  const channel = new BroadcastChannel(HEAP_CHANNEL);
  const answer = new Promise<number>((resolve) => {
    channel.addEventListener("message", ({ data }: MessageEvent<number>) => resolve(data));
  });
  channel.postMessage("request");
  return answer.finally(() => channel.close());
}

export interface ColdStart {
  /** Milliseconds for the first steps of this page, and for as many in the steady state. */
  readonly cold: number;
  readonly steady: number;
}

/** Measures on one thread; must be the first call in the page. */
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
