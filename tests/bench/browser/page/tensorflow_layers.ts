// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A preset's network in TensorFlow.js, with the operations that train fastest. Channels come last, as
// the wasm backend's convolutions require. No fused operations: they always compute the gradients of
// all their inputs.

import * as tf from "@tensorflow/tfjs-core";
import type { Config, LayerConfig } from "../../../../web/engine/types";

/** Shape of one sample: [features] or [height, width, channels]. */
type SampleShape = readonly number[];
/** A function of x (batch, ...shape) and one-hot classes (batch, 10), which few layers use. */
type Layer = (x: tf.Tensor, classes: tf.Tensor2D) => tf.Tensor;

export class Network {
  readonly variables: tf.Variable[] = [];
  readonly hasBatchNorm: boolean;
  readonly #layers: Layer[];
  #shape: SampleShape;

  /** Sigmoid layers are skipped, since the loss takes logits. */
  constructor(layers: readonly LayerConfig[], input: SampleShape, config: Config) {
    this.#shape = input;
    this.hasBatchNorm = layers.some(({ type }) => type === "batch_norm");
    this.#layers = layers
      .filter(({ type }) => type !== "sigmoid")
      .map((layer) => this.#build(layer, config));
  }

  forward(x: tf.Tensor, classes: tf.Tensor2D): tf.Tensor {
    return this.#layers.reduce((value, layer) => layer(value, classes), x);
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
        return (x) => tf.leakyRelu(x, slope);
      }
      case "relu":
        return (x) => tf.relu(x);
      case "tanh":
        return (x) => tf.tanh(x);
      case "flatten":
        return this.#reshape([this.#size()]);
      case "reshape":
        return this.#reshape([layer.height, layer.width, layer.channels]);
      case "class_concat":
        this.#shape = [this.#size() + config.classes];
        return (x, classes) => tf.concat([x, classes], 1);
      case "class_projection":
        return this.#classProjection(config.classes);
      default:
        throw new Error(`no ${layer.type} in these workloads`);
    }
  }

  #linear(outFeatures: number): Layer {
    const inFeatures = this.#size();
    const b = this.#uniform([inFeatures, outFeatures], inFeatures) as tf.Variable<tf.Rank.R2>;
    const bias = this.#uniform([outFeatures], inFeatures);
    this.#shape = [outFeatures];
    return (x) => tf.add(tf.matMul(x as tf.Tensor2D, b), bias);
  }

  #conv2d(layer: LayerConfig & { type: "conv2d" }): Layer {
    const { out_channels: outChannels, kernel_size: kernel, stride = 1, padding: pad = 0 } = layer;
    const [height, width, inChannels] = this.#image();
    const fanIn = inChannels * kernel * kernel;
    const shape = [kernel, kernel, inChannels, outChannels];
    const filter = this.#uniform(shape, fanIn) as tf.Variable<tf.Rank.R4>;
    const bias = this.#uniform([outChannels], fanIn);
    const extent = (size: number): number => Math.floor((size + 2 * pad - kernel) / stride) + 1;
    this.#shape = [extent(height), extent(width), outChannels];
    return (x) => tf.add(tf.conv2d(x as tf.Tensor4D, filter, stride, pad), bias);
  }

  #convTranspose2d(layer: LayerConfig & { type: "conv_transpose2d" }): Layer {
    const { out_channels: outChannels, kernel_size: kernel, stride = 1, padding: pad = 0 } = layer;
    const [height, width, inChannels] = this.#image();
    const fanIn = outChannels * kernel * kernel;
    const shape = [kernel, kernel, outChannels, inChannels];
    const filter = this.#uniform(shape, fanIn) as tf.Variable<tf.Rank.R4>;
    const bias = this.#uniform([outChannels], fanIn);
    const extent = (size: number): number =>
      (size - 1) * stride - 2 * pad + kernel + (layer.output_padding ?? 0);
    const [outHeight, outWidth] = [extent(height), extent(width)];
    this.#shape = [outHeight, outWidth, outChannels];
    return (x) => {
      const outShape: [number, number, number, number] = [
        x.shape[0] ?? 0,
        outHeight,
        outWidth,
        outChannels,
      ];
      return tf.add(tf.conv2dTranspose(x as tf.Tensor4D, filter, outShape, stride, pad), bias);
    };
  }

  /**
   * Normalises with batch statistics and uses the closed form of the gradient, which needs fewer
   * operations than the library's. Without sampling, no running statistics are needed.
   */
  #batchNorm(eps: number): Layer {
    const channels = this.#shape.at(-1) ?? 0;
    const gamma = tf.variable(tf.ones([channels]));
    const beta = tf.variable(tf.zeros([channels]));
    this.variables.push(gamma, beta);
    const normalise = tf.customGrad((x, g, b, save) => {
      const input = x as tf.Tensor;
      const scale = g as tf.Tensor;
      const rows = tf.reshape(input, [-1, channels]);
      const count = rows.shape[0] ?? 1;
      const centred = tf.sub(rows, tf.mean(rows, 0));
      const deviation = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 0), eps));
      const normal = tf.mul(centred, deviation);
      (save as tf.GradSaveFunc)([normal, deviation, scale]);
      return {
        value: tf.reshape(tf.add(tf.mul(normal, scale), b as tf.Tensor), input.shape),
        gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
          const [xHat, rstd, factor] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
          const dRows = tf.reshape(dy, [-1, channels]);
          const dBeta = tf.sum(dRows, 0);
          const dGamma = tf.sum(tf.mul(dRows, xHat), 0);
          // dx = gamma rstd (dy - mean(dy) - x^ mean(dy x^))
          const sums = tf.add(dBeta, tf.mul(xHat, dGamma));
          const dx = tf.mul(tf.sub(dRows, tf.div(sums, count)), tf.mul(factor, rstd));
          return [tf.reshape(dx, input.shape), dGamma, dBeta];
        },
      };
    });
    return (x) => normalise(x, gamma, beta);
  }

  #reshape(shape: SampleShape): Layer {
    this.#shape = shape;
    return (x) => tf.reshape(x, [x.shape[0] ?? 0, ...shape]);
  }

  /** y = <w + E[class], x> + b */
  #classProjection(classes: number): Layer {
    const features = this.#size();
    const weight = this.#uniform([1, features], features);
    const bias = this.#uniform([1], features);
    const embedding = this.#uniform([classes, features], features) as tf.Variable<tf.Rank.R2>;
    this.#shape = [1];
    return (x, oneHot) => {
      const row = tf.add(tf.matMul(oneHot, embedding), weight);
      return tf.add(tf.sum(tf.mul(row, x), 1, true), bias);
    };
  }

  /** PyTorch's default: uniform within 1 / sqrt(fan in). */
  #uniform(shape: number[], fanIn: number): tf.Variable {
    const bound = 1 / Math.sqrt(fanIn);
    const variable = tf.variable(tf.randomUniform(shape, -bound, bound));
    this.variables.push(variable);
    return variable;
  }

  #size(): number {
    return this.#shape.reduce((product, extent) => product * extent, 1);
  }

  #image(): [number, number, number] {
    const [height = 0, width = 0, channels = 0] = this.#shape;
    return [height, width, channels];
  }
}
