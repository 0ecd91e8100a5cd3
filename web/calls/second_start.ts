// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A second worker where the first loads nothing. On a busy machine, about one in a hundred workers that Firefox starts
// from a service worker's copies never loads the engine, although all of its requests are answered.

import { asGanvasError, GanvasError } from "../engine/errors";
import type { LoadProgress } from "../engine/types";
import type { WorkerChannel } from "./channel";

const STALL_MS = 15_000;

/** Loads in a worker, which tells `onProgress` of each part that has arrived. */
type Load<Loaded> = (
  channel: WorkerChannel,
  onProgress: (progress: LoadProgress) => void,
) => Promise<Loaded>;

/**
 * Loads in a worker. When that is not heard for too long it is ended, and another one loads, which may take any time.
 * @param onProgress hears what either worker tells
 * @returns the channel to the worker that has loaded, and what `load` returned
 * @throws what `open` and `load` throw; no worker is left then
 */
export async function loadInWorker<Loaded>(
  open: () => WorkerChannel,
  load: Load<Loaded>,
  onProgress: (progress: LoadProgress) => void = () => {},
): Promise<readonly [WorkerChannel, Loaded]> {
  const stalled = new GanvasError("worker_lost", "");
  const first = open();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => first.end(stalled), STALL_MS);
  };
  const heard = (progress: LoadProgress): void => {
    wait();
    onProgress(progress);
  };
  wait();
  try {
    return [first, await loadOrEnd(first, heard, load)];
  } catch (thrown) {
    if (thrown !== stalled) throw thrown;
  } finally {
    clearTimeout(timer);
  }
  const second = open();
  return [second, await loadOrEnd(second, onProgress, load)];
}

async function loadOrEnd<Loaded>(
  channel: WorkerChannel,
  onProgress: (progress: LoadProgress) => void,
  load: Load<Loaded>,
): Promise<Loaded> {
  try {
    return await load(channel, onProgress);
  } catch (thrown) {
    channel.end(asGanvasError(thrown));
    throw thrown;
  }
}
