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
  /** Of whoever waits for it. */
  onProgress: (progress: MnistProgress) => void;
}

export class TrainingDigits {
  readonly #assetUrl: (path: string) => string;
  #loaded: DataSet | null = null;
  #download: Download | null = null;
  /** The download that was begun ahead, until somebody waits for it. */
  #ahead: Download | null = null;

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

  giveUp(): void {
    this.#download?.abort.abort();
  }

  /**
   * Loads at least `examples` digits. Goes on with a download that was begun ahead; any other one is
   * aborted, because who asks again may have seen it stall.
   */
  async provide(
    client: GanvasClient,
    examples: number,
    onProgress: (progress: MnistProgress) => void = () => {},
  ): Promise<DataSet> {
    const loaded = this.loaded(examples);
    if (loaded !== null) return loaded;
    const ahead = this.#ahead;
    this.#ahead = null;
    if (ahead !== null && ahead === this.#download && ahead.examples >= examples) {
      ahead.onProgress = onProgress;
      return ahead.digits;
    }
    return this.#fetch(client, examples, onProgress);
  }

  /** As `provide`, before anybody waits for the digits; leaves a download that goes on alone. */
  async provideAhead(client: GanvasClient, examples: number): Promise<DataSet> {
    if (this.#download !== null) return this.#download.digits;
    const loaded = this.loaded(examples);
    if (loaded !== null) return loaded;
    const digits = this.#fetch(client, examples, () => {});
    this.#ahead = this.#download;
    return digits;
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
      onProgress: (progress) => download.onProgress(progress),
    });
    const download: Download = { examples, abort, digits, onProgress };
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
