// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The handwritten digits in the worker: downloaded once, and again only when more are needed.

import type { DataSet, GanvasClient } from "../../client/training_client";
import type { MnistProgress } from "../../engine/mnist";
import { trainingFiles } from "./digit_files";

export class TrainingDigits {
  readonly #assetUrl: (path: string) => string;
  #loaded: DataSet | null = null;
  #download: AbortController | null = null;

  constructor(assetUrl: (path: string) => string) {
    this.#assetUrl = assetUrl;
  }

  /** Call when the worker that held them is gone. */
  forget(): void {
    this.#loaded = null;
  }

  giveUp(): void {
    this.#download?.abort();
  }

  /** Loads at least `examples` digits; aborts an earlier download. */
  async provide(
    client: GanvasClient,
    examples: number,
    onProgress: (progress: MnistProgress) => void = () => {},
  ): Promise<DataSet> {
    this.giveUp();
    if (this.#loaded !== null && this.#loaded.examples >= examples) return this.#loaded;
    const download = new AbortController();
    this.#download = download;
    const digits = await client.loadMnist({
      ...trainingFiles(examples, this.#assetUrl),
      signal: download.signal,
      onProgress,
    });
    const before = this.#loaded;
    this.#loaded = digits;
    await before?.dispose();
    return digits;
  }
}
