// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The handwritten digits in the worker: downloaded once, and again only when more are needed.

import type { DataSet, GanvasClient } from "../../client/training_client";
import type { MnistProgress } from "../../engine/mnist";
import { trainingFiles } from "./digit_files";

interface Download {
  readonly examples: number;
  readonly abort: AbortController;
  readonly digits: Promise<DataSet>;
  /** All callers that wait for this download hear of its progress. */
  readonly listeners: ((progress: MnistProgress) => void)[];
}

export class TrainingDigits {
  readonly #assetUrl: (path: string) => string;
  #loaded: DataSet | null = null;
  #download: Download | null = null;

  constructor(assetUrl: (path: string) => string) {
    this.#assetUrl = assetUrl;
  }

  /** Call when the worker that held them is gone. */
  forget(): void {
    this.#loaded = null;
  }

  /** As many in the worker, or more; null if they are not there. */
  loaded(examples: number): DataSet | null {
    return this.#loaded !== null && this.#loaded.examples >= examples ? this.#loaded : null;
  }

  /** Aborts a download, for all who wait for it. */
  giveUp(): void {
    this.#download?.abort.abort();
    this.#download = null;
  }

  /**
   * Loads at least `examples` digits. All who ask meanwhile wait for one download; it is aborted if it has
   * fewer than somebody asks for.
   */
  async provide(
    client: GanvasClient,
    examples: number,
    onProgress: (progress: MnistProgress) => void = () => {},
  ): Promise<DataSet> {
    const loaded = this.loaded(examples);
    if (loaded !== null) return loaded;
    const download = this.#download;
    if (download === null || download.examples < examples) {
      return this.#fetch(client, examples, onProgress);
    }
    download.listeners.push(onProgress);
    return download.digits;
  }

  /** As `provide`, before anybody waits for the digits; leaves a download that goes on alone. */
  async provideAhead(client: GanvasClient, examples: number): Promise<DataSet> {
    return this.#download?.digits ?? this.provide(client, examples);
  }

  async #fetch(
    client: GanvasClient,
    examples: number,
    onProgress: (progress: MnistProgress) => void,
  ): Promise<DataSet> {
    this.giveUp();
    const abort = new AbortController();
    const digits = client.loadMnist({
      ...trainingFiles(examples, this.#assetUrl),
      signal: abort.signal,
      onProgress: (progress) => {
        for (const listener of download.listeners) listener(progress);
      },
    });
    const download: Download = { examples, abort, digits, listeners: [onProgress] };
    this.#download = download;
    try {
      const loaded = await digits;
      const before = this.#loaded;
      this.#loaded = loaded;
      await before?.dispose();
      return loaded;
    } finally {
      if (this.#download === download) this.#download = null;
    }
  }
}
