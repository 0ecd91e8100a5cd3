// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Trains a preset in TensorFlow.js as fast as the library allows: each update computes gradients of
// one network's variables, a discriminator without batch norm gets [real | fake] in one pass, and
// nothing is read back before the end of a block. If D is updated first, G's forward pass runs twice:
// updating D inside G's gradient computation is slower, since G's tape records all of it.

import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-backend-cpu";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import type { Config, NetworkConfig } from "../../../../web/engine/types";
import { type Digits, loadMnist } from "../../../../web/index";
import type { TensorFlowKind } from "../catalogue.mjs";
import { Batches, oneHot } from "./batches";
import { DIGITS } from "./ganvas";
import type { Stepper } from "./stepper";
import { checkKernels, patchKernels } from "./tensorflow_kernels";
import { Network } from "./tensorflow_layers";

export async function createTensorFlow(kind: TensorFlowKind, config: Config): Promise<Stepper> {
  await startBackend(kind);
  return new Trainer(config, await loadMnist(DIGITS));
}

/** Throws if a patched kernel does not match the library's cpu backend. */
export async function checkPatchedKernels(): Promise<void> {
  await startBackend({ library: "tensorflow", backend: "wasm", threads: 1, patched: true });
  await checkKernels();
}

async function startBackend({ backend, threads, patched }: TensorFlowKind): Promise<void> {
  if (backend === "wasm") {
    setWasmPaths(new URL("tensorflow/", document.baseURI).href);
    setThreadsCount(threads);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`the ${backend} backend failed to start`);
  await tf.ready();
  if (patched) patchKernels();
}

class Trainer implements Stepper {
  readonly #config: Config;
  readonly #batches: Batches;
  readonly #generator: Network;
  readonly #discriminator: Network;
  readonly #optimizerG: tf.AdamOptimizer;
  readonly #optimizerD: tf.AdamOptimizer;
  readonly #average: tf.Variable[];
  readonly #realShape: number[];
  /** -1 for real and 1 for fake samples, for a D that gets both in one pass. */
  readonly #signs: tf.Tensor;
  readonly #noClasses = tf.zeros<tf.Rank.R2>([1, 1]);

  constructor(config: Config, digits: Digits) {
    const { batch_size: batch, sample_shape: shape, latent_size: latent } = config;
    const sample = shape.length === 1 ? [...shape] : [28, 28, 1];
    this.#config = config;
    this.#batches = new Batches(digits, batch);
    this.#realShape = [batch, ...sample];
    this.#generator = new Network(config.generator.layers, [latent], config);
    this.#discriminator = new Network(config.discriminator.layers, sample, config);
    this.#optimizerG = adam(config.generator);
    this.#optimizerD = adam(config.discriminator);
    this.#average =
      config.ema_decay === 0
        ? []
        : this.#generator.variables.map((value) => tf.variable(value, false));
    this.#signs = tf.concat([tf.fill([batch, 1], -1), tf.ones([batch, 1])]);
  }

  async run(steps: number): Promise<number> {
    let lossD: tf.Scalar | null = null;
    for (let step = 0; step < steps; step += 1) {
      lossD?.dispose();
      lossD = tf.tidy(() => this.#step());
    }
    const [value = Number.NaN] = (await lossD?.data()) ?? [];
    lossD?.dispose();
    return value;
  }

  #step(): tf.Scalar {
    const { images, labels } = this.#batches.real();
    const real = tf.tensor(images, this.#realShape);
    const z = tf.tensor(this.#batches.noise(this.#config.latent_size), [
      this.#config.batch_size,
      this.#config.latent_size,
    ]);
    const realClasses = this.#classes(labels);
    const fakeClasses = this.#classes(this.#batches.labels());
    const updateD = (fake: tf.Tensor): tf.Scalar =>
      this.#updateDiscriminator(real, fake, realClasses, fakeClasses);
    const generatorFirst = this.#config.first_update === "generator";

    let lossD: tf.Scalar | null = null;
    let samples: tf.Tensor | null = null;
    if (!generatorFirst) lossD = tf.keep(updateD(this.#generator.forward(z, fakeClasses)));
    const { grads } = tf.variableGrads(() => {
      const fake = this.#generator.forward(z, fakeClasses);
      if (generatorFirst) samples = tf.keep(fake);
      const logits = this.#discriminator.forward(fake, fakeClasses);
      return tf.mean(tf.softplus(tf.neg(logits))) as tf.Scalar;
    }, this.#generator.variables);
    this.#optimizerG.applyGradients(named(grads));
    if (samples !== null) {
      lossD = tf.keep(updateD(samples));
      tf.dispose(samples);
    }
    this.#updateAverage();
    if (lossD === null) throw new Error("D was not updated");
    return lossD;
  }

  /** lossD = (bce(D(real), 1) + bce(D(fake), 0)) / 2, where bce of a logit l is softplus(-l) or softplus(l). */
  #updateDiscriminator(
    real: tf.Tensor,
    fake: tf.Tensor,
    realClasses: tf.Tensor2D,
    fakeClasses: tf.Tensor2D,
  ): tf.Scalar {
    const { value, grads } = tf.variableGrads(() => {
      if (!this.#discriminator.hasBatchNorm) {
        const both = this.#discriminator.forward(tf.concat([real, fake]), realClasses);
        return tf.mean(tf.softplus(tf.mul(both, this.#signs))) as tf.Scalar;
      }
      const onReal = tf.neg(this.#discriminator.forward(real, realClasses));
      const onFake = this.#discriminator.forward(fake, fakeClasses);
      return tf.mean(tf.softplus(tf.concat([onReal, onFake]))) as tf.Scalar;
    }, this.#discriminator.variables);
    this.#optimizerD.applyGradients(named(grads));
    return value;
  }

  /** average = decay average + (1 - decay) parameters */
  #updateAverage(): void {
    const decay = this.#config.ema_decay;
    for (const [index, average] of this.#average.entries()) {
      const value = this.#generator.variables[index];
      if (value) average.assign(tf.add(tf.mul(average, decay), tf.mul(value, 1 - decay)));
    }
  }

  #classes(labels: Uint8Array): tf.Tensor2D {
    if (this.#config.classes === 0) return this.#noClasses;
    return tf.tensor2d(oneHot(labels), [labels.length, this.#config.classes]);
  }
}

/** The gradients in the form that the optimizer's types require. */
function named(grads: tf.NamedTensorMap): { name: string; tensor: tf.Tensor }[] {
  return Object.entries(grads).map(([name, tensor]) => ({ name, tensor }));
}

function adam({ optimizer }: NetworkConfig): tf.AdamOptimizer {
  if (optimizer.type !== "adam") throw new Error("these workloads train with Adam");
  return tf.train.adam(optimizer.lr, optimizer.beta1, optimizer.beta2, optimizer.eps);
}
