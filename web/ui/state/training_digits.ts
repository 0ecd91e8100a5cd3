// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The handwritten digits in the worker: downloaded once, and again only when more are needed.

import type { DataSet, GanvasClient } from "../../client/training_client";
import type { MnistProgress } from "../../engine/mnist";
import { fileUrl } from "../platform/asset_url";
import type { Live } from "./store";

export const TRAINING_FILES = {
  imagesUrl: "assets/mnist/train-images-idx3-ubyte.gz",
  labelsUrl: "assets/mnist/train-labels-idx1-ubyte.gz",
};

export class TrainingDigits {
  readonly #live: Live;
  #loaded: DataSet | null = null;
  #download: AbortController | null = null;

  constructor(live: Live) {
    this.#live = live;
  }

  /** Call when the worker that held them is gone. */
  forget(): void {
    this.#loaded = null;
  }

  /** Loads at least `examples` digits; aborts an earlier download. */
  async provide(
    client: GanvasClient,
    examples: number,
    onProgress: (progress: MnistProgress) => void = () => {},
  ): Promise<DataSet> {
    this.#download?.abort();
    if (this.#loaded !== null && this.#loaded.examples >= examples) return this.#loaded;
    const download = new AbortController();
    this.#download = download;
    const digits = await client.loadMnist({
      imagesUrl: fileUrl(TRAINING_FILES.imagesUrl),
      labelsUrl: fileUrl(TRAINING_FILES.labelsUrl),
      examples,
      signal: download.signal,
      onProgress,
    });
    const before = this.#loaded;
    this.#loaded = digits;
    this.#live.realImages = digits.preview;
    this.#live.changed();
    await before?.dispose();
    return digits;
  }
}
