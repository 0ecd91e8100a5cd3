// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One GAN with its data, optimiser and random streams, living in this realm.

import { adjustedValues } from "./adjustment";
import { GanvasError } from "./errors";
import type {
  GenerateOptions,
  InversionState,
  InvertOptions,
  LatentOptions,
  LayerOptions,
  LayerOutput,
  PathOptions,
  PlaneOptions,
  ScoreOptions,
} from "./exploration";
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
import { checkedWhole } from "./whole";

type Floats = Float32Array<ArrayBuffer>;

const NO_LABELS = new Uint8Array(0);
const NO_LOSSES = { lossD: null, lossG: null };
const NO_FLOATS = new Float32Array(0);
/** Of rows or steps in one call. */
const MOST = 2 ** 20;

/** What the core can be asked, in the order of its enum. */
const ASKED = ["samples", "scores", "saliency", "generator", "discriminator"] as const;

/** A search for a latent, in progress; see `Session.invert`. */
export interface Inversion {
  /**
   * Takes up to `steps` further steps (0 to 2^20) and says what is best so far.
   * @throws GanvasError aborted when the session has begun another, invalid_argument
   */
  run(steps: number): InversionState;
}

export class Session {
  #core: ModuleSession | null;
  #losses: Pick<Inspection, "lossD" | "lossG"> = NO_LOSSES;
  #inversion: Inversion | null = null;

  /** Made by `Ganvas.createSession`. */
  constructor(core: ModuleSession) {
    this.#core = core;
  }

  /**
   * Gives the pictures to learn from; the core keeps its own copy. It uses as many as the config's
   * `examples`; where these are 0, the first data sets them for good, and later data must have at least
   * as many.
   * @param images (n, channels, side, side) bytes, 0 black to 255 white, row by row
   * @param labels (n) classes from 0, or empty for a preset that takes none
   * @throws GanvasError shape_mismatch, invalid_argument
   */
  setData(images: Uint8Array, labels: Uint8Array): void {
    unwrap(this.#alive().setData(images, labels));
  }

  /**
   * Gives points to learn from in the place of digits, for `toy2d`; as many as `setData` says.
   * @param points (n, 2), finite
   * @throws GanvasError shape_mismatch, non_finite
   */
  setPoints(points: Float32Array): void {
    // An array whose buffer has moved elsewhere is empty, and cannot be copied.
    unwrap(this.#alive().setPoints(points.length === 0 ? NO_FLOATS : points));
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
   * @returns (count, sample size), -1 black to 1 white; from `toy2d` (count, 2)
   * @throws GanvasError invalid_argument for a count, seed or labels out of range
   */
  sample({ count, seed, labels }: SampleOptions): Float32Array<ArrayBuffer> {
    return unwrap(this.#alive().sample(count, seed, labels ?? NO_LABELS));
  }

  /**
   * The latents that `sample` uses for this seed; a larger count continues a smaller one.
   * @returns (count, latent_size)
   */
  drawLatents({ count, seed }: LatentOptions): Floats {
    return unwrap(this.#alive().drawLatents(count, seed));
  }

  /**
   * The way from one latent to another along a great circle (slerp; White 2016), at whose ends they
   * are to the bit.
   * @returns (points, latent_size)
   * @throws GanvasError shape_mismatch, non_finite, invalid_argument
   */
  latentPath({ from, to, points }: PathOptions): Floats {
    return unwrap(this.#alive().walk(joined(from, to), 1, points));
  }

  /**
   * A sheet of latents through three, which are at its corners to the bit; the fourth corner is
   * their analogy, right + below - origin.
   * @returns (rows, columns, latent_size)
   * @throws GanvasError shape_mismatch, non_finite, invalid_argument
   */
  latentPlane({ origin, right, below, rows, columns }: PlaneOptions): Floats {
    const corners = joined(origin, right, below);
    return unwrap(this.#alive().walk(corners, checkedWhole("rows", rows, 2, MOST), columns));
  }

  /**
   * Samples of chosen latents, by the generator that `sample` uses.
   * @returns (count, sample size), -1 black to 1 white; from `toy2d` (count, 2)
   * @throws GanvasError shape_mismatch, non_finite, invalid_argument
   */
  generate(options: GenerateOptions): Floats {
    return numbers(this.#ask("samples", options.latents, options));
  }

  /**
   * What D thinks of samples, evaluated with running statistics, so that each is judged alone.
   * @returns (count): the probability of being real, or for lsgan, hinge and wgan the critic's output
   * @throws GanvasError shape_mismatch, non_finite, invalid_argument; not_trainable when only a
   * generator is loaded
   */
  score({ samples, ...classes }: ScoreOptions): Floats {
    return numbers(this.#ask("scores", samples, classes));
  }

  /**
   * How each pixel moves D's opinion: the derivative of its logit (or critic's output) in the pixel.
   * @returns (count, sample size)
   * @throws GanvasError as `score`
   */
  saliency({ samples, ...classes }: ScoreOptions): Floats {
    return numbers(this.#ask("saliency", samples, classes));
  }

  /**
   * What each layer makes of one latent, or of one sample. D's last Sigmoid, which its losses apply,
   * is left out: its last layer makes the logit.
   * @throws GanvasError as `generate` and `score`; invalid_argument for a label that is no class
   */
  layerOutputs({ network, input, label }: LayerOptions): LayerOutput[] {
    const classes = label === undefined ? {} : { labels: Uint8Array.of(checkedLabel(label)) };
    const outputs = this.#ask(network, input, classes);
    if (outputs instanceof Float32Array) throw unexpected();
    const { layers } = this.config()[network];
    return outputs.flatMap(({ shape, values }, index) => {
      const type = layers[index]?.type;
      return type === undefined ? [] : [{ type, shape, values }];
    });
  }

  /**
   * Begins to search the latent, and where it is not given the class, whose sample is nearest to the
   * target (gradient descent through the generator as it is now), in the place of the search before.
   * A prior keeps the latent plausible. Training can go on meanwhile, undisturbed.
   * @throws GanvasError shape_mismatch, non_finite, invalid_argument
   */
  invert({ target, label, starts, seed, steps, from }: InvertOptions): Inversion {
    const core = this.#alive();
    const asked = label === undefined ? -1 : checkedLabel(label);
    unwrap(core.invert(target, asked, starts ?? 0, seed ?? 1, steps ?? 100, from ?? NO_FLOATS));
    const inversion: Inversion = {
      run: (further) => {
        const count = checkedWhole("steps", further, 0, MOST);
        const state = this.#inversion === inversion ? this.#alive().runInversion(count) : null;
        if (state === null) throw new GanvasError("aborted", "Another inversion has begun.");
        return state;
      },
    };
    this.#inversion = inversion;
    return inversion;
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
   * @throws GanvasError bad_magic, truncated, malformed, checksum_mismatch, missing_tensor, shape_mismatch; the
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
    this.#core?.deleteSession();
    this.#core = null;
  }

  #ask(
    asked: (typeof ASKED)[number],
    input: Floats,
    { labels, mix, truncation }: Omit<GenerateOptions, "latents">,
  ): ReturnType<typeof unwrap<ReturnType<ModuleSession["ask"]>>> {
    const others = mix?.labels ?? NO_LABELS;
    const shares = mix?.shares ?? NO_FLOATS;
    const index = ASKED.indexOf(asked);
    return unwrap(
      this.#alive().ask(index, input, labels ?? NO_LABELS, others, shares, truncation ?? 1),
    );
  }

  #alive(): ModuleSession {
    if (this.#core === null) throw new GanvasError("disposed", "This session was disposed of.");
    return this.#core;
  }
}

/** The core takes classes as bytes, and says which there are. */
const checkedLabel = (label: number): number => checkedWhole("label", label, 0, 255);

/** Latents as rows of one array. */
function joined(first: Floats, ...others: Floats[]): Floats {
  const width = first.length;
  const all = new Float32Array(width * (1 + others.length));
  for (const [index, row] of [first, ...others].entries()) {
    if (row.length !== width) {
      throw new GanvasError("shape_mismatch", "The latents are not of one size.");
    }
    all.set(row, index * width);
  }
  return all;
}

function numbers(answer: Floats | unknown[]): Floats {
  if (answer instanceof Float32Array) return answer;
  throw unexpected();
}

function unexpected(): GanvasError {
  return new GanvasError("internal", "The core's answer is of another kind.");
}
