// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One GAN with its data, optimiser and random streams, living in this realm.

import { adjustedValues } from "./adjustment";
import { GanvasError } from "./errors";
import {
  findLayer,
  findTensor,
  groupOf,
  readFlow,
  readNetworks,
  shownSamples,
  sigmoid,
} from "./inspection";
import { type ModuleSession, unwrap } from "./module";
import type {
  ActivationsOptions,
  Adjustment,
  Config,
  HalfMetrics,
  Inspection,
  InspectOptions,
  Metrics,
  SampleOptions,
  SessionState,
} from "./types";
import { IMAGE_PIXELS } from "./types";

const NO_LABELS = new Uint8Array(0);
const NO_LOSSES = { lossD: null, lossG: null };

export class Session {
  #core: ModuleSession | null;
  #losses: Pick<Inspection, "lossD" | "lossG"> = NO_LOSSES;

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
   * Runs `steps` steps (1 to 2^20) and blocks until they are done. In the middle of a step, the rest
   * of it is the first.
   * @throws GanvasError no_data, not_trainable (a generator-only file is loaded), non_finite
   */
  train(steps: number): Metrics {
    const metrics = unwrap(this.#alive().train(steps));
    this.#losses = { lossD: metrics.lossD, lossG: metrics.lossG };
    return metrics;
  }

  /**
   * Runs the next half of a step: all updates of one network. A run in halves is bit by bit the run
   * in whole steps, whatever is sampled or inspected between them.
   * @throws GanvasError no_data, not_trainable, non_finite (at the end of the whole step)
   */
  advanceHalf(): HalfMetrics {
    const half = this.#alive().state().nextHalf;
    const { history: _, ...metrics } = unwrap(this.#alive().advanceHalf());
    // The core says NaN of what it does not know yet.
    const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
    const [lossD, lossG] = [known(metrics.lossD), known(metrics.lossG)];
    this.#losses = { lossD: lossD ?? this.#losses.lossD, lossG: lossG ?? this.#losses.lossG };
    return {
      ...metrics,
      half,
      lossD,
      lossG,
      dReal: known(metrics.dReal),
      dFake: known(metrics.dFake),
    };
  }

  /**
   * Changes rates, label smoothing or instance noise from the next update on; checkpoints keep the
   * changes. The numbers of updates in a step cannot change: they number the batches and the noise
   * of the whole run.
   * @throws GanvasError invalid_config; nothing has changed then
   */
  adjust(changes: Adjustment): void {
    unwrap(this.#alive().adjust(...adjustedValues(this.config(), changes)));
  }

  /**
   * What flowed in the last step or half step, and both networks layer by layer. Computed when
   * asked for: steps that nobody looks at cost what they did.
   * @throws GanvasError invalid_argument for a count out of range
   */
  inspect(options: InspectOptions = {}): Inspection {
    const core = this.#alive();
    const config = this.config();
    const flow = readFlow(core, config, shownSamples(options));
    return { state: this.state(), ...this.#losses, flow, ...readNetworks(core, config) };
  }

  /**
   * A parameter, or its gradient in the last update, row-major.
   * @param name as in TensorSummary: "discriminator.0.weight"
   * @throws GanvasError not_found
   */
  tensor(name: string, kind: "values" | "gradient" = "values"): Float32Array<ArrayBuffer> {
    const core = this.#alive();
    const { network, index } = findTensor(core, name);
    return unwrap(core.tensor(network === "generator", index, kind === "gradient"));
  }

  /**
   * What a layer makes of the samples that flowed last, with the weights as they are now.
   * @returns (n, features) row-major; empty before a first step
   * @throws GanvasError invalid_argument when there is no such layer
   */
  activations(options: ActivationsOptions): Float32Array<ArrayBuffer> {
    const core = this.#alive();
    const place = findLayer(options.layer, this.config());
    const ofGenerator = place.network === "generator";
    const samples = shownSamples(options);
    const values = unwrap(core.activations(ofGenerator, place.index, groupOf(options.of), samples));
    return place.sigmoid ? values.map(sigmoid) : values;
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

  /**
   * The whole run as a safetensors checkpoint; `load` goes on from it bit by bit. In the middle of a
   * step, the rest of it is taken first.
   * @throws GanvasError not_trainable, non_finite
   */
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
    this.#losses = NO_LOSSES;
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
