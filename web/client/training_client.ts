// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The same core, run in a worker: what `loadGanvas` gives at once, this gives as promises, so that
// the page's own thread only draws. When the worker dies, every pending promise rejects with code
// worker_lost and `restart` begins anew; sessions and data sets die with their worker.

import { remote, WorkerChannel, type WorkerLike } from "../calls/channel";
import { type Remote, ROOT } from "../calls/messages";
import { loadInWorker } from "../calls/second_start";
import { baseAddress } from "../engine/addresses";
import { GanvasError } from "../engine/errors";
import type { MnistOptions } from "../engine/mnist";
import { release } from "../engine/module_files";
import type { PictureSet } from "../engine/pictures";
import type {
  Config,
  ConfigReport,
  EngineInfo,
  LoadOptions,
  LoadProgress,
  PointOptions,
  SessionConfig,
} from "../engine/types";
import type { DataSetInfo, TrainingLoader, TrainingServer } from "../worker/training_server";
import type { SessionCalls } from "../worker/training_session";
import { trainingWorker } from "./training_worker";

export type { StepSampleOptions, StepSamples } from "../worker/drawing";
export type { PlayOptions, PlayProgress } from "../worker/player";
export type { DataSetInfo };

export interface ClientOptions extends LoadOptions {
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Called once for each worker that dies by itself, after its pending promises rejected. */
  readonly onLost?: (error: GanvasError) => void;
  /** Default: this package's own training worker. */
  readonly createWorker?: () => WorkerLike;
}

/**
 * `Session` with promises, and with what only a worker can do, such as `play`. Every method rejects
 * with GanvasError: as the session's own, worker_lost, and invalid_argument for what cannot be sent
 * to a worker. Arrays are copied.
 */
export interface ClientSession extends Remote<SessionCalls> {}

/**
 * Starts a worker and loads the core in it.
 * @throws GanvasError as `loadGanvas`, or worker_lost
 */
export async function connectGanvas(options: ClientOptions = {}): Promise<GanvasClient> {
  const client = new GanvasClient(options);
  try {
    await client.restart();
    return client;
  } catch (thrown) {
    client.terminate();
    throw thrown;
  }
}

interface Core {
  readonly channel: WorkerChannel;
  readonly info: EngineInfo;
  /** Its number in the worker. */
  readonly target: number;
  readonly calls: Remote<TrainingServer>;
}

export class GanvasClient {
  readonly #options: ClientOptions;
  #channel: WorkerChannel | null = null;
  #core: Core | null = null;

  /** Prefer `connectGanvas`: a client made by hand is of no use before `restart`. */
  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** @throws GanvasError worker_lost */
  get info(): EngineInfo {
    return this.#loaded().info;
  }

  /**
   * Ends the worker, if one runs, and loads the core in a new one.
   * @throws GanvasError as `connectGanvas`
   */
  async restart(): Promise<EngineInfo> {
    this.terminate();
    const { onLost, createWorker, onProgress, ...wanted } = this.#options;
    const create = createWorker ?? (() => trainingWorker(wanted.baseUrl));
    const open = (): WorkerChannel => {
      this.#channel = new WorkerChannel("training", create, (error) => {
        this.#core = null;
        onLost?.(error);
      });
      return this.#channel;
    };
    const [channel, { info, core }] = await loadInWorker(
      open,
      (opened, heard) =>
        remote<TrainingLoader>(opened, ROOT, {}).load({
          ...wanted,
          release,
          baseAddress: baseAddress(),
          onProgress: heard,
        }),
      onProgress,
    );
    this.#core = { channel, info, target: core, calls: remote(channel, core, {}) };
    return info;
  }

  /**
   * As `Ganvas.checkConfig`.
   * @throws GanvasError worker_lost
   */
  async checkConfig(config: SessionConfig | Config): Promise<ConfigReport> {
    return this.#loaded().calls.checkConfig(config);
  }

  /** @throws GanvasError invalid_config when the core cannot build it, invalid_argument, worker_lost */
  async createSession(config: SessionConfig): Promise<ClientSession> {
    const { channel, calls } = this.#loaded();
    return remote<SessionCalls>(channel, await calls.createSession(config), {});
  }

  /** As `Ganvas.openModel`; rejects with worker_lost too. */
  async openModel(bytes: Uint8Array): Promise<ClientSession> {
    const { channel, calls } = this.#loaded();
    return remote<SessionCalls>(channel, await calls.openModel(bytes), {});
  }

  /**
   * Downloads digits into the worker, where any number of sessions can then use them.
   * @throws GanvasError as the function `loadMnist`, or worker_lost
   */
  async loadMnist(options: MnistOptions): Promise<DataSet> {
    const { calls } = this.#loaded();
    return new DataSet(calls, await calls.loadMnist(options));
  }

  /**
   * Gives the worker pictures, which any number of sessions can then use. Their arrays move there: the
   * set has none afterwards.
   * @throws GanvasError worker_lost; invalid_argument for pixels that are not whole pictures, and for a set
   * that was given before
   */
  async addPictures(set: PictureSet): Promise<DataSet> {
    const { channel, target, calls } = this.#loaded();
    const moved = [...new Set([set.pixels.buffer, set.labels.buffer])];
    const info = await channel.call(target, "addPictures", [set], moved);
    return new DataSet(calls, info as DataSetInfo);
  }

  /**
   * Points of a distribution in the plane, for `setPoints`; a larger count continues a smaller one.
   * @returns (count, 2) in about [-1, 1]
   * @throws GanvasError not_found, invalid_argument, worker_lost
   */
  async drawPoints(name: string, options: PointOptions): Promise<Float32Array<ArrayBuffer>> {
    return this.#loaded().calls.drawPoints(name, options);
  }

  /** Ends the worker at once; pending promises reject with worker_lost. */
  terminate(): void {
    this.#channel?.end(new GanvasError("worker_lost", "It was terminated."));
    this.#channel = null;
    this.#core = null;
  }

  #loaded(): Core {
    if (this.#core === null) throw new GanvasError("worker_lost", "The core is not loaded.");
    return this.#core;
  }
}

/** Digits or pictures that are in the worker. Copied into a call, it is their number that counts. */
export class DataSet implements DataSetInfo {
  readonly #calls: Remote<TrainingServer>;
  readonly id: number;
  readonly examples: number;
  readonly preview: Uint8Array<ArrayBuffer>;

  /** Made by `GanvasClient.loadMnist` and `addPictures`. */
  constructor(calls: Remote<TrainingServer>, { id, examples, preview }: DataSetInfo) {
    this.#calls = calls;
    this.id = id;
    this.examples = examples;
    this.preview = preview;
  }

  /** Frees the worker's copy; sessions that use it have their own. */
  dispose(): Promise<void> {
    return this.#calls.dropDataSet(this.id);
  }
}
