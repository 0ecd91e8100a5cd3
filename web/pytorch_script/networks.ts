// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The two networks as PyTorch modules: runs of plain layers become nn.Sequential; layers that take
// the class come between them in forward().

import { type Shape, shapeDiscriminator, shapeGenerator, sizeOf } from "../config/network_shapes";
import type { Config, LayerConfig } from "../engine/types";
import { call, commented, documentation, indent, printNumber, printTuple } from "./python";

type ClassLayer = Extract<LayerConfig, { type: "class_concat" | "class_projection" }>;

/** Which networks take class labels, and which samples need labels. */
export interface Classes {
  readonly gen: boolean;
  readonly disc: boolean;
  readonly real: boolean;
  readonly fake: boolean;
}

export function classesIn(config: Config): Classes {
  const gen = config.generator.layers.some(isClassLayer);
  const disc = config.discriminator.layers.some(isClassLayer);
  const real = disc || config.auxiliary_classifier;
  return { gen, disc, real, fake: gen || real };
}

function isClassLayer(layer: LayerConfig): layer is ClassLayer {
  return layer.type === "class_concat" || layer.type === "class_projection";
}

/** Whether the losses take logits, so that the discriminator's final sigmoid is left out. */
export function onLogits({ objective }: Config): boolean {
  return objective === "bce" || objective === "minimax";
}

export function writeGenerator(config: Config): string[] {
  const { latent_size, sample_shape } = config;
  const { layers } = config.generator;
  const shaped = shapeGenerator(config, layers).layers;
  const output = shaped.at(-1)?.output ?? [latent_size];
  const whole = [...layers, ...reshaping(output, sample_shape)];
  const network = new NetworkWriter("noise", "z_dim", [latent_size]);
  network.add(
    whole,
    shapeGenerator(config, whole).layers.map((layer) => layer.output),
  );
  const { gen } = classesIn(config);
  const [from, to] = [printTuple(["batch", "z_dim"]), printTuple(["batch", ...sample_shape])];
  const description = `Noise ${from}${gen ? " and labels (batch,)" : ""} -> ${samplesOf(config)} ${to}.`;
  return network.writeClass("Generator", description, gen, network.expression);
}

export function writeDiscriminator(config: Config): string[] {
  const { sample_shape, classes, auxiliary_classifier } = config;
  const { layers } = config.discriminator;
  const seen = onLogits(config) ? layers.slice(0, -1) : layers;
  const output = shapeDiscriminator(config, seen).layers.at(-1)?.output ?? sample_shape;
  const whole = output.length === 1 ? seen : [...seen, { type: "flatten" } as const];
  const network = new NetworkWriter("x", String(sample_shape[0]), sample_shape);
  network.add(
    whole,
    shapeDiscriminator(config, whole).layers.map((layer) => layer.output),
  );
  const { disc } = classesIn(config);
  const samples = capital(samplesOf(config));
  const from = `${samples} ${printTuple(["batch", ...sample_shape])}${disc ? " and labels (batch,)" : ""}`;
  const score = onLogits(config)
    ? "logits (batch, 1) of being real"
    : "scores (batch, 1), high for real ones";
  const also = auxiliary_classifier ? `, and logits (batch, ${classes}) of classes` : "";
  const description = `${from} -> ${score}${also}.`;
  if (!auxiliary_classifier) {
    return network.writeClass("Discriminator", description, disc, network.expression);
  }
  network.keep("x");
  return network.writeClass("Discriminator", description, disc, "x[:, :1], x[:, 1:]");
}

function samplesOf({ data }: Config): string {
  return data === "images" ? "images" : "points";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A layer that turns the last output into the sample shape; both have the same size. */
function reshaping(output: Shape, wanted: Shape): LayerConfig[] {
  if (output.join() === wanted.join()) return [];
  const [channels = 1, height = 1, width = 1] = wanted;
  return wanted.length === 1
    ? [{ type: "flatten" }]
    : [{ type: "reshape", channels, height, width }];
}

/** Collects the lines of __init__ and forward while going through the layers. */
class NetworkWriter {
  /** Python expression for the activations so far. */
  expression: string;
  readonly #init: string[] = [];
  readonly #forward: string[] = [];
  readonly #names = new Map<string, number>();
  readonly #input: string;
  /** Shape of the activations, and the number of features as a Python expression. */
  #shape: Shape;
  #features: string;

  constructor(input: string, features: string, shape: Shape) {
    this.#input = this.expression = input;
    this.#features = features;
    this.#shape = shape;
  }

  add(layers: readonly LayerConfig[], outputs: readonly Shape[]): void {
    let run: string[] = [];
    for (const [at, layer] of layers.entries()) {
      const output = outputs[at] ?? this.#shape;
      if (isClassLayer(layer)) {
        this.#addSequential(run, layer.type === "class_projection" ? "features" : "model");
        run = [];
        this.#addClassLayer(layer);
      } else {
        run.push(...writeLayer(layer, this.#shape, output, this.#features));
      }
      const changed = output.join() !== this.#shape.join();
      if (changed && layer.type !== "class_concat") this.#features = String(output[0]);
      this.#shape = output;
    }
    this.#addSequential(run, "model");
  }

  /** Assigns the current expression to a variable. */
  keep(name: string): void {
    if (this.expression === name) return;
    this.#forward.push(`${name} = ${this.expression}`);
    this.expression = name;
  }

  writeClass(name: string, description: string, labelled: boolean, returned: string): string[] {
    return [
      `class ${name}(nn.Module):`,
      ...indent([...documentation(description), "", "def __init__(self):"]),
      ...indent(["super().__init__()", ...this.#init], 2),
      "",
      ...indent([`def forward(self, ${this.#input}${labelled ? ", labels" : ""}):`]),
      ...indent([...this.#forward, `return ${returned}`], 2),
    ];
  }

  #addSequential(layers: readonly string[], base: string): void {
    if (layers.length === 0) return;
    if (this.expression !== this.#input) this.keep("x");
    const name = this.#name(base);
    this.#init.push(`self.${name} = nn.Sequential(`, ...indent(layers), ")");
    this.expression = `self.${name}(${this.expression})`;
  }

  #addClassLayer(layer: ClassLayer): void {
    if (this.expression !== this.#input) this.keep("x");
    const x = this.expression;
    switch (layer.type) {
      case "class_concat": {
        const size = layer.embedding_size ?? 0;
        const condition = size > 0 ? `self.${this.#addEmbedding(String(size))}(labels)` : ONE_HOT;
        this.expression = `torch.cat([${x}, ${condition}], dim=1)`;
        this.#features += size > 0 ? ` + ${size}` : " + classes";
        return;
      }
      case "class_projection": {
        const linear = this.#name("linear");
        this.#init.push(`self.${linear} = nn.Linear(${this.#features}, 1)`);
        const embedding = this.#addEmbedding(this.#features);
        this.#init.push(`nn.init.normal_(self.${embedding}.weight, std=0.02)`);
        const projection = `(self.${embedding}(labels) * ${x}).sum(dim=1, keepdim=True)`;
        this.expression = `self.${linear}(${x}) + ${projection}`;
        return;
      }
    }
  }

  #addEmbedding(size: string): string {
    const name = this.#name("embedding");
    this.#init.push(`self.${name} = nn.Embedding(classes, ${size})`);
    return name;
  }

  /** The name, with a number appended if it is taken. */
  #name(base: string): string {
    const count = (this.#names.get(base) ?? 0) + 1;
    this.#names.set(base, count);
    return count === 1 ? base : `${base}_${count}`;
  }
}

const ONE_HOT = "F.one_hot(labels, classes)";

/**
 * A layer's line(s) in nn.Sequential, with the output shape as a comment where the arguments do not
 * show it.
 */
function writeLayer(
  layer: Exclude<LayerConfig, ClassLayer>,
  input: Shape,
  output: Shape,
  features: string,
): string[] {
  const shape = printTuple(output);
  const write = (name: string, args: readonly string[], comment = "") => {
    const lines = call(`nn.${name}`, args, { tail: ",", levels: 3 });
    return lines.map((line) => (lines.length === 1 ? commented(line, comment) : line));
  };
  switch (layer.type) {
    case "linear":
      return write("Linear", [features, String(layer.out_features)]);
    case "conv2d":
      return write("Conv2d", convArguments(layer, features), shape);
    case "conv_transpose2d": {
      const more = optional("output_padding", layer.output_padding, 0);
      return write("ConvTranspose2d", [...convArguments(layer, features), ...more], shape);
    }
    case "batch_norm": {
      const more = [
        ...optional("eps", layer.eps, 1e-5),
        ...optional("momentum", layer.momentum, 0.1),
      ];
      return write(input.length === 1 ? "BatchNorm1d" : "BatchNorm2d", [features, ...more]);
    }
    case "leaky_relu":
      return write("LeakyReLU", [printNumber(layer.negative_slope ?? 0.01)]);
    case "relu":
      return write("ReLU", []);
    case "tanh":
      return write("Tanh", []);
    case "sigmoid":
      return write("Sigmoid", []);
    case "dropout":
      return write("Dropout", [printNumber(layer.p ?? 0.5)]);
    case "dropout2d":
      return write("Dropout2d", [printNumber(layer.p ?? 0.5)]);
    case "max_pool2d":
      return write("MaxPool2d", [String(layer.kernel_size ?? 2)], shape);
    case "upsample2x":
      return write("Upsample", ["scale_factor=2"], shape);
    case "flatten":
      return write("Flatten", [], shape);
    case "reshape": {
      const flat = input.length === 1 ? [] : write("Flatten", [], printTuple([sizeOf(input)]));
      return [...flat, ...write("Unflatten", ["1", shape])];
    }
  }
}

function convArguments(
  layer: Extract<LayerConfig, { type: "conv2d" | "conv_transpose2d" }>,
  channels: string,
): string[] {
  return [
    channels,
    String(layer.out_channels),
    `kernel_size=${layer.kernel_size}`,
    ...optional("stride", layer.stride, 1),
    ...optional("padding", layer.padding, 0),
  ];
}

/** An argument, unless it is PyTorch's default. */
function optional(name: string, value: number | undefined, byDefault: number): string[] {
  return value === undefined || value === byDefault ? [] : [`${name}=${printNumber(value)}`];
}
