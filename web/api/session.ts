// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One GAN with its data, optimiser and random streams, living in this realm.

import { GanvasError } from "./errors";
import { type ModuleSession, unwrap } from "./module";
import type { Config, Metrics, SampleOptions, SessionState } from "./types";
import { IMAGE_PIXELS } from "./types";

const NO_LABELS = new Uint8Array(0);

export class Session {
  #core: ModuleSession | null;

  /** Made by `Ganvas.createSession`. */
  constructor(core: ModuleSession) {
    this.#core = core;
  }

  /**
   * Gives the digits to learn from; the core keeps its own copy.
   * @param images (n, 784) bytes, 0 black to 255 white, row by row
   * @param labels (n) classes 0 to 9
   * @throws GanvasError shape_mismatch, invalid_argument
   */
  setData(images: Uint8Array, labels: Uint8Array): void {
    if (images.length !== labels.length * IMAGE_PIXELS) {
      const detail = `${images.length} pixels are not ${labels.length} images of ${IMAGE_PIXELS}`;
      throw new GanvasError("shape_mismatch", `${detail}.`);
    }
    unwrap(this.#alive().setData(images, labels));
  }

  /**
   * Gives points to learn from in the place of digits, for `toy2d`.
   * @param points (n, 2), finite
   * @throws GanvasError shape_mismatch, non_finite
   */
  setPoints(points: Float32Array): void {
    unwrap(this.#alive().setPoints(points));
  }

  /**
   * Runs `steps` steps (1 to 2^20) and blocks until they are done.
   * @throws GanvasError no_data, not_trainable (a generator-only file is loaded), non_finite
   */
  train(steps: number): Metrics {
    return unwrap(this.#alive().train(steps));
  }

  /**
   * Draws from the generator as it is now (its moving average, if the config has one), without
   * disturbing training.
   * @returns (count, 784), -1 black to 1 white; from `toy2d` (count, 2)
   * @throws GanvasError invalid_argument for a count, seed or labels out of range
   */
  sample({ count, seed, labels }: SampleOptions): Float32Array<ArrayBuffer> {
    return unwrap(this.#alive().sample(count, seed, labels ?? NO_LABELS));
  }

  /** The whole run as a safetensors checkpoint; `load` goes on from it bit by bit. */
  save(): Uint8Array<ArrayBuffer> {
    return unwrap(this.#alive().save());
  }

  /**
   * Takes a checkpoint, or a generator alone (then `sample` works and `train` does not).
   * @throws GanvasError bad_magic, truncated, malformed, missing_tensor, shape_mismatch; the
   * session stays as it was
   */
  load(bytes: Uint8Array): void {
    unwrap(this.#alive().load(bytes));
  }

  /** The whole configuration. */
  config(): Config {
    return JSON.parse(this.#alive().config()) as Config;
  }

  state(): SessionState {
    return this.#alive().state();
  }

  /** Frees the core's memory. Every later call but this one throws disposed. */
  dispose(): void {
    this.#core?.delete();
    this.#core = null;
  }

  #alive(): ModuleSession {
    if (this.#core === null) throw new GanvasError("disposed", "This session was disposed of.");
    return this.#core;
  }
}
