// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The two networks as PyTorch modules: runs of plain layers become nn.Sequential; layers that take
// the class come between them in forward().

import { fieldsOf, fieldValue } from "../config/layer_text";
import { LAYERS } from "../engine/generated/description/layers";
import { makesProbabilities } from "../engine/objectives";
import { sizeOf } from "../engine/sample_shape";
import type { Config, ConfigReport, LayerConfig } from "../engine/types";
import { call, commented, documentation, indent, printNumber, printTuple } from "./python";

/** Of one sample: (features) or (channels, height, width). */
type Shape = readonly number[];

/** A config with the shape behind each layer. */
export interface ShapedConfig extends Config {
  readonly shapes: {
    readonly generator: readonly Shape[];
    readonly discriminator: readonly Shape[];
  };
}

/** @param report the core's report on the config, which must be valid */
export function withShapes(
  config: Config,
  { generator, discriminator }: ConfigReport,
): ShapedConfig {
  const shapes = (network: ConfigReport["generator"]) =>
    (network?.layers ?? []).map((layer) => layer.shape);
  return {
    ...config,
    shapes: { generator: shapes(generator), discriminator: shapes(discriminator) },
  };
}

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
  return LAYERS[layer.type].takes_classes;
}

/** A network's class, and what is needed to find its tensors in a checkpoint. */
export interface NetworkCode {
  readonly lines: readonly string[];
  /** The modules with weights, and the names that the core has for them. */
  readonly layers: readonly (readonly [module: string, layer: string])[];
}

export function writeGenerator(config: ShapedConfig): NetworkCode {
  const { latent_size, sample_shape, shapes } = config;
  const output = shapes.generator.at(-1) ?? [latent_size];
  const added = reshaping(output, sample_shape);
  const network = new NetworkWriter("noise", "z_dim", [latent_size]);
  network.add(
    [...config.generator.layers, ...added],
    [...shapes.generator, ...added.map(() => sample_shape)],
  );
  const { gen } = classesIn(config);
  const [from, to] = [printTuple(["batch", "z_dim"]), printTuple(["batch", ...sample_shape])];
  const description = `Noise ${from}${gen ? " and labels (batch,)" : ""} -> ${samplesOf(config)} ${to}.`;
  return network.writeClass("Generator", description, gen, network.expression);
}

export function writeDiscriminator(config: ShapedConfig): NetworkCode {
  const { sample_shape, classes, auxiliary_classifier, shapes } = config;
  // The losses apply the sigmoid, so the network leaves it out.
  const count = config.discriminator.layers.length - (makesProbabilities(config.objective) ? 1 : 0);
  const seen = config.discriminator.layers.slice(0, count);
  const outputs = shapes.discriminator.slice(0, count);
  const output = outputs.at(-1) ?? sample_shape;
  const added = reshaping(output, [sizeOf(output)]);
  const network = new NetworkWriter("x", String(sample_shape[0]), sample_shape);
  network.add([...seen, ...added], [...outputs, ...added.map(() => [sizeOf(output)])]);
  const { disc } = classesIn(config);
  const samples = capital(samplesOf(config));
  const from = `${samples} ${printTuple(["batch", ...sample_shape])}${disc ? " and labels (batch,)" : ""}`;
  const score = makesProbabilities(config.objective)
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

/** One line of nn.Sequential, or a few if it is long. */
interface Module {
  readonly lines: readonly string[];
  /** Number of the core's layer whose weights it has. */
  readonly layer: number | null;
}

/** Collects the lines of __init__ and forward while going through the layers. */
class NetworkWriter {
  /** Python expression for the activations so far. */
  expression: string;
  readonly #init: string[] = [];
  readonly #forward: string[] = [];
  readonly #layers: (readonly [module: string, layer: string])[] = [];
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
    let run: Module[] = [];
    for (const [at, layer] of layers.entries()) {
      const output = outputs[at] ?? this.#shape;
      if (isClassLayer(layer)) {
        this.#addSequential(run, layer.type === "class_projection" ? "features" : "model");
        run = [];
        this.#addClassLayer(layer, at);
      } else {
        const weighted = LAYERS[layer.type].pytorch.includes("{in}");
        const modules = writeLayer(layer, this.#shape, output, this.#features);
        run.push(...modules.map((lines) => ({ lines, layer: weighted ? at : null })));
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

  writeClass(name: string, description: string, labelled: boolean, returned: string): NetworkCode {
    const lines = [
      `class ${name}(nn.Module):`,
      ...indent([...documentation(description), "", "def __init__(self):"]),
      ...indent(["super().__init__()", ...this.#init], 2),
      "",
      ...indent([`def forward(self, ${this.#input}${labelled ? ", labels" : ""}):`]),
      ...indent([...this.#forward, `return ${returned}`], 2),
    ];
    return { lines, layers: this.#layers };
  }

  #addSequential(modules: readonly Module[], base: string): void {
    if (modules.length === 0) return;
    if (this.expression !== this.#input) this.keep("x");
    const name = this.#name(base);
    const lines = modules.flatMap((module) => module.lines);
    this.#init.push(`self.${name} = nn.Sequential(`, ...indent(lines), ")");
    for (const [at, { layer }] of modules.entries()) {
      if (layer !== null) this.#layers.push([`${name}.${at}`, String(layer)]);
    }
    this.expression = `self.${name}(${this.expression})`;
  }

  #addClassLayer(layer: ClassLayer, at: number): void {
    if (this.expression !== this.#input) this.keep("x");
    const x = this.expression;
    switch (layer.type) {
      case "class_concat": {
        const size = layer.embedding_size ?? 0;
        const condition =
          size > 0 ? `self.${this.#addEmbedding(String(size), `${at}`)}(labels)` : ONE_HOT;
        this.expression = `torch.cat([${x}, ${condition}], dim=1)`;
        this.#features += size > 0 ? ` + ${size}` : " + classes";
        return;
      }
      case "class_projection": {
        const linear = this.#name("linear");
        this.#init.push(`self.${linear} = nn.Linear(${this.#features}, 1)`);
        this.#layers.push([linear, String(at)]);
        const embedding = this.#addEmbedding(this.#features, `${at}.embedding`);
        this.#init.push(`nn.init.normal_(self.${embedding}.weight, std=0.02)`);
        const projection = `(self.${embedding}(labels) * ${x}).sum(dim=1, keepdim=True)`;
        this.expression = `self.${linear}(${x}) + ${projection}`;
        return;
      }
    }
  }

  #addEmbedding(size: string, layer: string): string {
    const name = this.#name("embedding");
    this.#layers.push([name, layer]);
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

/** Modules of nn.Sequential from the core's template, see src/nn/layer_traits.h. */
function writeLayer(layer: LayerConfig, input: Shape, output: Shape, features: string): string[][] {
  if (layer.type === "reshape" && input.length > 1) {
    const flat = [sizeOf(input)];
    return [
      ...writeLayer({ type: "flatten" }, input, flat, features),
      ...writeLayer(layer, flat, output, features),
    ];
  }
  const [head = "", comment = ""] = LAYERS[layer.type].pytorch.split("  # ");
  const values: Record<string, string> = {
    in: features,
    rank: input.length === 1 ? "1" : "2",
    shape: printTuple(output),
  };
  const defaults = new Set<string>();
  for (const field of fieldsOf(layer.type)) {
    const value = fieldValue(layer, field);
    values[field.name] = printNumber(value);
    if (value === field.default) defaults.add(field.name);
  }
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  const open = head.indexOf("(");
  const args = head.slice(open + 1, -1).split(", ");
  const given = args
    .filter((arg) => arg !== "" && !(arg.endsWith("?") && defaults.has(arg.split("=")[0] ?? "")))
    .map((arg) => fill(arg.replace("?", "")));
  const lines = call(`nn.${fill(head.slice(0, open))}`, given, { tail: ",", levels: 3 });
  return [lines.map((line) => (lines.length === 1 ? commented(line, fill(comment)) : line))];
}
