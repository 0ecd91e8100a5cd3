// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The same core, run in a worker: what `loadGanvas` gives at once, this gives as promises, so that
// the page's own thread only draws. When the worker dies, every pending promise rejects with code
// worker_lost and `restart` begins anew; sessions and data sets die with their worker.

import { GanvasError } from "../engine/errors";
import type { MnistOptions } from "../engine/mnist";
import type {
  ActivationsOptions,
  Adjustment,
  Config,
  EngineInfo,
  GenerateOptions,
  HalfMetrics,
  Inspection,
  InspectOptions,
  InversionState,
  InvertOptions,
  LatentOptions,
  LayerOptions,
  LayerOutput,
  LoadOptions,
  LoadProgress,
  Metrics,
  PathOptions,
  PlaneOptions,
  PointOptions,
  SampleOptions,
  ScoreOptions,
  SessionConfig,
  SessionState,
} from "../engine/types";
import type {
  Calls,
  DataSetInfo,
  PlayOptions,
  PlayProgress,
  SessionId,
  StepSamples,
} from "../protocol/training_calls";
import { WorkerChannel, type WorkerLike } from "./worker_channel";

type Bytes = Uint8Array<ArrayBuffer>;
type Floats = Float32Array<ArrayBuffer>;

export interface ClientOptions extends LoadOptions {
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Called once for each worker that dies by itself, after its pending promises rejected. */
  readonly onLost?: (error: GanvasError) => void;
  /** Default: this package's own training worker. */
  readonly createWorker?: () => WorkerLike<Calls>;
}

/** Starts a worker and loads the core in it; rejects as `loadGanvas` does, or with worker_lost. */
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

export class GanvasClient {
  readonly #options: ClientOptions;
  #channel: WorkerChannel<Calls> | null = null;
  #info: EngineInfo | null = null;

  /** Prefer `connectGanvas`: a client made by hand is of no use before `restart`. */
  constructor(options: ClientOptions) {
    this.#options = options;
  }

  get info(): EngineInfo {
    if (this.#info === null) throw new GanvasError("worker_lost", "The core is not loaded.");
    return this.#info;
  }

  /** Ends the worker, if one runs, and loads the core in a new one. */
  async restart(): Promise<EngineInfo> {
    this.terminate();
    const { tier = "auto", threads = "auto", onProgress, createWorker = ownWorker } = this.#options;
    const baseUrl = this.#options.baseUrl ?? document.baseURI;
    const channel = new WorkerChannel("training", createWorker(), (error) => {
      this.#info = null;
      this.#options.onLost?.(error);
    });
    this.#channel = channel;
    this.#info = await channel.call("load", { tier, threads, baseUrl }, [], onProgress);
    return this.#info;
  }

  async createSession(config: SessionConfig): Promise<ClientSession> {
    const channel = this.#alive();
    return new ClientSession(channel, await channel.call("createSession", { config }));
  }

  /** Streams digits into the worker, where any number of sessions can then use them. */
  async loadMnist({ onProgress, signal, ...source }: MnistOptions): Promise<DataSet> {
    const channel = this.#alive();
    return new DataSet(channel, await channel.call("loadMnist", source, [], onProgress, signal));
  }

  /** As `Ganvas.drawPoints`, for `ClientSession.setPoints`. */
  drawPoints(name: string, options: PointOptions): Promise<Floats> {
    return this.#alive().call("drawPoints", { name, ...options });
  }

  /** Ends the worker at once; pending promises reject with worker_lost. */
  terminate(): void {
    this.#channel?.end(new GanvasError("worker_lost", "The training worker was terminated."));
    this.#channel = null;
    this.#info = null;
  }

  #alive(): WorkerChannel<Calls> {
    if (this.#channel === null) {
      throw new GanvasError("worker_lost", "The training worker was terminated.");
    }
    return this.#channel;
  }
}

/** Digits that lie in the worker. */
export class DataSet {
  readonly examples: number;
  /** The first 64 images at most, (n, 784) bytes. */
  readonly preview: Bytes;
  readonly #channel: WorkerChannel<Calls>;
  readonly id: number;

  constructor(channel: WorkerChannel<Calls>, info: DataSetInfo) {
    this.#channel = channel;
    this.id = info.dataSet;
    this.examples = info.examples;
    this.preview = info.preview;
  }

  async dispose(): Promise<void> {
    await this.#channel.call("dropDataSet", { dataSet: this.id });
  }
}

/** As Session in session.ts, with promises; and `play`, which only a worker can have. */
export class ClientSession {
  readonly #channel: WorkerChannel<Calls>;
  readonly #session: SessionId;

  constructor(channel: WorkerChannel<Calls>, session: SessionId) {
    this.#channel = channel;
    this.#session = session;
  }

  /** Copies the arrays to the worker. */
  async setData(images: Bytes, labels: Bytes): Promise<void> {
    await this.#channel.call("setData", { session: this.#session, images, labels });
  }

  /** Takes the first `examples` (default: all) of digits that are in the worker. */
  async useDataSet(digits: DataSet, examples = digits.examples): Promise<void> {
    const params = { session: this.#session, dataSet: digits.id, examples };
    await this.#channel.call("useDataSet", params);
  }

  /** Copies the points to the worker. */
  async setPoints(points: Floats): Promise<void> {
    await this.#channel.call("setPoints", { session: this.#session, points });
  }

  train(steps: number): Promise<Metrics> {
    return this.#channel.call("train", { session: this.#session, steps });
  }

  advanceHalf(): Promise<HalfMetrics> {
    return this.#channel.call("advanceHalf", { session: this.#session });
  }

  async adjust(changes: Adjustment): Promise<void> {
    await this.#channel.call("adjust", { session: this.#session, changes });
  }

  inspect(options: InspectOptions = {}): Promise<Inspection> {
    return this.#channel.call("inspect", { session: this.#session, options });
  }

  tensor(name: string, kind: "values" | "gradient" = "values"): Promise<Float32Array<ArrayBuffer>> {
    return this.#channel.call("tensor", { session: this.#session, name, kind });
  }

  activations(options: ActivationsOptions): Promise<Float32Array<ArrayBuffer>> {
    return this.#channel.call("activations", { session: this.#session, options });
  }

  /**
   * Trains until `pause`, or for `steps` steps, and then resolves; rejects when a step fails.
   * Other calls are answered between steps.
   */
  play(
    options: PlayOptions & { readonly onProgress?: (progress: PlayProgress) => void } = {},
  ): Promise<SessionState> {
    const { onProgress, ...wanted } = options;
    const params = { session: this.#session, options: wanted };
    return this.#channel.call("play", params, [], onProgress);
  }

  /** Changes how fast a session plays: steps a second, or null for as fast as it can. */
  async pace(stepsPerSecond: number | null): Promise<void> {
    await this.#channel.call("pace", { session: this.#session, stepsPerSecond });
  }

  /** Resolves when the last step is done and reported. */
  pause(): Promise<SessionState> {
    return this.#channel.call("pause", { session: this.#session });
  }

  sample({ count, seed, labels }: SampleOptions): Promise<Float32Array<ArrayBuffer>> {
    const options = labels === undefined ? { count, seed } : { count, seed, labels };
    return this.#channel.call("sample", { session: this.#session, ...options });
  }

  drawLatents(options: LatentOptions): Promise<Floats> {
    return this.#channel.call("drawLatents", { session: this.#session, ...options });
  }

  latentPath(options: PathOptions): Promise<Floats> {
    return this.#channel.call("latentPath", { session: this.#session, ...options });
  }

  latentPlane(options: PlaneOptions): Promise<Floats> {
    return this.#channel.call("latentPlane", { session: this.#session, ...options });
  }

  generate(options: GenerateOptions): Promise<Floats> {
    return this.#channel.call("generate", { session: this.#session, ...options });
  }

  score(options: ScoreOptions): Promise<Floats> {
    return this.#channel.call("score", { session: this.#session, ...options });
  }

  saliency(options: ScoreOptions): Promise<Floats> {
    return this.#channel.call("saliency", { session: this.#session, ...options });
  }

  layerOutputs(options: LayerOptions): Promise<LayerOutput[]> {
    return this.#channel.call("layerOutputs", { session: this.#session, ...options });
  }

  /**
   * Searches to the end and says what was found, reporting the best so far on the way; training may
   * play meanwhile. Rejects with aborted when the signal says so, or another search begins.
   */
  invert(
    options: InvertOptions & {
      readonly onProgress?: (state: InversionState) => void;
      readonly signal?: AbortSignal;
    },
  ): Promise<InversionState> {
    const { onProgress, signal, ...wanted } = options;
    const params = { session: this.#session, ...wanted };
    return this.#channel.call("invert", params, [], onProgress, signal);
  }

  /**
   * Draws `count` samples in slices, between which the worker answers other calls, while a session
   * that plays waits: all come from the generator of one step. Slice k draws from seed + k.
   */
  sampleOneStep(options: { count: number; seed: number }): Promise<StepSamples> {
    return this.#channel.call("sampleOneStep", { session: this.#session, ...options });
  }

  save(): Promise<Bytes> {
    return this.#channel.call("save", { session: this.#session });
  }

  async load(bytes: Bytes): Promise<void> {
    await this.#channel.call("loadBytes", { session: this.#session, bytes });
  }

  config(): Promise<Config> {
    return this.#channel.call("config", { session: this.#session });
  }

  state(): Promise<SessionState> {
    return this.#channel.call("state", { session: this.#session });
  }

  async dispose(): Promise<void> {
    await this.#channel.call("dispose", { session: this.#session });
  }
}

function ownWorker(): WorkerLike<Calls> {
  return new Worker(new URL("../worker/main.ts", import.meta.url), {
    type: "module",
    name: "ganvas",
  });
}
