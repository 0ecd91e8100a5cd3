// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the training worker answers: it loads the core, and owns its sessions and the data sets. Every
// public method here is a call (see calls/messages.ts). It runs on any port that carries messages, a
// worker's own scope or one end of a MessageChannel.

import { CallServer, type ServerPort } from "../calls/server";
import { type Ganvas, loadGanvas } from "../engine/loader";
import type { MnistOptions } from "../engine/mnist";
import { countOf } from "../engine/picture_count";
import type { PictureSet } from "../engine/pictures";
import type { Session } from "../engine/session";
import {
  type Config,
  type ConfigReport,
  type EngineInfo,
  IMAGE_PIXELS,
  type LoadOptions,
  type LoadProgress,
  type PointOptions,
  type SessionConfig,
} from "../engine/types";
import { checkedWhole } from "../engine/whole";
import { type Greeting, greet } from "./greeting";
import { fetchPart } from "./parts";
import { type Examples, TrainingSession } from "./training_session";

const PREVIEW_IMAGES = 64;

/** Sessions and data sets stay in the worker; the page holds their numbers. */
export interface DataSetInfo {
  readonly id: number;
  /** How many digits or pictures there are. */
  readonly examples: number;
  /** The first 64 at most, (n, channels, side, side) bytes, 0 black to 255 white. */
  readonly preview: Uint8Array<ArrayBuffer>;
}

/** @param ahead whether to load the engine at once, as for a call of `load` with no options */
export function serveTraining(port: ServerPort, { ahead = false } = {}): void {
  const server = new CallServer(port);
  server.expose(new TrainingLoader(server, ahead ? new EngineAhead() : null));
}

/** With it, `quick` needs about as much memory as the network that the page opens with. */
const WARM_UP_BATCH = 96;

/** An engine that loads before anybody asks for it. */
class EngineAhead {
  readonly engine: Promise<Ganvas>;
  #progress: LoadProgress | null = null;
  #report: (progress: LoadProgress) => void = () => {};

  constructor() {
    this.engine = loadGanvas({
      onProgress: (progress) => {
        this.#progress = progress;
        this.#report(progress);
      },
    });
    // Whoever asks is told of a failure.
    this.engine.then(warmUp).catch(() => {});
  }

  /** From now on, and what was last. */
  reportTo(report: (progress: LoadProgress) => void): void {
    this.#report = report;
    if (this.#progress !== null) report(this.#progress);
  }
}

/**
 * The network that is to come is shown sooner: browsers compile functions when they are first called, and hand
 * out memory when it is first used.
 */
function warmUp(ganvas: Ganvas): void {
  const session = ganvas.createSession({ preset: "quick", batch_size: WARM_UP_BATCH });
  session.load(session.save());
  session.generate({ latents: session.drawLatents({ count: 1, seed: 1 }) });
  session.dispose();
}

export class TrainingLoader {
  readonly #server: CallServer;
  readonly #ahead: EngineAhead | null;

  constructor(server: CallServer, ahead: EngineAhead | null) {
    this.#server = server;
    this.#ahead = ahead;
  }

  /**
   * Loads the core.
   * @returns what runs, and the number of its TrainingServer
   * @throws GanvasError as `loadGanvas`
   */
  async load(
    options: LoadOptions & Greeting & { readonly onProgress?: (progress: LoadProgress) => void },
  ): Promise<{ readonly info: EngineInfo; readonly core: number }> {
    greet(options);
    this.#ahead?.reportTo(options.onProgress ?? (() => {}));
    const ganvas = await (this.#ahead?.engine ?? loadGanvas(options));
    const core = this.#server.expose(new TrainingServer(this.#server, ganvas));
    return { info: ganvas.info, core };
  }
}

export class TrainingServer {
  readonly #server: CallServer;
  readonly #ganvas: Ganvas;
  readonly #dataSets = new Map<number, Examples>();
  #lastDataSet = 0;

  constructor(server: CallServer, ganvas: Ganvas) {
    this.#server = server;
    this.#ganvas = ganvas;
  }

  /**
   * @returns the number of a session
   * @throws GanvasError invalid_config
   */
  createSession(config: SessionConfig): number {
    return this.#expose(this.#ganvas.createSession(config));
  }

  /** As `Ganvas.openModel`; returns the session's number. */
  openModel(bytes: Uint8Array): number {
    return this.#expose(this.#ganvas.openModel(bytes));
  }

  /** A disposed session keeps its number, and answers that it was disposed of. */
  #expose(session: Session): number {
    return this.#server.expose(new TrainingSession(session, this.#dataSets), session);
  }

  /** As `Ganvas.checkConfig`. */
  checkConfig(config: SessionConfig | Config): ConfigReport {
    return this.#ganvas.checkConfig(config);
  }

  /** As `Ganvas.drawPoints`. */
  drawPoints(name: string, options: PointOptions): Float32Array<ArrayBuffer> {
    return this.#ganvas.drawPoints(name, options);
  }

  /** @throws GanvasError as `loadMnist` */
  async loadMnist(options: MnistOptions): Promise<DataSetInfo> {
    const { loadMnist } = await fetchPart(() => import("../engine/mnist"));
    return this.#add({ ...(await loadMnist(options)), size: IMAGE_PIXELS });
  }

  /** @throws GanvasError invalid_argument for less than a whole picture */
  addPictures({ channels, side, pixels, labels }: PictureSet): DataSetInfo {
    checkedWhole("The number of pictures", countOf({ channels, side, pixels }), 1, pixels.length);
    return this.#add({ images: pixels, labels, size: channels * side ** 2 });
  }

  #add(examples: Examples): DataSetInfo {
    this.#lastDataSet += 1;
    this.#dataSets.set(this.#lastDataSet, examples);
    const { images, size } = examples;
    const preview = images.slice(0, PREVIEW_IMAGES * size);
    return { id: this.#lastDataSet, examples: images.length / size, preview };
  }

  /** Frees a data set's memory; sessions that use it have copies. */
  dropDataSet(id: number): void {
    this.#dataSets.delete(id);
  }
}
