// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A preset's network in jax-js: a list of parameters and a function of them. In jax-js, functions
// consume their arguments; `x.ref` adds a reference for another use of x.

import { lax, nn, numpy as np } from "@jax-js/jax";
import type { Config, LayerConfig } from "../../../../web/engine/types";

/** A function of x (batch, ...shape), the layer's parameters and one-hot classes (batch, 10). */
type Layer = (x: np.Array, parameters: np.Array[], classes: np.Array) => np.Array;

export class Network {
  /** Initial parameters. */
  readonly initial: np.Array[] = [];
  readonly hasBatchNorm: boolean;
  readonly #layers: { readonly run: Layer; readonly parameters: number }[] = [];
  #shape: readonly number[];

  /** Sigmoid layers are skipped, since the loss takes logits. */
  constructor(layers: readonly LayerConfig[], input: readonly number[], config: Config) {
    this.#shape = input;
    this.hasBatchNorm = layers.some(({ type }) => type === "batch_norm");
    for (const layer of layers) {
      if (layer.type === "sigmoid") continue;
      const before = this.initial.length;
      const run = this.#build(layer, config);
      this.#layers.push({ run, parameters: this.initial.length - before });
    }
  }

  forward(parameters: np.Array[], x: np.Array, classes: np.Array): np.Array {
    let first = 0;
    let value = x;
    for (const { run, parameters: count } of this.#layers) {
      value = run(value, parameters.slice(first, first + count), classes.ref);
      first += count;
    }
    classes.dispose();
    return value;
  }

  #build(layer: LayerConfig, config: Config): Layer {
    switch (layer.type) {
      case "linear":
        return this.#linear(layer.out_features);
      case "conv2d":
        return this.#conv2d(layer);
      case "conv_transpose2d":
        return this.#convTranspose2d(layer);
      case "batch_norm":
        return this.#batchNorm(layer.eps ?? 1e-5);
      case "leaky_relu": {
        const slope = layer.negative_slope ?? 0.01;
        return unconditional((x) => nn.leakyRelu(x, slope));
      }
      case "relu":
        return unconditional((x) => nn.relu(x));
      case "tanh":
        return unconditional((x) => np.tanh(x));
      case "flatten":
        return this.#reshape([this.#size()]);
      case "reshape":
        return this.#reshape([layer.channels, layer.height, layer.width]);
      case "class_concat":
        this.#shape = [this.#size() + config.classes];
        return (x, _, classes) => np.concatenate([x, classes], 1);
      case "class_projection":
        return this.#classProjection(config.classes);
      default:
        throw new Error(`no ${layer.type} in these workloads`);
    }
  }

  #linear(outFeatures: number): Layer {
    const inFeatures = this.#size();
    // (out, in) as in PyTorch; jax-js' kernels are not faster with (in, out).
    this.#uniform([outFeatures, inFeatures], inFeatures);
    this.#uniform([outFeatures], inFeatures);
    this.#shape = [outFeatures];
    return unconditional((x, [weight, bias]) =>
      np.dot(x, np.transpose(required(weight))).add(required(bias)),
    );
  }

  #conv2d(layer: LayerConfig & { type: "conv2d" }): Layer {
    const { out_channels: outChannels, kernel_size: kernel, stride = 1, padding = 0 } = layer;
    const [inChannels, height, width] = this.#image();
    const fanIn = inChannels * kernel * kernel;
    this.#uniform([outChannels, inChannels, kernel, kernel], fanIn);
    this.#uniform([outChannels, 1, 1], fanIn);
    const extent = (size: number): number => Math.floor((size + 2 * padding - kernel) / stride) + 1;
    this.#shape = [outChannels, extent(height), extent(width)];
    return unconditional((x, [weight, bias]) =>
      lax
        .convGeneralDilated(x, required(weight), [stride, stride], around(padding))
        .add(required(bias)),
    );
  }

  #convTranspose2d(layer: LayerConfig & { type: "conv_transpose2d" }): Layer {
    const { out_channels: outChannels, kernel_size: kernel, stride = 1, padding = 0 } = layer;
    const [inChannels, height, width] = this.#image();
    const fanIn = outChannels * kernel * kernel;
    this.#uniform([inChannels, outChannels, kernel, kernel], fanIn);
    this.#uniform([outChannels, 1, 1], fanIn);
    const extent = (size: number): number => (size - 1) * stride - 2 * padding + kernel;
    this.#shape = [outChannels, extent(height), extent(width)];
    return unconditional((x, [weight, bias]) =>
      lax
        .convTranspose(x, required(weight), [stride, stride], around(padding), {
          transposeKernel: true,
        })
        .add(required(bias)),
    );
  }

  /** Normalises with batch statistics only; without sampling, no running statistics are needed. */
  #batchNorm(eps: number): Layer {
    const channels = this.#shape[0] ?? 0;
    const image = this.#shape.length === 3;
    const shape = image ? [channels, 1, 1] : [channels];
    this.initial.push(np.ones(shape), np.zeros(shape));
    const options = { keepdims: true };
    const axes = image ? [0, 2, 3] : [0];
    return unconditional((x, [gamma, beta]) => {
      const centred = x.ref.sub(np.mean(x, axes, options));
      const variance = np.mean(np.square(centred.ref), axes, options);
      const deviation = np.reciprocal(np.sqrt(variance.add(eps)));
      return centred.mul(deviation.mul(required(gamma))).add(required(beta));
    });
  }

  #reshape(shape: readonly number[]): Layer {
    this.#shape = shape;
    return unconditional((x) => x.reshape([-1, ...shape]));
  }

  /** y = <w + E[class], x> + b */
  #classProjection(classes: number): Layer {
    const features = this.#size();
    this.#uniform([1, features], features);
    this.#uniform([1], features);
    this.#uniform([classes, features], features);
    this.#shape = [1];
    return (x, [weight, bias, embedding], oneHot) =>
      np
        .sum(np.dot(oneHot, required(embedding)).add(required(weight)).mul(x), 1, {
          keepdims: true,
        })
        .add(required(bias));
  }

  /** PyTorch's default: uniform within 1 / sqrt(fan in). */
  #uniform(shape: number[], fanIn: number): void {
    const bound = 1 / Math.sqrt(fanIn);
    const size = shape.reduce((product, extent) => product * extent, 1);
    const values = Float32Array.from({ length: size }, () => bound * (2 * Math.random() - 1));
    this.initial.push(np.array(values, { shape }));
  }

  #size(): number {
    return this.#shape.reduce((product, extent) => product * extent, 1);
  }

  #image(): [number, number, number] {
    const [channels = 0, height = 0, width = 0] = this.#shape;
    return [channels, height, width];
  }
}

/** A layer that does not use the classes, and so has to dispose of them. */
function unconditional(run: (x: np.Array, parameters: np.Array[]) => np.Array): Layer {
  return (x, parameters, classes) => {
    classes.dispose();
    return run(x, parameters);
  };
}

function around(padding: number): [number, number][] {
  return [
    [padding, padding],
    [padding, padding],
  ];
}

function required(parameter: np.Array | undefined): np.Array {
  if (parameter === undefined) throw new Error("a layer has no parameter");
  return parameter;
}
