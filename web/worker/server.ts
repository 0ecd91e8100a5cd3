// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Answers the requests of shared/protocol.ts: owns the loaded core, its sessions and the data sets.
// It runs on any port that carries messages, a worker's own scope or one end of a MessageChannel.

import { GanvasError } from "../engine/errors";
import { type Ganvas, loadGanvas } from "../engine/loader";
import type { Digits } from "../engine/mnist";
import type { Session } from "../engine/session";
import { IMAGE_PIXELS } from "../engine/types";
import type {
  CallName,
  DataSetId,
  DataSetInfo,
  Params,
  Progress,
  Request,
  Result,
  ServerPort,
  SessionId,
  StepSamples,
  ToWorker,
} from "../protocol/training_calls";
import { openClock } from "./clock";
import { nextSlice, Player } from "./player";
import { post, reply, unknownCall } from "./replies";

const PREVIEW_IMAGES = 64;
/** Of every digit the same number, as a conditional generator is asked for them in turn. */
const SLICE_SAMPLES = 50;

export function serve(port: ServerPort): void {
  const server = new Server(port);
  port.addEventListener("message", (event) => server.receive(event.data));
}

class Server {
  readonly #port: ServerPort;
  readonly #sessions = new Map<SessionId, Session>();
  readonly #playing = new Map<SessionId, { player: Player; ended: Promise<void> }>();
  readonly #dataSets = new Map<DataSetId, Digits>();
  readonly #abortable = new Map<number, AbortController>();
  #ganvas: Ganvas | null = null;
  #lastId = 0;

  constructor(port: ServerPort) {
    this.#port = port;
  }

  receive(message: ToWorker): void {
    if (message.type === "abort") {
      this.#abortable.get(message.target)?.abort();
      return;
    }
    reply(this.#port, message.id, this.#answer(message));
  }

  async #answer(request: Request): Promise<Result<CallName>> {
    const { id } = request;
    switch (request.type) {
      case "load":
        return this.#load(id, request.params);
      case "loadMnist":
        return this.#loadMnist(id, request.params);
      case "drawPoints":
        return this.#core().drawPoints(request.params.name, request.params);
      case "dropDataSet":
        this.#dataSets.delete(request.params.dataSet);
        return null;
      case "createSession":
        return this.#createSession(request.params);
      case "setData": {
        const { session, images, labels } = request.params;
        this.#session(session).setData(images, labels);
        return null;
      }
      case "setPoints":
        this.#session(request.params.session).setPoints(request.params.points);
        return null;
      case "useDataSet":
        return this.#useDataSet(request.params);
      case "train":
        return this.#session(request.params.session).train(request.params.steps);
      case "advanceHalf":
        return this.#session(request.params.session).advanceHalf();
      case "adjust":
        this.#session(request.params.session).adjust(request.params.changes);
        return null;
      case "inspect":
        return this.#session(request.params.session).inspect(request.params.options);
      case "tensor": {
        const { session, name, kind } = request.params;
        return this.#session(session).tensor(name, kind);
      }
      case "activations":
        return this.#session(request.params.session).activations(request.params.options);
      case "play":
        return this.#play(id, request.params);
      case "pace":
        this.#playing.get(request.params.session)?.player.pace(request.params.stepsPerSecond);
        return null;
      case "pause":
        await this.#stop(request.params.session);
        return this.#session(request.params.session).state();
      case "sample":
        return this.#session(request.params.session).sample(request.params);
      case "drawLatents":
        return this.#session(request.params.session).drawLatents(request.params);
      case "latentPath":
        return this.#session(request.params.session).latentPath(request.params);
      case "latentPlane":
        return this.#session(request.params.session).latentPlane(request.params);
      case "generate":
        return this.#session(request.params.session).generate(request.params);
      case "score":
        return this.#session(request.params.session).score(request.params);
      case "saliency":
        return this.#session(request.params.session).saliency(request.params);
      case "layerOutputs":
        return this.#session(request.params.session).layerOutputs(request.params);
      case "invert":
        return this.#invert(id, request.params);
      case "sampleOneStep":
        return this.#sampleOneStep(request.params);
      case "save":
        return this.#session(request.params.session).save();
      case "loadBytes":
        this.#session(request.params.session).load(request.params.bytes);
        return null;
      case "config":
        return this.#session(request.params.session).config();
      case "state":
        return this.#session(request.params.session).state();
      case "dispose":
        return this.#dispose(request.params.session);
      default:
        return unknownCall(request);
    }
  }

  async #load(id: number, options: Params<"load">): Promise<Result<"load">> {
    const onProgress = (value: Progress<"load">): void => this.#progress(id, value);
    this.#ganvas = await loadGanvas({ ...options, onProgress });
    return this.#ganvas.info;
  }

  async #loadMnist(id: number, source: Params<"loadMnist">): Promise<DataSetInfo> {
    const aborter = new AbortController();
    this.#abortable.set(id, aborter);
    try {
      const onProgress = (value: Progress<"loadMnist">): void => this.#progress(id, value);
      const { loadMnist } = await importMnist();
      const digits = await loadMnist({ ...source, onProgress, signal: aborter.signal });
      const dataSet = this.#nextId();
      this.#dataSets.set(dataSet, digits);
      const preview = digits.images.slice(0, PREVIEW_IMAGES * IMAGE_PIXELS);
      return { dataSet, examples: digits.labels.length, preview };
    } finally {
      this.#abortable.delete(id);
    }
  }

  #createSession({ config }: Params<"createSession">): SessionId {
    const session = this.#core().createSession(config);
    const id = this.#nextId();
    this.#sessions.set(id, session);
    return id;
  }

  #useDataSet({ session, dataSet, examples }: Params<"useDataSet">): null {
    const digits = this.#dataSets.get(dataSet);
    if (!digits) throw new GanvasError("disposed", "This data set was dropped.");
    if (examples > digits.labels.length) {
      const line = `${examples} examples are asked for; ${digits.labels.length} are loaded.`;
      throw new GanvasError("invalid_argument", line);
    }
    const images = digits.images.subarray(0, examples * IMAGE_PIXELS);
    this.#session(session).setData(images, digits.labels.subarray(0, examples));
    return null;
  }

  async #play(id: number, { session, options }: Params<"play">): Promise<Result<"play">> {
    const trained = this.#session(session);
    if (this.#playing.has(session)) {
      throw new GanvasError("invalid_argument", "This session plays already.");
    }
    const clock = openClock();
    const report = (value: Progress<"play">): void => this.#progress(id, value);
    const player = new Player(trained, options, clock, report);
    const ended = player.run().finally(() => {
      clock.close();
      this.#playing.delete(session);
    });
    this.#playing.set(session, { player, ended });
    await ended;
    return trained.state();
  }

  /** Searches in short slices, between which messages are read and training goes on. */
  async #invert(id: number, { session, ...options }: Params<"invert">): Promise<Result<"invert">> {
    const aborter = new AbortController();
    this.#abortable.set(id, aborter);
    const clock = openClock();
    try {
      const inversion = this.#session(session).invert(options);
      for (let steps = 1; ; ) {
        const started = clock.now();
        const state = inversion.run(steps);
        if (state.done) return state;
        this.#progress(id, state);
        steps = nextSlice(steps, clock.now() - started);
        await clock.yield();
        if (aborter.signal.aborted) throw new GanvasError("aborted", "It was aborted.");
      }
    } finally {
      clock.close();
      this.#abortable.delete(id);
    }
  }

  #sampleOneStep(params: Params<"sampleOneStep">): Promise<StepSamples> {
    const drawn = sampleInSlices(this.#session(params.session), params);
    this.#playing.get(params.session)?.player.waitFor(drawn);
    return drawn;
  }

  /** Resolves once the session rests, with its last report sent. */
  async #stop(id: SessionId): Promise<void> {
    const playing = this.#playing.get(id);
    playing?.player.stop();
    // How it ended is the play call's to tell.
    await playing?.ended.catch(() => {});
  }

  async #dispose(id: SessionId): Promise<null> {
    await this.#stop(id);
    this.#sessions.get(id)?.dispose();
    this.#sessions.delete(id);
    return null;
  }

  #core(): Ganvas {
    if (this.#ganvas === null) throw new GanvasError("internal", "The core is not loaded yet.");
    return this.#ganvas;
  }

  #session(id: SessionId): Session {
    const session = this.#sessions.get(id);
    if (!session) throw new GanvasError("disposed", "This session was disposed of.");
    return session;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #progress(id: number, value: Progress<CallName>): void {
    post(this.#port, { type: "progress", id, value });
  }
}

async function sampleInSlices(
  session: Session,
  { count, seed }: { count: number; seed: number },
): Promise<StepSamples> {
  const { step } = session.state();
  const clock = openClock();
  const slices: Float32Array<ArrayBuffer>[] = [];
  let ms = 0;
  try {
    for (let first = 0; first < count; first += SLICE_SAMPLES) {
      const started = clock.now();
      const wanted = Math.min(SLICE_SAMPLES, count - first);
      slices.push(session.sample({ count: wanted, seed: seed + slices.length }));
      ms += clock.now() - started;
      await clock.yield();
    }
  } finally {
    clock.close();
  }
  const samples = new Float32Array(slices.reduce((sum, slice) => sum + slice.length, 0));
  let offset = 0;
  for (const slice of slices) {
    samples.set(slice, offset);
    offset += slice.length;
  }
  return { step, samples, ms };
}

/** What reads the digits is fetched with them, and not before. */
async function importMnist(): Promise<typeof import("../engine/mnist")> {
  try {
    return await import("../engine/mnist");
  } catch {
    throw new GanvasError("fetch_failed", "The part that reads the digits could not be loaded.");
  }
}
