// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge in a worker of its own, beside the one that trains: what `loadJudge` gives at once, this
// gives as promises. When the worker dies, every pending promise rejects with code worker_lost, and
// a new judge has to be connected.

import { GanvasError } from "../engine/errors";
import type { JudgeOptions, Nearest, Opinions, Quality } from "../engine/judge";
import type { MnistOptions } from "../engine/mnist";
import type { LoadProgress, Tier } from "../engine/types";
import type { DigitsUse, JudgeCalls } from "../protocol/judge_calls";
import { WorkerChannel, type WorkerLike } from "./worker_channel";

type Bytes = Uint8Array<ArrayBuffer>;
type Floats = Float32Array<ArrayBuffer>;

export interface JudgeClientOptions extends JudgeOptions {
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Called when the worker dies by itself, after its pending promises rejected. */
  readonly onLost?: (error: GanvasError) => void;
  /** Default: this package's own. */
  readonly createWorker?: () => WorkerLike<JudgeCalls>;
}

/** Starts a worker and loads the judge in it; rejects as `loadJudge` does, or with worker_lost. */
export async function connectJudge(options: JudgeClientOptions = {}): Promise<JudgeClient> {
  const { onProgress, onLost, createWorker = ownWorker, ...wanted } = options;
  const channel = new WorkerChannel<JudgeCalls>("judge's", createWorker(), (error) =>
    onLost?.(error),
  );
  try {
    const baseUrl = options.baseUrl ?? document.baseURI;
    return new JudgeClient(
      channel,
      await channel.call("load", { ...wanted, baseUrl }, [], onProgress),
    );
  } catch (thrown) {
    channel.end(new GanvasError("worker_lost", "The judge could not be loaded."));
    throw thrown;
  }
}

/** As Judge in judge.ts, with promises. */
export class JudgeClient {
  readonly #channel: WorkerChannel<JudgeCalls>;
  readonly tier: Tier;

  /** Made by `connectJudge`. */
  constructor(channel: WorkerChannel<JudgeCalls>, tier: Tier) {
    this.#channel = channel;
    this.tier = tier;
  }

  async setReal(digits: Bytes): Promise<void> {
    await this.#channel.call("setDigits", { use: "real", digits });
  }

  async setTraining(digits: Bytes): Promise<void> {
    await this.#channel.call("setDigits", { use: "training", digits });
  }

  /** Streams the digits for `setReal` into the worker; for unseen ones, name the t10k files. */
  loadReal(source: MnistOptions): Promise<number> {
    return this.#loadDigits("real", source);
  }

  loadTraining(source: MnistOptions): Promise<number> {
    return this.#loadDigits("training", source);
  }

  add(samples: Floats, asked: Bytes | null = null): Promise<number> {
    return this.#channel.call("add", { samples, asked });
  }

  async reset(): Promise<void> {
    await this.#channel.call("reset", null);
  }

  quality(): Promise<Quality> {
    return this.#channel.call("quality", null);
  }

  opinions(images: Floats): Promise<Opinions> {
    return this.#channel.call("opinions", { images });
  }

  nearest(images: Floats): Promise<Nearest> {
    return this.#channel.call("nearest", { images });
  }

  /** Ends the worker at once; pending promises reject with worker_lost. */
  terminate(): void {
    this.#channel.end(new GanvasError("worker_lost", "The judge's worker was terminated."));
  }

  #loadDigits(use: DigitsUse, source: MnistOptions): Promise<number> {
    const { onProgress, signal, ...files } = source;
    return this.#channel.call("loadDigits", { use, ...files }, [], onProgress, signal);
  }
}

function ownWorker(): WorkerLike<JudgeCalls> {
  return new Worker(new URL("../worker/judge_main.ts", import.meta.url), {
    type: "module",
    name: "ganvas-judge",
  });
}
