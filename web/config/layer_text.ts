// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layers as a link writes them, each by its type and, after colons, what it is told in the order of
// `LAYER_FIELDS`: `linear:256,leaky_relu:0.2,conv2d:16:5:2:2`. Trailing values that are torch.nn's
// defaults are left out.

import type { LayerConfig } from "../engine/types";

export type LayerType = LayerConfig["type"];

export interface LayerField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  /** What it is when nothing is said; without one it has to be said. */
  readonly byDefault?: number;
}

const whole = (name: string, least: number, most: number, byDefault?: number): LayerField =>
  byDefault === undefined
    ? { name, least, most, whole: true }
    : { name, least, most, whole: true, byDefault };
const real = (name: string, least: number, most: number, byDefault: number): LayerField => ({
  name,
  least,
  most,
  whole: false,
  byDefault,
});

const MOST_FEATURES = 2 ** 17;
const MOST_CHANNELS = 2048;
const MOST_KERNEL = 31;
const CONV = [
  whole("out_channels", 1, MOST_CHANNELS),
  whole("kernel_size", 1, MOST_KERNEL),
  whole("stride", 1, MOST_KERNEL, 1),
  whole("padding", 0, MOST_KERNEL, 0),
];
const BELOW_ONE = 0.999999999;

/** The core's own ranges. */
export const LAYER_FIELDS: Readonly<Record<LayerType, readonly LayerField[]>> = {
  linear: [whole("out_features", 1, MOST_FEATURES)],
  conv2d: CONV,
  conv_transpose2d: [...CONV, whole("output_padding", 0, MOST_KERNEL, 0)],
  batch_norm: [real("eps", 1e-12, 10, 1e-5), real("momentum", 0, 1, 0.1)],
  leaky_relu: [real("negative_slope", 0, 1, 0.01)],
  relu: [],
  tanh: [],
  sigmoid: [],
  dropout: [real("p", 0, BELOW_ONE, 0.5)],
  dropout2d: [real("p", 0, BELOW_ONE, 0.5)],
  max_pool2d: [whole("kernel_size", 1, 28, 2)],
  upsample2x: [],
  flatten: [],
  reshape: [
    whole("channels", 1, MOST_CHANNELS),
    whole("height", 1, MOST_FEATURES),
    whole("width", 1, MOST_FEATURES),
  ],
  class_concat: [whole("embedding_size", 0, MOST_CHANNELS, 0)],
  class_projection: [],
};

export const LAYER_TYPES = Object.keys(LAYER_FIELDS) as LayerType[];

const MOST_LAYERS = 64;

/** A field's value, its default where the layer says nothing. */
export function fieldOf(layer: LayerConfig, field: LayerField): number {
  const said = (layer as Readonly<Record<string, unknown>>)[field.name];
  return typeof said === "number" ? said : (field.byDefault ?? Number.NaN);
}

export function fits({ least, most, whole: isWhole }: LayerField, value: number): boolean {
  return value >= least && value <= most && (!isWhole || Number.isInteger(value));
}

/** A layer of that type with those values. */
export function makeLayer(type: LayerType, values: readonly number[]): LayerConfig {
  const fields = LAYER_FIELDS[type].map(({ name, byDefault }, i) => [name, values[i] ?? byDefault]);
  return { type, ...Object.fromEntries(fields) } as LayerConfig;
}

export function printLayers(layers: readonly LayerConfig[]): string {
  return layers.map(printLayer).join(",");
}

function printLayer(layer: LayerConfig): string {
  const fields = LAYER_FIELDS[layer.type];
  const values = fields.map((field) => fieldOf(layer, field));
  while (values.length > 0 && values.at(-1) === fields[values.length - 1]?.byDefault) values.pop();
  return [layer.type, ...values].join(":");
}

/** Null when a word is no layer, or a value is out of its range. */
export function parseLayers(text: string): LayerConfig[] | null {
  const words = text.split(",");
  if (words.length > MOST_LAYERS) return null;
  const layers = words.map(parseLayer);
  return layers.every((layer) => layer !== null) ? layers : null;
}

function parseLayer(word: string): LayerConfig | null {
  const [name, ...texts] = word.split(":");
  const type = LAYER_TYPES.find((known) => known === name);
  if (type === undefined) return null;
  const fields = LAYER_FIELDS[type];
  const values = texts.map((value) => (value.trim() === "" ? Number.NaN : Number(value)));
  const required = fields.filter(({ byDefault }) => byDefault === undefined).length;
  if (values.length < required || values.length > fields.length) return null;
  const good = values.every((value, index) => {
    const field = fields[index];
    return field !== undefined && fits(field, value);
  });
  return good ? makeLayer(type, values) : null;
}
