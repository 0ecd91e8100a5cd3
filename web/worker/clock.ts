// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Time for the player, and a way to let waiting messages through: posting to oneself queues behind
// them, without the minimum delay that browsers give to timers.

export interface Clock {
  /** Milliseconds, never going back. */
  now(): number;
  /** Resolves after the messages that already wait have been read. */
  yield(): Promise<void>;
  close(): void;
}

export function openClock(): Clock {
  const now = (): number => performance.now();
  if (typeof setImmediate === "function") {
    // Node reads up to a thousand messages of one port before it looks at anything else.
    return { now, yield: () => new Promise((resolve) => setImmediate(resolve)), close: () => {} };
  }
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return {
    now,
    yield: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        port2.postMessage(null);
      }),
    close: () => port1.close(),
  };
}
