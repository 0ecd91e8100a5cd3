// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// State of the Explore view: the choice, the model in use, and loading progress. The tools render
// it and query the model.

import type { GanvasClient } from "../../client/training_client";
import { isOfPoints } from "../../config/presets";
import { asGanvasError, GanvasError, type SerializedError } from "../../engine/errors";
import type { Drawing } from "../pixels/drawing";
import { isOutdated } from "../platform/outdated";
import type { AppController } from "../state/app_controller";
import { describe, loadModel, MAX_FILE_BYTES, type Model, type ModelName } from "../state/models";
import { type Pretrained, readPretrained } from "../state/pretrained";
import { IDLE, type Loading, STARTING } from "../state/store";
import { asInLinks, type Choice, choiceParameters, readChoice } from "./choice";
import { refuseForeign } from "./foreign_files";
import { loadUnseenDigits } from "./unseen_digits";

type Floats = Float32Array<ArrayBuffer>;

/** A file that could not be opened, and why. */
interface RefusedFile {
  readonly file: string;
  readonly error: SerializedError;
}

interface OpenedFile {
  readonly name: string;
  readonly model: Model;
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** What `ExploreState.loading` is of: a model, or an answer of the one in use. */
export type Loaded = ModelName | "answer";

export interface ExploreState {
  readonly choice: Choice;
  /** The model in use; while another is loading, the previous one. Null before the first. */
  readonly model: Model | null;
  readonly loading: Loading<null>;
  readonly loads: Loaded;
  /** The discriminator that comes with the page. */
  readonly judging: Loading<Model>;
  /** One test digit of each class, which no network was trained on. */
  readonly digits: Loading<readonly Floats[]>;
  /** The user's drawing; null before the first stroke. */
  readonly drawing: Drawing | null;
  readonly file: OpenedFile | null;
  readonly refused: RefusedFile | null;
}

/** Browsers limit how often the address may change. */
const WRITE_MS = 300;

export class Explorer {
  readonly #controller: AppController;
  readonly #models = new Map<Model["name"], Model>();
  readonly #listeners = new Set<() => void>();
  #client: GanvasClient | null = null;
  #state: ExploreState;
  /** Number of the latest request for a model; results of earlier ones are dropped. */
  #latestRequest = 0;
  #files = 0;
  /** Ends the download of the latest model. */
  #download = new AbortController();
  /** Ends the downloads of the discriminator and the digits. */
  #judges = new AbortController();
  #writing: ReturnType<typeof setTimeout> | undefined;

  constructor(controller: AppController) {
    this.#controller = controller;
    const { choice, problems } = readChoice(controller.page.search);
    this.#state = {
      choice,
      model: null,
      loading: STARTING,
      loads: choice.model,
      judging: IDLE,
      digits: IDLE,
      drawing: null,
      file: null,
      refused: null,
    };
    if (problems.length > 0) {
      controller.store.patch({ problems: [...controller.store.state.problems, ...problems] });
    }
  }

  get state(): ExploreState {
    return this.#state;
  }

  /** Whether the user has a run on images. */
  get hasRun(): boolean {
    const { preset } = this.#controller.store.state.settings;
    return this.#controller.training?.run != null && !isOfPoints(preset);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Call when the worker may have changed; a new worker needs its models again. */
  wake(): void {
    const { client } = this.#controller;
    if (client === this.#client) return;
    this.#client = client;
    this.#models.clear();
    this.#patch({ model: null, loading: STARTING, judging: IDLE, file: null });
    if (client === null) return;
    const { model } = this.#state.choice;
    void this.useModel(
      model === "file" || (model === "run" && !this.hasRun) ? "conditional" : model,
    );
  }

  /** Call when the view is shown again: the run may have changed or ended. */
  async refresh(): Promise<void> {
    this.wake();
    const { model } = this.#state.choice;
    this.#models.delete("run");
    if (model === "run") await this.useModel(this.hasRun ? "run" : "conditional");
    this.write();
  }

  choose(part: Partial<Omit<Choice, "model">>): void {
    this.#patch({ choice: { ...this.#state.choice, ...part } });
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => this.write(), WRITE_MS);
  }

  /** Position of the current tool; empty: its start. */
  get at(): readonly number[] {
    const { tool, at } = this.#state.choice;
    return at[tool] ?? [];
  }

  moveTo(...at: number[]): void {
    const { choice } = this.#state;
    this.choose({ at: { ...choice.at, [choice.tool]: at.map(asInLinks) } });
  }

  /** Draws new latents. */
  newLatents(): void {
    this.choose({ latent: crypto.getRandomValues(new Uint16Array(1))[0] ?? 0 });
  }

  draw(drawing: Drawing): void {
    this.#patch({ drawing });
  }

  write(): void {
    clearTimeout(this.#writing);
    if (this.#controller.store.state.view === "explore")
      this.#controller.page.write(choiceParameters(this.#state.choice));
  }

  async useModel(name: ModelName): Promise<void> {
    this.#latestRequest += 1;
    const request = this.#latestRequest;
    this.#download.abort();
    this.#download = new AbortController();
    this.#patch({ loading: STARTING, loads: name, refused: null });
    try {
      const model = await this.#modelNamed(name, (loading) => {
        if (request === this.#latestRequest) this.#patch({ loading });
      });
      if (request === this.#latestRequest && model !== null) this.#use(model, name);
    } catch (thrown) {
      const error = asGanvasError(thrown);
      // A lost worker is reported with the engine's state.
      if (request !== this.#latestRequest || error.code === "worker_lost") return;
      const choice = { ...this.#state.choice, model: name };
      this.#patch({ choice, loading: { status: "failed", error } });
    }
  }

  /** Uses the user's file; if it cannot be opened, the previous model stays in use. */
  async openFile(file: File): Promise<void> {
    const client = this.#client;
    if (client === null) return;
    this.#latestRequest += 1;
    this.#files += 1;
    const [request, opened] = [this.#latestRequest, this.#files];
    this.#patch({ loading: STARTING, loads: "file", refused: null });
    try {
      if (file.size > MAX_FILE_BYTES) {
        throw new GanvasError("too_large", `The file has ${file.size} bytes.`);
      }
      const weights = new Uint8Array(await file.arrayBuffer());
      refuseForeign(file.name, weights);
      const model = await loadModel(client, "file", weights);
      if (opened !== this.#files || client !== this.#client) return await model.session.dispose();
      await this.#models.get("file")?.session.dispose();
      this.#models.set("file", model);
      this.#patch({ file: { name: file.name, model, weights } });
      if (request === this.#latestRequest) this.#use(model, "file");
    } catch (thrown) {
      const error = asGanvasError(thrown);
      if (request !== this.#latestRequest || error.code === "worker_lost") return;
      this.#patch({ loading: IDLE, refused: { file: file.name, error } });
    }
  }

  /** The file that the model is from; of the user's run, a checkpoint. */
  async weightsOf({ name, session }: Model): Promise<Uint8Array<ArrayBuffer>> {
    if (name === "run") {
      // Saving would take the rest of a step, without its metrics.
      if ((await session.state()).inStep) await this.#controller.training?.advanceHalf();
      return session.save();
    }
    if (name !== "file") return this.#fetch(name, new AbortController().signal, () => {});
    const { file } = this.#state;
    if (file === null) throw new GanvasError("disposed", "The file was closed.");
    return file.weights;
  }

  dismissRefusal(): void {
    this.#patch({ refused: null });
  }

  /** Loads what is missing, also what has stalled. */
  async retryJudges(): Promise<void> {
    this.#judges.abort();
    this.#judges = new AbortController();
    const { judging, digits } = this.#state;
    this.#patch({
      ...(judging.status === "loading" && { judging: IDLE }),
      ...(digits.status === "loading" && { digits: IDLE }),
    });
    await this.loadJudges();
  }

  /** Loads the discriminators, and real digits to compare with. */
  async loadJudges(): Promise<void> {
    const { judging, digits } = this.#state;
    await Promise.all([
      this.hasRun ? this.#loadRun() : null,
      this.#client !== null && isToBeLoaded(judging) ? this.#loadDiscriminator() : null,
      isToBeLoaded(digits) ? this.#loadDigits() : null,
    ]);
  }

  /** All available discriminators of such pictures as the model's. */
  get judges(): readonly Model[] {
    const { judging, model, file } = this.#state;
    const own = [
      judging.status === "ready" ? judging.value : null,
      this.#models.get("run"),
      file?.model,
    ];
    const ofSuch = (one: Model): boolean =>
      one.judges && one.size === model?.size && one.ofDigits === model.ofDigits;
    return [...new Set([...own, model])].filter((one) => one != null).filter(ofSuch);
  }

  /** Errors of a query; those of a session that ended meanwhile are ignored. */
  readonly failed = (thrown: unknown): void => this.#fail(thrown, "answer");

  #fail(thrown: unknown, loads: Loaded): void {
    const error = asGanvasError(thrown);
    if (["worker_lost", "disposed", "aborted"].includes(error.code)) return;
    this.#patch({ loading: { status: "failed", error }, loads });
  }

  async #loadRun(): Promise<void> {
    try {
      await this.#modelNamed("run", () => {});
      this.#patch({});
    } catch (thrown) {
      this.#fail(thrown, "run");
    }
  }

  async #loadDiscriminator(): Promise<void> {
    const client = this.#client;
    if (client === null) return;
    const { signal } = this.#judges;
    const current = (): boolean => client === this.#client && !signal.aborted;
    this.#patch({ judging: STARTING });
    try {
      const weights = await this.#fetch("discriminator", signal, (judging) => {
        if (current()) this.#patch({ judging });
      });
      const value = await loadModel(client, "discriminator", weights);
      if (current()) this.#patch({ judging: { status: "ready", value } });
    } catch (thrown) {
      if (!current()) return;
      this.#patch({ judging: { status: "failed", error: asGanvasError(thrown) } });
    }
  }

  async #loadDigits(): Promise<void> {
    const { signal } = this.#judges;
    this.#patch({ digits: STARTING });
    try {
      const value = await loadUnseenDigits((path) => this.#controller.assetUrl(path), signal);
      this.#patch({ digits: { status: "ready", value } });
    } catch (thrown) {
      if (signal.aborted) return;
      this.#patch({ digits: { status: "failed", error: asGanvasError(thrown) } });
    }
  }

  async #modelNamed(
    name: ModelName,
    report: (loading: Loading<never>) => void,
  ): Promise<Model | null> {
    const known = this.#models.get(name);
    const client = this.#client;
    if (known !== undefined || client === null) return known ?? null;
    const model = await this.#load(client, name, report);
    if (client !== this.#client) return null;
    if (model !== null) this.#models.set(name, model);
    return model;
  }

  async #load(
    client: GanvasClient,
    name: ModelName,
    report: (loading: Loading<never>) => void,
  ): Promise<Model | null> {
    switch (name) {
      case "file":
        return null;
      case "run": {
        const run = this.#controller.training?.run;
        return run ? describe("run", run) : null;
      }
      default: {
        const weights = await this.#fetch(name, this.#download.signal, report);
        return loadModel(client, name, weights);
      }
    }
  }

  /** @throws GanvasError as readPretrained; build_mismatch when the file may be whole but of a later build of the site */
  async #fetch(
    name: Pretrained | "discriminator",
    signal: AbortSignal,
    report: (loading: Loading<never>) => void,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const { page } = this.#controller;
    try {
      return await readPretrained(name, (path) => this.#controller.assetUrl(path), {
        signal,
        onProgress: ({ loaded: done, total: all }) => report({ status: "loading", done, all }),
      });
    } catch (thrown) {
      const error = asGanvasError(thrown);
      const isOfSite = page.link !== null && error.code === "malformed";
      // Data has the same names in every build.
      throw isOfSite && (await isOutdated())
        ? new GanvasError("build_mismatch", error.message)
        : thrown;
    }
  }

  #use(model: Model, name: ModelName): void {
    const { choice } = this.#state;
    // Axes belong to one model's latents, so another model starts without them.
    const { axes: _, ...at } = choice.at;
    const kept = this.#state.model === null ? choice.at : at;
    this.#patch({ model, loading: IDLE, choice: { ...choice, model: name, at: kept } });
    this.write();
  }

  #patch(part: Partial<ExploreState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }
}

function isToBeLoaded({ status }: Loading<unknown>): boolean {
  return status === "idle" || status === "failed";
}

const explorers = new WeakMap<AppController, Explorer>();

/** One explorer per controller; it outlives the view, which therefore comes back unchanged. */
export function explorerOf(controller: AppController): Explorer {
  const explorer = explorers.get(controller) ?? new Explorer(controller);
  explorers.set(controller, explorer);
  return explorer;
}
