// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge in a worker of its own, beside the one that trains: what `loadJudge` gives at once, this
// gives as promises. When the worker dies, every pending promise rejects with code worker_lost, and
// a new judge has to be connected.

import { remote, WorkerChannel, type WorkerLike } from "../calls/channel";
import { type Remote, ROOT } from "../calls/messages";
import { loadInWorker } from "../calls/second_start";
import { baseAddress } from "../engine/addresses";
import { GanvasError } from "../engine/errors";
import type { JudgeOptions } from "../engine/judge";
import { release } from "../engine/module_files";
import type { JudgedPictures } from "../engine/picture_judge";
import type { LoadProgress, Tier } from "../engine/types";
import type { Greeting } from "../worker/greeting";
import type {
  JudgeCalls,
  JudgeLoader,
  PictureJudgeCalls,
  PictureJudgeMaker,
} from "../worker/judge_server";
import { judgeWorker } from "./judge_worker";

export interface JudgeClientOptions extends JudgeOptions {
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Called when the worker dies by itself, after its pending promises rejected. */
  readonly onLost?: (error: GanvasError) => void;
  /** Ends the worker, also while it is loading; pending promises then reject with aborted. */
  readonly signal?: AbortSignal;
  /** Default: this package's own. */
  readonly createWorker?: () => WorkerLike;
}

export interface PictureJudgeClientOptions extends Omit<JudgeClientOptions, "model"> {
  /** Called when all is loaded, before the pictures are compared with each other. */
  readonly onComparing?: () => void;
}

/**
 * `Judge` with promises. Every method rejects with GanvasError: as the judge's own, worker_lost,
 * and invalid_argument for what cannot be sent to a worker.
 */
export interface JudgeClient extends Remote<JudgeCalls>, Connection {}

/** The same of `PictureJudge`. */
export interface PictureJudgeClient extends Remote<PictureJudgeCalls>, Connection {}

interface Connection {
  readonly tier: Tier;
  /** Ends the worker at once; pending promises reject with worker_lost. */
  terminate(): void;
}

/**
 * Starts a worker and loads the judge in it.
 * @throws GanvasError as `loadJudge`, worker_lost, or aborted
 */
export function connectJudge(options: JudgeClientOptions = {}): Promise<JudgeClient> {
  return connect<JudgeCalls, { tier: Tier; judge: number }>(
    options,
    (loader, wanted) => loader.load(wanted),
    async ({ judge }) => judge,
  );
}

/**
 * Starts a worker with a judge of these pictures in it.
 * @throws GanvasError as `loadPictureJudge`, worker_lost, or aborted
 */
export function connectPictureJudge(
  pictures: JudgedPictures,
  { onComparing = () => {}, ...options }: PictureJudgeClientOptions = {},
): Promise<PictureJudgeClient> {
  const { channels, side, pixels } = pictures;
  return connect<PictureJudgeCalls, { tier: Tier; maker: number }>(
    options,
    (loader, wanted) => loader.loadForPictures(wanted),
    ({ maker }, channel) => {
      onComparing();
      const made = remote<PictureJudgeMaker>(channel, maker, {});
      return made.judge({ channels, side, pixels });
    },
  );
}

type Wanted = Omit<JudgeClientOptions, "onLost" | "createWorker" | "signal"> & Greeting;

/** @param judgeOf the judge's number, once all is loaded */
async function connect<Calls, Loaded extends { readonly tier: Tier }>(
  options: JudgeClientOptions,
  load: (loader: Remote<JudgeLoader>, wanted: Wanted) => Promise<Loaded>,
  judgeOf: (loaded: Loaded, channel: WorkerChannel) => Promise<number>,
): Promise<Remote<Calls> & Connection> {
  const { onLost = () => {}, createWorker, signal, onProgress, ...wanted } = options;
  const create = createWorker ?? (() => judgeWorker(wanted.baseUrl));
  const open = (): WorkerChannel => new WorkerChannel("judge's", create, onLost, signal);
  const [channel, loaded] = await loadInWorker(
    open,
    (opened, heard) =>
      load(remote<JudgeLoader>(opened, ROOT, {}), {
        ...wanted,
        release,
        baseAddress: baseAddress(),
        onProgress: heard,
      }),
    onProgress,
  );
  const terminate = (): void =>
    channel.end(new GanvasError("worker_lost", "The judge's worker was terminated."));
  try {
    const judge = await judgeOf(loaded, channel);
    return remote<Calls, Connection>(channel, judge, { tier: loaded.tier, terminate });
  } catch (thrown) {
    terminate();
    throw thrown;
  }
}
