// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Trains a preset in jax-js. The whole step is one compiled function, which is several times faster
// than separate operations: one forward pass of G for both updates, gradients with respect to one
// network's parameters each, and Adam in the same graph.
//
// On jax-js' wasm device, awaited results are computed in workers, one per processor that the browser
// reports; results read synchronously are computed on the page's thread.

import {
  defaultDevice,
  grad,
  init,
  type Array as JaxArray,
  jit,
  lax,
  numpy as np,
  valueAndGrad,
  vjp,
} from "@jax-js/jax";
import type { Config } from "../../../../web/engine/types";
import { type Digits, loadMnist } from "../../../../web/index";
import type { JaxKind } from "../catalogue.mjs";
import { Batches, oneHot } from "./batches";
import { DIGITS } from "./ganvas";
import { Network } from "./jax_layers";
import type { Stepper } from "./stepper";

export async function createJax({ workers }: JaxKind, config: Config): Promise<Stepper> {
  await init("wasm");
  defaultDevice("wasm");
  return new Trainer(config, await loadMnist(DIGITS), workers > 0);
}

/** Parameters, and Adam's first and second moments. */
type Trained = { values: JaxArray[]; means: JaxArray[]; squares: JaxArray[] };
type State = { generator: Trained; discriminator: Trained; average: JaxArray[] };
type Inputs = { real: JaxArray; z: JaxArray; realClasses: JaxArray; fakeClasses: JaxArray };
/** lr / (1 - beta1^t) and 1 / sqrt(1 - beta2^t) */
type Correction = { rate: JaxArray; scale: JaxArray };

class Trainer implements Stepper {
  readonly #config: Config;
  readonly #batches: Batches;
  readonly #generator: Network;
  readonly #discriminator: Network;
  readonly #inWorkers: boolean;
  readonly #step: (state: State, inputs: Inputs, corrections: Correction[]) => [State, JaxArray];
  #state: State;
  #steps = 0;

  constructor(config: Config, digits: Digits, inWorkers: boolean) {
    const { batch_size: batch, sample_shape: sample, latent_size: latent } = config;
    this.#config = config;
    this.#inWorkers = inWorkers;
    this.#batches = new Batches(digits, batch);
    this.#generator = new Network(config.generator.layers, [latent], config);
    this.#discriminator = new Network(config.discriminator.layers, sample, config);
    this.#state = {
      generator: untrained(this.#generator),
      discriminator: untrained(this.#discriminator),
      average: config.ema_decay === 0 ? [] : this.#generator.initial.map((value) => value.ref),
    };
    this.#step = jit((state: State, inputs: Inputs, corrections: Correction[]) =>
      this.#trace(state, inputs, corrections),
    );
  }

  async run(steps: number): Promise<number> {
    let lossD = Number.NaN;
    for (let step = 0; step < steps; step += 1) {
      const [state, loss] = this.#step(this.#state, this.#inputs(), this.#corrections());
      this.#state = state;
      // Reads the loss after each step, so that only one step is queued, as the library recommends.
      const [value = Number.NaN] = this.#inWorkers ? await loss.data() : loss.dataSync();
      lossD = value;
    }
    return lossD;
  }

  #inputs(): Inputs {
    const { batch_size: batch, latent_size: latent, sample_shape: sample } = this.#config;
    const { images, labels } = this.#batches.real();
    return {
      real: np.array(images, { shape: [batch, ...sample] }),
      z: np.array(this.#batches.noise(latent), { shape: [batch, latent] }),
      realClasses: this.#classes(labels),
      fakeClasses: this.#classes(this.#batches.labels()),
    };
  }

  #classes(labels: Uint8Array): JaxArray {
    if (this.#config.classes === 0) return np.array(new Float32Array(1), { shape: [1, 1] });
    return np.array(oneHot(labels), { shape: [labels.length, this.#config.classes] });
  }

  /** The corrections for D and for G. */
  #corrections(): Correction[] {
    this.#steps += 1;
    return [this.#config.discriminator, this.#config.generator].map(({ optimizer }) => {
      if (optimizer.type !== "adam") throw new Error("these workloads train with Adam");
      const { lr, beta1, beta2 } = optimizer;
      return {
        rate: scalar(lr / (1 - beta1 ** this.#steps)),
        scale: scalar(1 / Math.sqrt(1 - beta2 ** this.#steps)),
      };
    });
  }

  #trace(state: State, inputs: Inputs, [forD, forG]: Correction[]): [State, JaxArray] {
    if (!forD || !forG) throw new Error("two networks need two corrections");
    const { real, z, realClasses, fakeClasses } = inputs;
    const [fake, pullBack] = vjp(
      (values: JaxArray[], noise: JaxArray, classes: JaxArray) =>
        this.#generator.forward(values, noise, classes),
      [state.generator.values.map((value) => value.ref), z, fakeClasses.ref],
    );
    const generatorFirst = this.#config.first_update === "generator";
    const current = state.discriminator.values.map((value) => value.ref);
    const [discriminator, lossD] = this.#updateDiscriminator(
      state.discriminator,
      { real, fake: lax.stopGradient(fake.ref), realClasses, fakeClasses: fakeClasses.ref },
      forD,
    );
    const dValues = generatorFirst ? current : discriminator.values.map((value) => value.ref);
    if (!generatorFirst) for (const value of current) value.dispose();
    const dFake = grad((samples: JaxArray, values: JaxArray[], classes: JaxArray) =>
      np.mean(softplus(np.negative(this.#discriminator.forward(values, samples, classes)))),
    )(fake, dValues, fakeClasses);
    const [gradient, ...others] = pullBack(dFake) as [JaxArray[], JaxArray, JaxArray];
    for (const other of others) other.dispose();
    pullBack.dispose();
    const generator = this.#adam(state.generator, gradient, this.#config.generator, forG);
    const average = this.#averaged(state.average, generator.values);
    return [{ generator, discriminator, average }, lossD];
  }

  /** lossD = (bce(D(real), 1) + bce(D(fake), 0)) / 2, where bce of a logit l is softplus(-l) or softplus(l). */
  #updateDiscriminator(
    trained: Trained,
    seen: { real: JaxArray; fake: JaxArray; realClasses: JaxArray; fakeClasses: JaxArray },
    correction: Correction,
  ): [Trained, JaxArray] {
    const loss = (values: JaxArray[], { real, fake, realClasses, fakeClasses }: typeof seen) => {
      const again = values.map((value) => value.ref);
      const onReal = this.#discriminator.forward(values, real, realClasses);
      const onFake = this.#discriminator.forward(again, fake, fakeClasses);
      return np
        .mean(softplus(np.negative(onReal)))
        .add(np.mean(softplus(onFake)))
        .mul(0.5);
    };
    const [value, gradient] = valueAndGrad(loss)(
      trained.values.map((array) => array.ref),
      seen,
    );
    return [this.#adam(trained, gradient, this.#config.discriminator, correction), value];
  }

  /** m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2;  p -= rate m / (sqrt(v) scale + eps) */
  #adam(
    { values, means, squares }: Trained,
    gradients: JaxArray[],
    { optimizer }: Config["generator"],
    { rate, scale }: Correction,
  ): Trained {
    if (optimizer.type !== "adam") throw new Error("these workloads train with Adam");
    const { beta1, beta2, eps } = optimizer;
    const next: Trained = { values: [], means: [], squares: [] };
    for (const [index, value] of values.entries()) {
      const [gradient, mean, square] = [gradients[index], means[index], squares[index]];
      if (!gradient || !mean || !square) throw new Error("a parameter has no moments");
      const m = mean.mul(beta1).add(gradient.ref.mul(1 - beta1));
      const v = square.mul(beta2).add(np.square(gradient).mul(1 - beta2));
      const step = m.ref.mul(rate.ref).div(np.sqrt(v.ref).mul(scale.ref).add(eps));
      next.values.push(value.sub(step));
      next.means.push(m);
      next.squares.push(v);
    }
    rate.dispose();
    scale.dispose();
    return next;
  }

  /** average = decay average + (1 - decay) parameters */
  #averaged(average: JaxArray[], values: JaxArray[]): JaxArray[] {
    const decay = this.#config.ema_decay;
    return average.map((old, index) => {
      const value = values[index];
      if (!value) throw new Error("an average has no parameter");
      return old.mul(decay).add(value.ref.mul(1 - decay));
    });
  }
}

function untrained({ initial }: Network): Trained {
  return {
    values: initial,
    means: initial.map(({ shape }) => np.zeros(shape)),
    squares: initial.map(({ shape }) => np.zeros(shape)),
  };
}

function scalar(value: number): JaxArray {
  return np.array(Float32Array.of(value), { shape: [] });
}

/** log(1 + e^l) without overflow */
function softplus(l: JaxArray): JaxArray {
  return np.maximum(l.ref, 0).add(np.log(np.exp(np.negative(np.abs(l))).add(1)));
}
