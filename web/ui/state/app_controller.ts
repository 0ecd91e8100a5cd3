// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Actions of the page before a run exists: opens the worker with the core, draws from the
// pretrained generator, and switches views. Training is loaded on demand. Elements call this and
// render the store; nothing else opens workers with the core.

import { connectGanvas, type DataSet, type GanvasClient } from "../../client/training_client";
import { asGanvasError, GanvasError } from "../../engine/errors";
import type { MnistProgress } from "../../engine/mnist";
import type { LoadOptions } from "../../engine/types";
import { PretrainedSamples } from "./pretrained_samples";
import { IDLE, Live, type Opening, STARTING, Store, type View } from "./store";
import type { Training } from "./training";
import type { TrainingDigits } from "./training_digits";

type EngineOptions = Pick<LoadOptions, "tier" | "threads">;

export class AppController {
  readonly store: Store;
  readonly live = new Live();
  readonly #engine: EngineOptions;
  readonly #pretrained: PretrainedSamples;
  #digits: TrainingDigits | null = null;
  #client: GanvasClient | null = null;
  /** False for a link to a run, which opens at step 0. */
  readonly #playsFirst: boolean;
  /** The user's run; null until training is first started. */
  training: Training | null = null;

  constructor(opening: Opening, engine: EngineOptions) {
    this.store = new Store(opening);
    this.#engine = engine;
    this.#playsFirst = opening.mode === "pretrained";
    this.#pretrained = new PretrainedSamples(this.store, (samples) => {
      this.live.samples = samples;
      this.live.changed();
    });
  }

  /**
   * Loads the core and the pretrained generator at the same time. Each can fail and be retried;
   * actions requested meanwhile then continue.
   * @param ready resolves before a run may start
   */
  async open(ready: Promise<void> = Promise.resolve()): Promise<void> {
    const weights = this.#fetchPretrained();
    // Only a head start: startTraining reports errors.
    if (this.store.state.mode === "train") this.#loadTraining().catch(() => {});
    if (!(await this.#openEngine())) return;
    await ready;
    const started = this.store.state.mode === "train" ? this.startTraining() : null;
    await weights;
    if (this.#client !== null) await this.#pretrained.wake(this.#client);
    await started;
  }

  /** Only the Train view shows the pretrained samples; other views load their own models. */
  async #fetchPretrained(): Promise<void> {
    if (this.store.state.view === "train") await this.#pretrained.fetch();
  }

  async retryPretrained(): Promise<void> {
    await this.#fetchPretrained();
    if (this.#client !== null) await this.#pretrained.wake(this.#client);
  }

  /** Starts the user's run. */
  async startTraining(): Promise<void> {
    this.store.patch({ mode: "train", failure: null });
    if (this.store.state.engine.status !== "ready") return;
    try {
      await (await this.#loadTraining()).begin();
    } catch {
      // The start button is still there to try again.
      const line = "The training code could not be loaded.";
      this.store.patch({ mode: "pretrained", failure: new GanvasError("fetch_failed", line) });
      this.#pretrained.draw();
    }
  }

  /** Back to the pretrained digits; the run is paused and can be resumed. */
  async showPretrained(): Promise<void> {
    await this.show("train");
    if (this.store.state.mode === "pretrained") return;
    await this.training?.pause();
    this.store.patch({ mode: "pretrained", frame: null });
    this.#pretrained.draw();
  }

  async resumeRun(): Promise<void> {
    if (!this.training?.run) return this.startTraining();
    this.store.patch({ mode: "train" });
    await this.training.redraw();
  }

  /** Switches views. The run is paused so that the new view's queries are answered quickly. */
  async show(view: View): Promise<void> {
    if (view === this.store.state.view) return;
    this.store.patch({ view });
    await this.training?.pause();
    if (view === "train") await this.retryPretrained();
  }

  async newNoise(): Promise<void> {
    const noise = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    this.store.patch({ noise, frame: null });
    if (this.store.state.mode === "pretrained") this.#pretrained.draw();
    else await this.training?.changeSamples();
  }

  /** The worker with the core; null without one, and the store has the reason. */
  get client(): GanvasClient | null {
    return this.#client;
  }

  /**
   * Loads at least `examples` handwritten digits into the worker, unless they are there already.
   * @throws GanvasError worker_lost, aborted, and the errors of loadMnist
   */
  async dataSet(
    examples: number,
    onProgress?: (progress: MnistProgress) => void,
  ): Promise<DataSet> {
    const client = this.#client;
    if (client === null) throw new GanvasError("worker_lost", "The core is not loaded.");
    return (await this.#loadDigits()).provide(client, examples, onProgress);
  }

  async #loadDigits(): Promise<TrainingDigits> {
    const { TrainingDigits } = await import("./training_digits");
    this.#digits ??= new TrainingDigits(this.live);
    return this.#digits;
  }

  async #loadTraining(): Promise<Training> {
    const [{ Training }, digits] = await Promise.all([import("./training"), this.#loadDigits()]);
    const { store, live } = this;
    this.training ??= new Training(
      { store, live, digits, client: () => this.#client },
      this.#playsFirst,
    );
    return this.training;
  }

  async #openEngine(): Promise<boolean> {
    this.#client?.terminate();
    this.#forgetWorker();
    this.store.patch({ engine: STARTING, digits: IDLE, failure: null });
    try {
      this.#client = await connectGanvas({
        ...this.#engine,
        onProgress: ({ loaded, total }) =>
          this.store.patch({ engine: { status: "loading", done: loaded, all: total } }),
        onLost: (error) => {
          this.#forgetWorker();
          this.store.patch({ engine: { status: "failed", error }, digits: IDLE, playing: false });
        },
      });
      this.store.patch({ engine: { status: "ready", value: this.#client.info } });
      return true;
    } catch (thrown) {
      const lost = asGanvasError(thrown).code === "worker_lost";
      // A worker that ends before its first message could not load its script.
      const line = "The worker's script could not be loaded.";
      const error = lost ? new GanvasError("fetch_failed", line) : asGanvasError(thrown);
      this.store.patch({ engine: { status: "failed", error } });
      return false;
    }
  }

  #forgetWorker(): void {
    this.#client = null;
    this.training?.forget();
    this.#pretrained.forget();
    this.#digits?.forget();
  }
}
