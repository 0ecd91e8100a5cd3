// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How long work takes, how much of it fits between two looks at the messages, and a way to let waiting
// messages through: posting to oneself queues behind them, without the minimum delay of timers.

const SLICE_MS = 12;
const MAX_SLICE_STEPS = 4096;

export interface Clock {
  /** Milliseconds, never going back. */
  now(): number;
  /** Resolves after the messages that already wait have been read. */
  yield(): Promise<void>;
  /** Resolves after so many milliseconds; messages are read meanwhile. */
  sleep(ms: number): Promise<void>;
  close(): void;
}

export function openClock(): Clock {
  const now = (): number => performance.now();
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  if (typeof setImmediate === "function") {
    // Node reads up to a thousand messages of one port before it looks at anything else.
    const next = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    return { now, yield: next, sleep, close: () => {} };
  }
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return {
    now,
    sleep,
    yield: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        port2.postMessage(null);
      }),
    close: () => port1.close(),
  };
}

/** How many steps fill a slice, judged by the slice before and never more than doubling. */
export function nextSlice(steps: number, elapsedMs: number): number {
  const fitting = Math.floor((steps * SLICE_MS) / Math.max(elapsedMs, 0.01));
  return Math.max(1, Math.min(fitting, steps * 2, MAX_SLICE_STEPS));
}
