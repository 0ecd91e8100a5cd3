// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the core would say to a network, before it is asked: the shape behind each layer, the number
// of its parameters, and the first thing that does not fit. As src/nn/build_layer.cpp infers them.

import type { Config, LayerConfig } from "../engine/types";
import { fieldOf, fits, LAYER_FIELDS } from "./layer_text";

/** Of one sample: (features) or (channels, height, width). */
export type Shape = readonly number[];

export type Misfit =
  | {
      readonly kind: "range";
      readonly field: string;
      readonly least: number;
      readonly most: number;
    }
  | { readonly kind: "needs_flat" | "needs_image" | "too_large"; readonly input: Shape }
  | { readonly kind: "needs_classes" | "too_many_parameters" }
  | { readonly kind: "kernel" | "reshape" | "padding"; readonly input: Shape }
  /** What comes out at the end is not what has to. */
  | { readonly kind: "output"; readonly output: Shape; readonly wanted: Shape }
  | { readonly kind: "needs_sigmoid" | "penalty"; readonly output: Shape };

export interface ShapedLayer {
  readonly output: Shape;
  readonly parameters: number;
}

export interface ShapedNetwork {
  /** As many as fit. */
  readonly layers: readonly ShapedLayer[];
  readonly parameters: number;
  /** At layer number `at`; at the number of layers, when it concerns the end. */
  readonly misfit: { readonly at: number; readonly why: Misfit } | null;
}

const MOST_FEATURES = 2 ** 17;
const MOST_PARAMETERS = 2 ** 24;

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function shapeGenerator(
  config: Pick<Config, "latent_size" | "sample_shape" | "classes">,
  layers: readonly LayerConfig[],
): ShapedNetwork {
  const network = shapeNetwork(layers, [config.latent_size], config.classes);
  const output = network.layers.at(-1)?.output ?? [config.latent_size];
  if (network.misfit !== null || sizeOf(output) === sizeOf(config.sample_shape)) return network;
  const why: Misfit = { kind: "output", output, wanted: config.sample_shape };
  return { ...network, misfit: { at: layers.length, why } };
}

export function shapeDiscriminator(
  config: Pick<
    Config,
    "sample_shape" | "classes" | "auxiliary_classifier" | "objective" | "gradient_penalty" | "r1"
  >,
  layers: readonly LayerConfig[],
): ShapedNetwork {
  const network = shapeNetwork(layers, config.sample_shape, config.classes);
  if (network.misfit !== null) return network;
  const output = network.layers.at(-1)?.output ?? config.sample_shape;
  const wanted = [1 + (config.auxiliary_classifier ? config.classes : 0)];
  const amiss = (why: Misfit): ShapedNetwork => ({
    ...network,
    misfit: { at: layers.length, why },
  });
  const onLogits = config.objective === "bce" || config.objective === "minimax";
  if (onLogits && layers.at(-1)?.type !== "sigmoid")
    return amiss({ kind: "needs_sigmoid", output });
  if (sizeOf(output) !== sizeOf(wanted)) return amiss({ kind: "output", output, wanted });
  const penalised = config.gradient_penalty > 0 || config.r1 > 0;
  const seen = onLogits ? layers.slice(0, -1) : layers;
  if (penalised && seen.some(({ type }) => CURVED.includes(type))) {
    return amiss({ kind: "penalty", output });
  }
  return network;
}

/** Layers that are not linear between the choices that their input makes. */
const CURVED: readonly LayerConfig["type"][] = ["batch_norm", "tanh", "sigmoid", "max_pool2d"];

function shapeNetwork(
  layers: readonly LayerConfig[],
  input: Shape,
  classes: number,
): ShapedNetwork {
  const shaped: ShapedLayer[] = [];
  let shape = input;
  let parameters = 0;
  for (const [at, layer] of layers.entries()) {
    const next = shapeLayer(layer, shape, classes);
    if ("kind" in next) return { layers: shaped, parameters, misfit: { at, why: next } };
    parameters += next.parameters;
    if (parameters > MOST_PARAMETERS) {
      const why: Misfit = { kind: "too_many_parameters" };
      return { layers: shaped, parameters, misfit: { at, why } };
    }
    shaped.push(next);
    shape = next.output;
  }
  return { layers: shaped, parameters, misfit: null };
}

function shapeLayer(layer: LayerConfig, input: Shape, classes: number): ShapedLayer | Misfit {
  for (const field of LAYER_FIELDS[layer.type]) {
    if (fits(field, fieldOf(layer, field))) continue;
    return { kind: "range", field: field.name, least: field.least, most: field.most };
  }
  const said = LAYER_FIELDS[layer.type].map((field) => fieldOf(layer, field));
  const [first = 0, kernel = 0, stride = 1, padding = 0, outputPadding = 0] = said;
  const [channels = 0, height = 0, width = 0] = input;
  const isImage = input.length === 3;
  const same = { output: input, parameters: 0 };
  switch (layer.type) {
    case "relu":
    case "leaky_relu":
    case "tanh":
    case "sigmoid":
    case "dropout":
      return same;
    case "batch_norm":
      return { output: input, parameters: 2 * channels };
    case "flatten":
      return { output: [sizeOf(input)], parameters: 0 };
    case "reshape":
      return sizeOf(said) === sizeOf(input)
        ? { output: said, parameters: 0 }
        : { kind: "reshape", input };
    case "linear":
      if (isImage) return { kind: "needs_flat", input };
      return { output: [first], parameters: (channels + 1) * first };
    case "class_concat": {
      if (isImage) return { kind: "needs_flat", input };
      if (classes === 0) return { kind: "needs_classes" };
      const more = first === 0 ? classes : first;
      return { output: [channels + more], parameters: classes * first };
    }
    case "class_projection":
      if (isImage) return { kind: "needs_flat", input };
      if (classes === 0) return { kind: "needs_classes" };
      return { output: [1], parameters: (classes + 1) * channels + 1 };
    case "dropout2d":
      return isImage ? same : { kind: "needs_image", input };
    case "upsample2x":
      if (!isImage) return { kind: "needs_image", input };
      if (4 * sizeOf(input) > MOST_FEATURES) return { kind: "too_large", input };
      return { output: [channels, 2 * height, 2 * width], parameters: 0 };
    case "max_pool2d": {
      if (!isImage) return { kind: "needs_image", input };
      if (first > Math.min(height, width)) return { kind: "kernel", input };
      const pooled = (extent: number): number => Math.floor(extent / first);
      return { output: [channels, pooled(height), pooled(width)], parameters: 0 };
    }
    case "conv2d": {
      if (!isImage) return { kind: "needs_image", input };
      const extent = (side: number): number =>
        side + 2 * padding < kernel ? 0 : Math.floor((side + 2 * padding - kernel) / stride) + 1;
      const output = [first, extent(height), extent(width)];
      return sizeOf(output) === 0
        ? { kind: "kernel", input }
        : shapeConvolution(input, output, kernel);
    }
    case "conv_transpose2d": {
      if (!isImage) return { kind: "needs_image", input };
      if (outputPadding >= stride) {
        return { kind: "range", field: "output_padding", least: 0, most: stride - 1 };
      }
      const extent = (side: number): number =>
        (side - 1) * stride - 2 * padding + kernel + outputPadding;
      const output = [first, extent(height), extent(width)];
      if (extent(height) < 1 || extent(width) < 1) return { kind: "padding", input };
      return shapeConvolution(input, output, kernel);
    }
  }
}

function shapeConvolution(input: Shape, output: Shape, kernel: number): ShapedLayer | Misfit {
  if (Math.max(sizeOf(input), sizeOf(output)) > MOST_FEATURES) return { kind: "too_large", input };
  const [outChannels = 0] = output;
  const weights = (input[0] ?? 0) * outChannels * kernel ** 2;
  return { output, parameters: weights + outChannels };
}
