// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Actions of the page before a run exists: opens the worker with the core, draws from the
// pretrained generator, and switches views. Training is loaded on demand. Elements call this and
// render the store; nothing else opens workers with the core.

import { type DataSet, GanvasClient } from "../../client/training_client";
import { trainingWorker } from "../../client/training_worker";
import type { Problem } from "../../config/settings";
import { asGanvasError, GanvasError } from "../../engine/errors";
import type { JudgeOptions } from "../../engine/judge";
import type { MnistProgress } from "../../engine/mnist";
import { importPart } from "../../engine/parts";
import type { LoadOptions } from "../../engine/types";
import type { PageHooks } from "../platform/page_hooks";
import { PretrainedSamples } from "./pretrained_samples";
import type { KeptRun } from "./saved_runs/run_storage";
import { IDLE, Live, type Opening, STARTING, Store, type View } from "./store";
import type { Training } from "./training";
import type { TrainingDigits } from "./training_digits";
import { unopened } from "./unopened";

export interface AppParts {
  readonly page: PageHooks;
  readonly engine: Pick<LoadOptions, "tier" | "threads" | "baseUrl">;
  /** Address of the folder with the digits (mnist/) and the pretrained models (models/). */
  readonly assets: string;
  /** Completes the settings, before any run starts. Rejects if its code could not be loaded. */
  prepare(store: Store): Promise<void>;
  /** Loads what controls a run. Rejects if it could not be loaded. */
  loadControls(): Promise<unknown>;
}

let apps = 0;

export class AppController {
  /** Tells it from the other apps of a document. */
  readonly name: string;
  readonly store: Store;
  readonly live = new Live();
  readonly page: PageHooks;
  readonly engine: AppParts["engine"];
  readonly #assets: string;
  readonly #prepare: AppParts["prepare"];
  readonly #loadControls: AppParts["loadControls"];
  /** Null before the first attempt to complete the settings, and after a failed one. */
  #prepared: Promise<void> | null = null;
  readonly #life = new AbortController();
  /** Ends the worker, also while it is loading. */
  #attempt = new AbortController();
  readonly #pretrained: PretrainedSamples;
  #digits: TrainingDigits | null = null;
  #client: GanvasClient | null = null;
  /** False for a link to a run, which opens at step 0. */
  readonly #playsFirst: boolean;
  /** The user's run; null until training is first started. */
  training: Training | null = null;

  constructor(opening: Opening, { page, engine, assets, prepare, loadControls }: AppParts) {
    apps += 1;
    this.name = `ganvas-${apps}`;
    this.store = new Store(opening);
    this.page = page;
    this.engine = engine;
    this.#assets = assets;
    this.#prepare = prepare;
    this.#loadControls = loadControls;
    this.#playsFirst = opening.mode === "pretrained";
    this.#pretrained = new PretrainedSamples({
      store: this.store,
      assetUrl: (path) => this.assetUrl(path),
      show: (samples) => {
        this.live.samples = samples;
        this.live.changed();
      },
      ended: this.ended,
    });
  }

  /** Aborted when the app is gone. */
  get ended(): AbortSignal {
    return this.#life.signal;
  }

  /** Ends the worker and everything that it does. */
  dispose(): void {
    this.#life.abort();
    this.#attempt.abort();
    this.#forgetWorker();
  }

  /** Options for a judge beside this app's engine. */
  get judgeOptions(): JudgeOptions {
    const { engine } = this.store.state;
    const { baseUrl } = this.engine;
    return {
      ...(engine.status === "ready" && { tier: engine.value.tier }),
      ...(baseUrl !== undefined && { baseUrl }),
    };
  }

  assetUrl(path: string): string {
    return new URL(path, this.#assets).href;
  }

  /**
   * Loads the core and the pretrained generator at the same time. Each can fail and be retried;
   * actions requested meanwhile then continue.
   */
  async open(): Promise<void> {
    // These two are only a head start: startTraining tries again and reports errors.
    const prepared = this.complete().catch(() => {});
    const weights = this.#fetchPretrained();
    if (this.store.state.mode === "train") this.#loadTraining().catch(() => {});
    if (!(await this.#openEngine())) return;
    await prepared;
    const started = this.store.state.mode === "train" ? this.startTraining() : null;
    await weights;
    if (this.#client !== null) await this.#pretrained.wake(this.#client);
    await started;
    // Other people's pages show samples; whether their readers train is not known.
    if (this.page.link !== null) await this.#rehearse();
  }

  async #rehearse(): Promise<void> {
    if (this.#client === null || this.store.state.mode === "train") return;
    const rehearsal = await import("./rehearsal").catch(() => null);
    await rehearsal?.rehearse(this.store, this.#client, async () => {
      const code = [importPart(() => import("./training")), this.#loadControls()];
      const [digits] = await Promise.all([this.#loadDigits(), ...code]);
      return digits;
    });
  }

  /** Only what shows the pretrained samples needs them: a run does not, and other views load their own models. */
  async #fetchPretrained(): Promise<void> {
    const { view, mode } = this.store.state;
    if (view === "train" && mode === "pretrained") await this.#pretrained.fetch();
  }

  async retryPretrained(): Promise<void> {
    await this.#fetchPretrained();
    if (this.#client !== null) await this.#pretrained.wake(this.#client);
  }

  /**
   * Starts the user's run.
   * @param plays asked when its code is there: whether it plays once it has its data; by default all but a
   * run that a link opens
   * @param kept a run to go on with, whose settings the store has
   */
  startTraining(plays?: () => boolean, kept?: KeptRun): Promise<void> {
    // The run is under way before the page renders the view, which takes longer.
    return this.store.together(async () => {
      this.store.patch({ mode: "train", failure: null });
      if (this.store.state.engine.status !== "ready") return;
      try {
        await this.complete();
        await (await this.#loadTraining()).begin(plays?.(), kept);
      } catch (thrown) {
        this.miss(thrown, () => void this.startTraining(plays, kept));
        this.store.patch({ mode: "pretrained" });
        await this.retryPretrained();
      }
    });
  }

  /**
   * Loads what an action of the user needs. What does not come is said on the page, where the action can
   * be tried again; this then resolves with null.
   */
  part<T>(load: () => Promise<T>, action: () => void): Promise<T | null> {
    return importPart(load).catch((thrown: unknown) => this.miss(thrown, action));
  }

  /** Says that something did not come, and offers the action that needs it again. */
  miss(thrown: unknown, action: () => void, words?: string): null {
    const again = (): void => {
      this.store.patch({ missing: null });
      action();
    };
    const error = asGanvasError(thrown);
    this.store.patch({ missing: { error, again, ...(words !== undefined && { words }) } });
    return null;
  }

  /** Resolves once the settings have all that the link asks for. */
  async complete(): Promise<void> {
    this.#prepared ??= this.#prepare(this.store);
    try {
      await this.#prepared;
    } catch (thrown) {
      this.#prepared = null;
      throw thrown;
    }
  }

  /** Back to the pretrained digits; the run is paused and can be resumed. */
  async showPretrained(): Promise<void> {
    await this.show("train");
    if (this.store.state.mode === "pretrained") return;
    await this.training?.pause();
    // Points are no pictures.
    this.live.samples = null;
    this.store.patch({ mode: "pretrained", frame: null });
    await this.retryPretrained();
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

  /** Applies those of the named parameters that a run in progress can take. */
  async display(wanted: Opening, names: ReadonlySet<string>): Promise<void> {
    const { hidden, view, mode, speed, grid } = wanted;
    const named = ({ name }: Problem): boolean => names.has(name);
    const others = this.store.state.problems.filter((problem) => !named(problem));
    const problems = [...others, ...wanted.problems.filter(named)];
    this.store.patch({ problems, ...(names.has("hide") && { hidden }) });
    if (names.has("speed")) await (this.training?.setSpeed(speed) ?? this.store.patch({ speed }));
    if (names.has("grid")) await (this.training?.setGrid(grid) ?? this.store.patch({ grid }));
    if (!names.has("view")) return;
    await this.show(view);
    if (view === "train") await (mode === "train" ? this.resumeRun() : this.showPretrained());
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

  /** Ends a download of digits, which may have stalled. */
  giveUpDigits(): void {
    this.#digits?.giveUp();
  }

  async #loadDigits(): Promise<TrainingDigits> {
    const { TrainingDigits } = await importPart(() => import("./training_digits"));
    this.#digits ??= new TrainingDigits((path) => this.assetUrl(path));
    return this.#digits;
  }

  async #loadTraining(): Promise<Training> {
    const [{ Training }, digits] = await Promise.all([
      importPart(() => import("./training")),
      this.#loadDigits(),
      this.#loadControls(),
    ]);
    const { store, live, page } = this;
    this.training ??= new Training(
      { store, live, digits, page, client: () => this.#client, ended: this.ended },
      this.#playsFirst,
    );
    return this.training;
  }

  async #openEngine(): Promise<boolean> {
    this.#attempt.abort();
    this.#attempt = new AbortController();
    const { signal } = this.#attempt;
    this.#forgetWorker();
    this.store.patch({ engine: STARTING, digits: IDLE, failure: null });
    const client = new GanvasClient({
      ...this.engine,
      createWorker: () => this.page.takeWorker() ?? trainingWorker(this.engine.baseUrl),
      onProgress: ({ loaded, total }) =>
        this.store.patch({ engine: { status: "loading", done: loaded, all: total } }),
      onLost: (error) => {
        // One that did not open is told below.
        if (this.#client !== client) return;
        const { playing } = this.store.state;
        this.#forgetWorker();
        this.store.patch({ engine: { status: "failed", error }, digits: IDLE, playing: false });
        void this.training?.revive(playing, async () => {
          const isOpen = await this.#openEngine();
          if (isOpen) await this.retryPretrained();
          return isOpen;
        });
      },
    });
    // Also while it is loading.
    signal.addEventListener("abort", () => client.terminate());
    try {
      const value = await client.restart();
      if (signal.aborted) return false;
      this.#client = client;
      this.store.patch({ engine: { status: "ready", value } });
      return true;
    } catch (thrown) {
      client.terminate();
      if (signal.aborted) return false;
      this.store.patch({ engine: { status: "failed", error: unopened(thrown) } });
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
