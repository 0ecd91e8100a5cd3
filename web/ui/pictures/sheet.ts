// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What was understood of the files that were chosen last. A reading that fails or is given up leaves
// the sheet as it was.

import type { readPictures } from "../../client/pictures_client";
import { asGanvasError, type SerializedError } from "../../engine/errors";
import type { Reading, ReadingOptions } from "../../engine/pictures";
import type { ChosenFiles } from "./chosen_files";

export interface ReadSheet {
  readonly chosen: ChosenFiles;
  readonly options: ReadingOptions;
  readonly reading: Reading;
}

export interface Progress {
  readonly done: number;
  /** null while files are still being found. */
  readonly all: number | null;
}

/** Finds the files, such as those in a folder. */
export type Finding = (
  signal: AbortSignal,
  onFound: (count: number) => void,
) => Promise<ChosenFiles>;

export class Sheet {
  /** The last reading that succeeded. */
  current: ReadSheet | null = null;
  progress: Progress | null = null;
  /** Why the last one failed, and the name of what was read. */
  failure: { readonly name: string; readonly error: SerializedError } | null = null;
  readonly #read: typeof readPictures;
  #changed: () => void = () => {};
  #work: AbortController | null = null;
  /** The options that are being read with. */
  #asked: ReadingOptions = {};

  constructor(read: typeof readPictures) {
    this.#read = read;
  }

  /** Options as the user has set them, also while they are not read with yet. */
  get options(): ReadingOptions {
    return this.progress === null ? (this.current?.options ?? {}) : this.#asked;
  }

  /** Calls the listener after each change; there is one at a time. */
  subscribe(changed: () => void): () => void {
    this.#changed = changed;
    return () => {
      this.#changed = () => {};
    };
  }

  /** Reads other files. `name` stands for them until they are found. */
  async open(name: string, find: Finding, options: ReadingOptions = {}): Promise<void> {
    await this.#run(name, options, async (signal) => {
      const chosen = await find(signal, (done) => this.#show(signal, { done, all: null }));
      return this.#readFiles(chosen, options, signal);
    });
  }

  /** Reads the same files in another way. */
  async choose(change: ReadingOptions): Promise<void> {
    const { current } = this;
    if (current === null) return;
    const { chosen } = current;
    const options = { ...this.options, ...change };
    await this.#run(chosen.name, options, (signal) => this.#readFiles(chosen, options, signal));
  }

  cancel(): void {
    this.#work?.abort();
    this.#work = null;
    this.progress = null;
    this.#changed();
  }

  /** Shows what was read before. */
  show(sheet: ReadSheet): void {
    this.current = sheet;
    this.#changed();
  }

  /** After its pictures went to a run, which needs their memory. */
  clear(): void {
    this.cancel();
    this.current = null;
    this.failure = null;
  }

  async #readFiles(
    chosen: ChosenFiles,
    options: ReadingOptions,
    signal: AbortSignal,
  ): Promise<ReadSheet> {
    signal.throwIfAborted();
    const onProgress = (done: number, all: number): void => this.#show(signal, { done, all });
    const reading = await this.#read(chosen.files, { ...options, onProgress, signal });
    return { chosen, options, reading };
  }

  async #run(
    name: string,
    options: ReadingOptions,
    read: (signal: AbortSignal) => Promise<ReadSheet>,
  ): Promise<void> {
    this.#work?.abort();
    const work = new AbortController();
    this.#work = work;
    this.#asked = options;
    this.failure = null;
    this.#show(work.signal, { done: 0, all: null });
    try {
      const sheet = await read(work.signal);
      if (work === this.#work) this.current = sheet;
    } catch (thrown) {
      if (work === this.#work) this.failure = { name, error: asGanvasError(thrown) };
    }
    if (work !== this.#work) return;
    this.#work = null;
    this.progress = null;
    this.#changed();
  }

  #show(signal: AbortSignal, progress: Progress): void {
    if (signal.aborted) return;
    this.progress = progress;
    this.#changed();
  }
}
